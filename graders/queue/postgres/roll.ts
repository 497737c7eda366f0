/** Who works on the queue and what on: the workers that were heard of, and the lanes that have jobs. */
import type { Connection } from './connect.ts';
import { bossSchema } from './connect.ts';

interface Entry {
  name: string;
  state: 'working' | 'draining';
  doing: number;
  done: number;
  isLike: object;
  refuses: readonly { course: string; sentences: readonly string[] }[];
}

/** Says that a worker is there. */
export async function signIn({ sql }: Connection, { name, state, doing, done, isLike, refuses }: Entry): Promise<void> {
  await sql(
    `INSERT INTO gradmark.workers (name, state, doing, done, is_like, refuses) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (name) DO UPDATE SET seen = now(), state = excluded.state, doing = excluded.doing, done = excluded.done,
       refuses = excluded.refuses`,
    [name, state, doing, done, JSON.stringify(isLike), JSON.stringify(refuses)],
  );
}

/** Says that it has gone. */
export async function signOut({ sql }: Connection, name: string): Promise<void> {
  await sql('DELETE FROM gradmark.workers WHERE name = $1', [name]);
}

/** The lanes that have something to do. */
export async function laneList({
  sql,
}: Connection): Promise<{ name: string; course: string; sheet: string; demands: string }[]> {
  const rows = await sql(
    `SELECT name, course, sheet, demands FROM gradmark.lanes l
     WHERE EXISTS (SELECT 1 FROM ${bossSchema}.job j WHERE j.name = l.name AND j.state < 'completed') ORDER BY since`,
  );
  return rows as { name: string; course: string; sheet: string; demands: string }[];
}

/** How it stands with some lanes, for whoever waits for them. */
export async function lookAt(
  { sql }: Connection,
  lanes: readonly string[],
): Promise<{ workers: number; waiting: number; underWay: number }> {
  const [row] = await sql(
    `SELECT (SELECT count(*) FROM gradmark.workers WHERE seen > now() - interval '1 minute') AS workers,
       count(*) FILTER (WHERE state < 'active') AS waiting, count(*) FILTER (WHERE state = 'active') AS doing
     FROM ${bossSchema}.job WHERE name = ANY($1) AND state < 'completed'`,
    [lanes],
  );
  return { workers: Number(row!['workers']), waiting: Number(row!['waiting']), underWay: Number(row!['doing']) };
}
