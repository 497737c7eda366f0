/** The five verbs on PostgreSQL: pg-boss hands out, counts tries and misses heartbeats; what comes first, and what counts, is ours. */
import { nameOfJob } from '../job-name.ts';
import type { Claim, Job, Lane, Queue } from '../port.ts';
import { urgencies } from '../port.ts';
import type { Connection } from './connect.ts';
import { bossSchema } from './connect.ts';

const jobs = `${bossSchema}.job`;

/** Whether any job waits in these lanes: all that an idle worker asks. */
const anyWaiting = `SELECT 1 FROM ${jobs} j WHERE j.name = ANY($1) AND j.state < 'active' AND j.start_after <= now() LIMIT 1`;

const inTurn = `
  SELECT l.name, l.course, c.weight, greatest(c.pass, t.virtual) AS start
  FROM gradmark.turn t, gradmark.lanes l JOIN gradmark.courses c USING (course)
  WHERE l.name = ANY($1)
    AND EXISTS (SELECT 1 FROM ${jobs} j WHERE j.name = l.name AND j.state < 'active' AND j.start_after <= now())
    AND (c.cap IS NULL OR c.cap > (SELECT count(*) FROM gradmark.lanes m JOIN ${jobs} j ON j.name = m.name
      WHERE m.course = l.course AND j.state = 'active'))
  ORDER BY l.urgency, start, c.pass, l.since LIMIT 1`;

