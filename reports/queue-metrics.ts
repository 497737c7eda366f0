/** How it stands with a queue as OpenMetrics text, which Prometheus and its like read. */
import type { Overview } from '../graders/queue/postgres/overview.ts';

/** One document, ended as the format wants it. */
export function openMetrics({ courses, workers, failures, lastHour, results, alarms }: Overview): string {
  const perUrgency = courses.flatMap(({ course, urgencies }) => urgencies.map((one) => ({ course, ...one })));
  const jobs = (['waiting', 'underWay', 'aside'] as const).flatMap((state) =>
    perUrgency.map(({ course, urgency, [state]: count }) => [{ course, urgency, state: words[state] }, count] as const),
  );
  const oldest = perUrgency.map(({ course, urgency, oldestSeconds }) => [{ course, urgency }, oldestSeconds] as const);
  const states = ['working', 'draining', 'silent'].map(
    (state) => [{ state }, workers.filter((worker) => worker.state === state).length] as const,
  );
  const hour = lastHour.map(({ worker, results: count }) => [{ worker }, count] as const);
  const phases = lastHour.flatMap(({ worker, seconds }) =>
    Object.entries(seconds).map(([phase, value]) => [{ worker, phase }, value] as const),
  );
  return [
    ...family('jobs', 'Jobs by course, urgency and state.', jobs),
    ...family('oldest_waiting_seconds', 'How long the oldest waiting job has waited.', oldest),
    ...family('workers', 'Workers by state.', states),
    ...family(
      'failures',
      'Jobs put aside, by reason.',
      failures.map(({ reason, jobs: count }) => [{ reason }, count]),
    ),
    ...family('results_last_hour', 'Results of the last hour by worker.', hour),
    ...family('phase_seconds_last_hour', 'Seconds of the last hour by worker and phase, summed.', phases),
    ...family('results', 'Results that are kept.', [[{}, results]]),
    ...family('alarms', 'Results that differ from another of the same job.', [[{}, alarms.length]]),
    '# EOF',
    '',
  ].join('\n');
}

const words = { waiting: 'waiting', underWay: 'under way', aside: 'put aside' } as const;

function family(name: string, help: string, samples: readonly (readonly [Record<string, string>, number])[]): string[] {
  const full = `gradmark_queue_${name}`;
  const lines = samples.map(([labels, value]) => {
    const inside = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    return `${full}${inside.length === 0 ? '' : `{${inside.join(',')}}`} ${value}`;
  });
  return [`# HELP ${full} ${help}`, `# TYPE ${full} gauge`, ...lines];
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
