/** What is not needed any more goes, so that the tables stay below a million rows however long a queue is used. */
import type { Connection } from './connect.ts';
import { bossSchema } from './connect.ts';

interface Bounds {
  /** A result that was fetched stays that long, for whoever grades again elsewhere. */
  heardHours: number;
  /** One that nobody fetched. */
  unheardDays: number;
  /** Beyond that many the oldest that were fetched go at once. */
  mostResults: number;
  /** Submissions and courseworks that no job speaks of. */
  shelfDays: number;
}

const bounds: Bounds = { heardHours: 24, unheardDays: 30, mostResults: 500_000, shelfDays: 2 };

/** Takes away what nobody needs; of several workers that come at once one does it. Says how many results went. */
export async function tidy({ sql, boss }: Connection, set: Partial<Bounds> = {}): Promise<number> {
  const { heardHours, unheardDays, mostResults, shelfDays } = { ...bounds, ...set };
  const [turn] = await sql(
    `INSERT INTO gradmark.agreed VALUES ('tidied', now()::text) ON CONFLICT (what) DO UPDATE SET value = excluded.value
     WHERE agreed.value::timestamptz < now() - interval '10 minutes' RETURNING 1`,
  );
  if (turn === undefined) return 0;
  const old = await sql(
    `DELETE FROM gradmark.results WHERE heard < now() - $1 * interval '1 hour' OR at < now() - $2 * interval '1 day'
       OR name IN (SELECT name FROM gradmark.results WHERE heard IS NOT NULL ORDER BY at DESC OFFSET $3) RETURNING 1`,
    [heardHours, unheardDays, mostResults],
  );
  await sql(`DELETE FROM gradmark.troubles t WHERE at < now() - interval '1 day'
    AND NOT EXISTS (SELECT 1 FROM ${bossSchema}.job j WHERE j.singleton_key = t.name AND j.state < 'completed')`);
  await sql(`DELETE FROM gradmark.alarms WHERE at < now() - interval '1 year'`);
  await sql(`DELETE FROM gradmark.workers WHERE seen < now() - interval '1 day'`);
  const lanes = await sql(
    `DELETE FROM gradmark.lanes l WHERE used < now() - $1 * interval '1 day'
       AND NOT EXISTS (SELECT 1 FROM ${bossSchema}.job j WHERE j.name = l.name AND j.state < 'completed')
       AND NOT EXISTS (SELECT 1 FROM ${bossSchema}.job j WHERE j.name = 'dead' AND j.source_name = l.name) RETURNING name`,
    [shelfDays],
  );
  for (const { name } of lanes) await boss.deleteQueue(String(name));
  // What was put there since a lane began, its coursework too, stays as long as the lane.
  await sql(
    `DELETE FROM gradmark.shelf s WHERE used < now() - $1 * interval '1 day'
       AND NOT EXISTS (SELECT 1 FROM gradmark.lanes l WHERE s.name = l.sheet OR s.used > l.since - interval '1 hour')
       AND NOT EXISTS (SELECT 1 FROM ${bossSchema}.job j WHERE j.data ->> 'submission' = s.name AND j.state < 'completed')`,
    [shelfDays],
  );
  return old.length;
}