/** The queue at the other end of a connection. */
export function postgresQueue({ boss, sql }: Connection, heartbeatSeconds: number): Queue {
  const made = new Set<string>();
  const attempt = (token: string) => {
    const [id, retryCount] = token.split(':');
    return { id: id!, retryCount: Number(retryCount) };
  };
  const open = async ({ name, urgency, course, sheet, demands, tries, expireSeconds }: Lane) => {
    // Said every time: a lane that nobody has used for days goes.
    await sql(
      `INSERT INTO gradmark.lanes (name, urgency, course, sheet, demands) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (name) DO UPDATE SET used = now()`,
      [name, urgencies.indexOf(urgency), course, sheet, demands],
    );
    if (made.has(name)) return;
    await sql('INSERT INTO gradmark.courses (course) VALUES ($1) ON CONFLICT DO NOTHING', [course]);
    await boss.createQueue(name, {
      ...{
        policy: 'exclusive',
        deadLetter: 'dead',
        retryLimit: tries - 1,
        retryDelay: 1,
        expireInSeconds: expireSeconds,
      },
      ...{ heartbeatSeconds, retentionSeconds: 30 * 86_400, deleteAfterSeconds: 86_400 },
    });
    made.add(name);
  };
  const allLanes = async () => (await sql('SELECT name FROM gradmark.lanes')).map(({ name }) => String(name));

  const claimOf = async (among: readonly string[]): Promise<Claim | undefined> => {
    if ((await sql(anyWaiting, [among])).length === 0) return undefined;
    const transaction = await boss.getDb().beginTransaction!();
    const within = async (text: string, values: unknown[] = []) =>
      (await transaction.db.executeSql(text, values)).rows as Record<string, unknown>[];
    try {
      // One after the other: whose turn it is, and how many are under way, follows from who came before.
      await within(`SELECT pg_advisory_xact_lock(hashtext('gradmark.turn'))`);
      const [lane] = await within(inTurn, [among]);
      const [taken] =
        lane === undefined
          ? []
          : await boss.fetch<Job>(String(lane['name']), { includeMetadata: true, db: transaction.db });
      if (lane === undefined || taken === undefined) {
        await transaction.rollback();
        return undefined;
      }
      const name = nameOfJob(taken.data);
      // Whoever had it before may have finished it after all.
      const [known] = await within('SELECT 1 FROM gradmark.results WHERE name = $1', [name]);
      if (known !== undefined) {
        await boss.deleteJob(String(lane['name']), taken, { db: transaction.db });
        await transaction.commit();
        return await claimOf(among);
      }
      await within(
        `WITH turn AS (UPDATE gradmark.turn SET virtual = $1) UPDATE gradmark.courses SET pass = $2 WHERE course = $3`,
        [lane['start'], Number(lane['start']) + 1 / Number(lane['weight']), lane['course']],
      );
      await transaction.commit();
      return {
        ...{ lane: String(lane['name']), name, job: taken.data },
        token: `${taken.id}:${taken.retryCount}`,
        waitedMs: Math.max(0, Number(taken.startedOn) - Number(taken.createdOn)),
      };
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  };

  return {
    async enqueue(lane, asked) {
      await open(lane);
      const byName = new Map(asked.map((job) => [nameOfJob(job), job]));
      const fresh = await sql(
        `SELECT name FROM unnest($1::text[]) AS asked (name)
         WHERE NOT EXISTS (SELECT 1 FROM gradmark.results r WHERE r.name = asked.name)
           AND NOT EXISTS (SELECT 1 FROM ${jobs} j WHERE j.name = 'dead' AND j.state < 'active' AND j.singleton_key = asked.name)`,
        [[...byName.keys()]],
      );
      const names = new Set(fresh.map(({ name }) => String(name)));
      const students = [...new Set(asked.map(({ student }) => student))];
      const counted = await sql(
        `SELECT group_id, count(*) FROM ${jobs} WHERE name = $1 AND state < 'completed' AND group_id = ANY($2) GROUP BY 1`,
        [lane.name, students],
      );
      const places = new Map(counted.map(({ group_id, count }) => [String(group_id), Number(count)]));
      const added = [...byName].flatMap(([name, job]) => {
        if (!names.has(name)) return [];
        const place = places.get(job.student) ?? 0;
        places.set(job.student, place + 1);
        return [{ data: job, priority: -place, singletonKey: name, group: { id: job.student } }];
      });
      if (added.length > 0) await boss.insert(lane.name, added);
    },
    claim: async (_, lanes) => claimOf(lanes ?? (await allLanes())),
    async renew({ lane, token }) {
      const { affected } = (await boss.touch(lane, attempt(token))) as { affected: number };
      return affected === 1;
    },
    async settle({ lane, name }: Claim, { body, digest, worker, ms }) {
      const values = [name, body, digest, worker, JSON.stringify(ms)];
      const first = await sql(
        `INSERT INTO gradmark.results (name, body, digest, worker, ms, lane) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING RETURNING 1`,
        [...values, lane],
      );
      let said: 'first' | 'same' | 'differs' = 'first';
      if (first.length === 0) {
        const other = await sql(
          `INSERT INTO gradmark.alarms (name, body, digest, worker, ms) SELECT $1, $2, $3, $4, $5
           WHERE NOT EXISTS (SELECT 1 FROM gradmark.results WHERE name = $1 AND digest = $3) RETURNING 1`,
          values,
        );
        said = other.length === 0 ? 'same' : 'differs';
      }
      // Whoever has it by now, or would get it next, need not find what is known.
      await sql(
        `DELETE FROM ${jobs} WHERE name = $1 AND COALESCE(singleton_key, '') = $2 AND state <= 'active'
         AND policy = 'exclusive'`,
        [lane, name],
      );
      return said;
    },
    async release({ lane, name, token }, trouble) {
      const { id, retryCount } = attempt(token);
      if (trouble === undefined) {
        // Nobody's fault: the attempt is not counted, but told apart from the next one all the same.
        await sql(
          `UPDATE ${jobs} SET state = 'retry', retry_limit = retry_limit + 1, start_after = now(), heartbeat_on = NULL
           WHERE name = $1 AND id = $2 AND retry_count = $3 AND state = 'active'`,
          [lane, id, retryCount],
        );
        return;
      }
      await sql(
        `INSERT INTO gradmark.troubles (name, reason, body, worker) VALUES ($1, $2, $3, '')
         ON CONFLICT (name) DO UPDATE SET reason = excluded.reason, body = excluded.body, at = now()`,
        [name, trouble.reason, trouble.body ?? null],
      );
      await boss.fail(lane, { id, retryCount }, { reason: trouble.reason });
    },
  };
}
