/** How it stands with a queue, for people and monitors. */
import { urgencies } from '../port.ts';
import type { Urgency } from '../port.ts';
import type { Connection } from './connect.ts';
import { bossSchema } from './connect.ts';
import { inWords, postgresOversight } from './shelf.ts';

export interface Overview {
  courses: {
    course: string;
    weight: number;
    cap?: number;
    urgencies: { urgency: Urgency; waiting: number; underWay: number; aside: number; oldestSeconds: number }[];
  }[];
  workers: {
    name: string;
    state: 'working' | 'draining' | 'silent';
    doing: number;
    done: number;
    seenSecondsAgo: number;
    refuses: { course: string; sentences: string[] }[];
  }[];
  /** By what went wrong: how many jobs were put aside for it. */
  failures: { reason: string; jobs: number }[];
  /** Of results of the last hour, by worker: how many, and seconds in each phase, summed. */
  lastHour: { worker: string; results: number; seconds: Record<string, number> }[];
  results: number;
  alarms: { job: string; workers: [string, string]; digests: [string, string] }[];
}

const jobs = `${bossSchema}.job`;

/** Looks once. */
export async function overviewOf(connection: Connection): Promise<Overview> {
  const { sql } = connection;
  const lanes = await sql(
    `SELECT l.course, l.urgency, c.weight, c.cap, count(*) FILTER (WHERE j.state < 'active') AS waiting,
       count(*) FILTER (WHERE j.state = 'active') AS doing,
       count(*) FILTER (WHERE j.name = 'dead') AS aside,
       coalesce(extract(epoch FROM now() - min(j.created_on) FILTER (WHERE j.name <> 'dead' AND j.state < 'active')), 0) AS oldest
     FROM gradmark.lanes l JOIN gradmark.courses c USING (course)
       LEFT JOIN ${jobs} j ON (j.name = l.name OR (j.name = 'dead' AND j.source_name = l.name)) AND j.state < 'completed'
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2`,
  );
  const courses = new Map<string, Overview['courses'][number]>();
  for (const { course, urgency, weight, cap, waiting, doing, aside, oldest } of lanes) {
    const name = String(course);
    const known = courses.get(name) ?? {
      ...{ course: name, weight: Number(weight), urgencies: [] },
      ...(cap !== null && { cap: Number(cap) }),
    };
    courses.set(name, known);
    known.urgencies.push({
      ...{ urgency: urgencies[Number(urgency)]!, waiting: Number(waiting) - Number(aside), underWay: Number(doing) },
      ...{ aside: Number(aside), oldestSeconds: Math.round(Number(oldest)) },
    });
  }
  const workers = await sql(
    `SELECT name, state, doing, done, refuses, extract(epoch FROM now() - seen) AS ago FROM gradmark.workers ORDER BY name`,
  );
  const failures = await sql(
    `SELECT coalesce(t.reason, j.source_output #>> '{value,message}', 'no reason given') AS reason, count(*) AS jobs
     FROM ${jobs} j LEFT JOIN gradmark.troubles t ON t.name = j.singleton_key
     WHERE j.name = 'dead' AND j.state < 'active' GROUP BY 1 ORDER BY 2 DESC LIMIT 50`,
  );
  const phases = await sql(
    `SELECT worker, key AS phase, count(*) AS results, sum(value::text::float8) / 1000 AS seconds
     FROM gradmark.results, jsonb_each(ms) WHERE at > now() - interval '1 hour' GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const byWorker = new Map<string, Overview['lastHour'][number]>();
  for (const { worker, phase, results, seconds } of phases) {
    const name = String(worker);
    const known = byWorker.get(name) ?? { worker: name, results: Number(results), seconds: {} };
    known.seconds[String(phase)] = Math.round(Number(seconds) * 1000) / 1000;
    byWorker.set(name, known);
  }
  const [counted] = await sql('SELECT count(*) FROM gradmark.results');
  return {
    courses: [...courses.values()],
    workers: workers.map(({ name, state, doing, done, refuses, ago }) => ({
      ...{ name: String(name), doing: Number(doing), done: Number(done), seenSecondsAgo: Math.round(Number(ago)) },
      state: Number(ago) > 60 ? 'silent' : (String(state) as 'working' | 'draining'),
      refuses: refuses as Overview['workers'][number]['refuses'],
    })),
    failures: failures.map(({ reason, jobs: count }) => ({
      reason: inWords(String(reason)).split('\n', 1)[0]!,
      jobs: Number(count),
    })),
    lastHour: [...byWorker.values()],
    results: Number(counted!['count']),
    alarms: (await postgresOversight(connection).alarms()).map(({ name, first, other }) => ({
      job: name,
      workers: [first.worker, other.worker],
      digests: [first.digest, other.digest],
    })),
  };
}
