/** The shelf on PostgreSQL, and what whoever looks after the queue may do. */
import type { Alarm, Outcome, Oversight, Result, Shelf } from '../port.ts';
import type { Connection } from './connect.ts';
import { bossSchema } from './connect.ts';

const jobs = `${bossSchema}.job`;

/** What lies in the database beside the jobs. */
export function postgresShelf({ sql, close }: Connection): Shelf {
  return {
    async put(name, bytes) {
      await sql(
        `INSERT INTO gradmark.shelf (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET used = now()`,
        [name, bytes],
      );
    },
    async get(name) {
      const [row] = await sql('SELECT bytes FROM gradmark.shelf WHERE name = $1', [name]);
      return row?.['bytes'] as Uint8Array | undefined;
    },
    async outcomes(names) {
      const found = new Map<string, Outcome>();
      const dead = await sql(
        `SELECT j.singleton_key AS name, coalesce(t.reason, j.source_output #>> '{value,message}', '') AS reason, t.body
         FROM ${jobs} j LEFT JOIN gradmark.troubles t ON t.name = j.singleton_key
         WHERE j.name = 'dead' AND j.state < 'active' AND j.singleton_key = ANY($1)`,
        [names],
      );
      for (const { name, reason, body } of dead) {
        const left = body === null ? {} : { body: body as Uint8Array };
        found.set(String(name), { kind: 'dead', reason: inWords(String(reason)), ...left });
      }
      const done = await sql('SELECT name, body, digest, worker, ms FROM gradmark.results WHERE name = ANY($1)', [
        names,
      ]);
      for (const { name, ms, ...row } of done) {
        found.set(String(name), {
          kind: 'found',
          result: { ...(row as unknown as Omit<Result, 'ms'>), ms: ms as Result['ms'] },
        });
      }
      return found;
    },
    async forget(names) {
      await sql('UPDATE gradmark.results SET heard = now() WHERE name = ANY($1)', [names]);
    },
    close,
  };
}

/** pg-boss speaks of jobs; whoever reads this thinks of machines. */
export const inWords = (reason: string): string =>
  ({
    'job heartbeat timeout': 'The worker was not heard of any more.',
    'job timed out': 'It took longer than a job may take.',
  })[reason] ?? reason;

/** Courses, what was put aside, and alarms. */
export function postgresOversight({ sql, boss }: Connection): Oversight {
  return {
    async setCourse(course, { weight, cap }) {
      await sql(
        `INSERT INTO gradmark.courses (course, weight, cap) VALUES ($1, coalesce($2::float8, 1), $3::int)
         ON CONFLICT (course) DO UPDATE SET weight = coalesce($2::float8, courses.weight), cap = coalesce($3::int, courses.cap)`,
        [course, weight ?? null, cap ?? null],
      );
    },
    async redrive() {
      await sql(`DELETE FROM gradmark.troubles t USING ${jobs} j WHERE j.name = 'dead' AND j.singleton_key = t.name`);
      let moved = 0;
      for (let some = -1; some !== 0; moved += some) some = await boss.redrive('dead', { limit: 1000 });
      return moved;
    },
    async alarms() {
      const rows = await sql(
        `SELECT a.name, r.digest, r.worker, a.digest AS other, a.worker AS by
         FROM gradmark.alarms a JOIN gradmark.results r USING (name) ORDER BY a.at`,
      );
      return rows.map(({ name, digest, worker, other, by }): Alarm => ({
        name: String(name),
        first: { digest: String(digest), worker: String(worker) },
        other: { digest: String(other), worker: String(by) },
      }));
    },
  };
}
