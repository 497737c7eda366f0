/** The queue of one process: what `gradmark grade` goes through where no other machine helps. */
import { nameOfJob } from '../job-name.ts';
import type { Claim, Job, Outcome, Oversight, Queue, Result, Shelf, Trouble } from '../port.ts';
import { urgencies } from '../port.ts';
import { openTables } from './tables.ts';

interface Settings {
  /** How long a claim holds without being renewed. */
  heartbeatMs: number;
  /** Milliseconds since some fixed point. */
  clock: () => number;
}

type Row = Record<string, unknown>;

/** Opens an empty one. */
export function openLocalQueue({ heartbeatMs, clock }: Settings): Queue & Shelf & Oversight {
  const db = openTables();
  const addCourse = db.prepare(
    'INSERT INTO courses (course, weight, cap, pass) VALUES (?, 1, NULL, 0) ON CONFLICT DO NOTHING',
  );
  const addJob = db.prepare(
    `INSERT INTO jobs (name, lane, student, place, state, begun, blamed, since, job)
     SELECT $name, $lane, $student, (SELECT count(*) FROM jobs WHERE lane = $lane AND student = $student AND state <> 'dead'),
       'waiting', 0, 0, $since, $job
     WHERE NOT EXISTS (SELECT 1 FROM results WHERE name = $name) ON CONFLICT (name) DO NOTHING`,
  );
  const inTurn = db.prepare(
    `SELECT l.name, l.course, max(c.pass, $now) AS start, c.weight FROM lanes l JOIN courses c USING (course)
     WHERE ($lanes IS NULL OR l.name IN (SELECT value FROM json_each($lanes)))
       AND EXISTS (SELECT 1 FROM jobs j WHERE j.lane = l.name AND j.state = 'waiting')
       AND (c.cap IS NULL OR c.cap >
         (SELECT count(*) FROM jobs j JOIN lanes m ON m.name = j.lane WHERE m.course = l.course AND j.state = 'active'))
     ORDER BY l.urgency, start, c.pass, l.rowid LIMIT 1`,
  );
  const next = db.prepare(
    `UPDATE jobs SET state = 'active', begun = begun + 1, until = $until
     WHERE seq = (SELECT seq FROM jobs WHERE lane = $lane AND state = 'waiting' ORDER BY place, seq LIMIT 1)
     RETURNING name, job, begun, since`,
  );
  const holds = `name = ? AND state = 'active' AND begun = ?`;
  let virtual = 0;

  /** Who has not said for too long that it is still there has lost its job, and that was one try. */
  const expire = () => {
    const late = db.prepare(`SELECT name, begun FROM jobs WHERE state = 'active' AND until < ?`).all(clock());
    for (const { name, begun } of late)
      giveBack(String(name), Number(begun), { reason: 'The worker was not heard of any more.' });
  };
  const giveBack = (name: string, begun: number, trouble?: Trouble) => {
    db.prepare(
      `UPDATE jobs SET blamed = blamed + $blame, until = NULL, reason = $reason, body = $body, state = CASE
         WHEN $blame = 1 AND blamed + 1 >= (SELECT tries FROM lanes WHERE name = lane) THEN 'dead' ELSE 'waiting' END
       WHERE name = $name AND state = 'active' AND begun = $begun`,
    ).run({
      ...{ name, begun, blame: trouble === undefined ? 0 : 1 },
      ...{ reason: trouble?.reason ?? null, body: trouble?.body ?? null },
    });
  };
  const resultOf = ({ body, digest, worker, ms }: Row): Result => ({
    ...{ body: body as Uint8Array, digest: String(digest), worker: String(worker) },
    ms: JSON.parse(String(ms)) as Result['ms'],
  });

  return {
    async enqueue({ name: lane, urgency, course, tries }, jobs) {
      addCourse.run(course);
      db.prepare('INSERT INTO lanes (name, urgency, course, tries) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING').run(
        ...([lane, urgencies.indexOf(urgency), course, tries] as const),
      );
      for (const job of jobs) {
        const name = nameOfJob(job);
        addJob.run({ name, lane, student: job.student, since: clock(), job: JSON.stringify(job) });
      }
    },
    async claim(_, lanes) {
      expire();
      const lane = inTurn.get({ lanes: lanes === undefined ? null : JSON.stringify(lanes), now: virtual });
      if (lane === undefined) return undefined;
      const taken = next.get({ lane: String(lane['name']), until: clock() + heartbeatMs })!;
      virtual = Number(lane['start']);
      db.prepare('UPDATE courses SET pass = ? WHERE course = ?').run(
        ...([virtual + 1 / Number(lane['weight']), String(lane['course'])] as const),
      );
      return {
        ...{ lane: String(lane['name']), name: String(taken['name']), token: String(taken['begun']) },
        ...{ job: JSON.parse(String(taken['job'])) as Job, waitedMs: clock() - Number(taken['since']) },
      };
    },
    async renew({ name, token }) {
      expire();
      return (
        db.prepare(`UPDATE jobs SET until = ? WHERE ${holds}`).run(clock() + heartbeatMs, name, Number(token))
          .changes === 1
      );
    },
    async settle({ name }: Claim, { body, digest, worker, ms }) {
      const values = [name, body, digest, worker, JSON.stringify(ms)] as const;
      const before = db.prepare('SELECT digest FROM results WHERE name = ?').get(name);
      if (before === undefined) db.prepare('INSERT INTO results VALUES (?, ?, ?, ?, ?)').run(...values);
      else if (before['digest'] !== digest) db.prepare('INSERT INTO alarms VALUES (?, ?, ?, ?, ?)').run(...values);
      db.prepare('DELETE FROM jobs WHERE name = ?').run(name);
      if (before === undefined) return 'first';
      return before['digest'] === digest ? 'same' : 'differs';
    },
    async release({ name, token }, trouble) {
      giveBack(name, Number(token), trouble);
    },
    async setCourse(course, { weight, cap }) {
      addCourse.run(course);
      db.prepare('UPDATE courses SET weight = coalesce(?, weight), cap = coalesce(?, cap) WHERE course = ?').run(
        ...([weight ?? null, cap ?? null, course] as const),
      );
    },
    async redrive() {
      const again = db.prepare(
        `UPDATE jobs SET state = 'waiting', blamed = 0, reason = NULL, body = NULL WHERE state = 'dead'`,
      );
      return Number(again.run().changes);
    },
    async alarms() {
      const both = `SELECT a.name, r.digest, r.worker, a.digest AS other, a.worker AS by FROM alarms a JOIN results r USING (name)`;
      return db
        .prepare(both)
        .all()
        .map(({ name, digest, worker, other, by }) => ({
          name: String(name),
          first: { digest: String(digest), worker: String(worker) },
          other: { digest: String(other), worker: String(by) },
        }));
    },
    async put(name, bytes) {
      db.prepare('INSERT INTO shelf VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, bytes);
    },
    get: async (name) =>
      db.prepare('SELECT bytes FROM shelf WHERE name = ?').get(name)?.['bytes'] as Uint8Array | undefined,
    async outcomes(names) {
      const found = new Map<string, Outcome>();
      for (const name of names) {
        const row = db.prepare('SELECT * FROM results WHERE name = ?').get(name);
        const dead = db.prepare(`SELECT reason, body FROM jobs WHERE name = ? AND state = 'dead'`).get(name);
        if (row !== undefined) found.set(name, { kind: 'found', result: resultOf(row) });
        else if (dead !== undefined) {
          const body = dead['body'] as Uint8Array | null;
          found.set(name, { kind: 'dead', reason: String(dead['reason']), ...(body !== null && { body }) });
        }
      }
      return found;
    },
    async forget(names) {
      for (const name of names) {
        db.prepare('DELETE FROM results WHERE name = ?').run(name);
        db.prepare(`DELETE FROM jobs WHERE name = ? AND state = 'dead'`).run(name);
      }
    },
    close: async () => db.close(),
  };
}
