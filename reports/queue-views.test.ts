import { expect, test } from 'vitest';
import type { Overview } from '../graders/queue/postgres/overview.ts';
import { openMetrics } from './queue-metrics.ts';
import { queueText } from './queue-text.ts';

const overview: Overview = {
  courses: [
    {
      ...{ course: 'dl "101"\n', weight: 2, cap: 8 },
      urgencies: [{ urgency: 'deadline', waiting: 12, underWay: 3, aside: 1, oldestSeconds: 400 }],
    },
  ],
  workers: [
    {
      ...{ name: 'w1', state: 'silent', doing: 1, done: 7, seenSecondsAgo: 95 },
      refuses: [{ course: 'ml', sentences: ['It asks for Node 24.1.0, and this is 24.2.0.'] }],
    },
  ],
  failures: [{ reason: 'Error: out of \u001b[31mink', jobs: 1 }],
  lastHour: [{ worker: 'w1', results: 7, seconds: { waited: 70, graded: 12.5 } }],
  results: 7,
  alarms: [{ job: 'abcdef0123456789', workers: ['w1', 'w2'], digests: ['1', '2'] }],
};

test('people read first what needs them, and nothing that others wrote moves their terminal', () => {
  const text = queueText(overview);
  const lines = text.split('\n');
  expect(lines[0]).toBe('ALARM: w1 and w2 graded job abcdef012345 differently. The first grade stands; both are kept.');
  expect(text).toContain('Nobody works: start gradmark work on any machine.');
  expect(text).toContain('  deadline: 12 waiting, the oldest for 7 min, 3 under way, 1 put aside');
  expect(text).toContain('    not for ml: It asks for Node 24.1.0, and this is 24.2.0.');
  expect(text).not.toContain('\u001b');
});

test('monitors read one sample a line, with labels that hold whatever a course is called, up to the end that the format asks for', () => {
  const lines = openMetrics(overview).trimEnd().split('\n');
  expect(lines.at(-1)).toBe('# EOF');
  for (const line of lines.slice(0, -1))
    expect(line).toMatch(
      /^(# (HELP|TYPE) gradmark_queue_\w+ .+|gradmark_queue_\w+(\{(\w+="([^"\\\n]|\\[\\"n])*",?)+\})? [\d.]+)$/,
    );
  expect(lines).toContain('gradmark_queue_jobs{course="dl \\"101\\"\\n",urgency="deadline",state="waiting"} 12');
  expect(lines).toContain('gradmark_queue_phase_seconds_last_hour{worker="w1",phase="graded"} 12.5');
  expect(lines).toContain('gradmark_queue_alarms 1');
});
