import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

test('of workers elsewhere it is said when their number changes, that none is there once, and the estimate begins when they do', () => {
  let [said, now] = ['', 0];
  const stream = { isTTY: false, write: (text: string) => (said += text) } as unknown as NodeJS.WriteStream;
  const progress = createProgress(stream, () => now);
  const elsewhere = (workers: number, underWay: number) =>
    progress.onEvent({ kind: 'elsewhere', workers, waiting: 4 - underWay, underWay });
  for (let i = 0; i < 3; i++) elsewhere(0, 0);
  now = 600_000;
  elsewhere(2, 0);
  elsewhere(2, 2);
  now = 610_000;
  progress.onEvent({ kind: 'graded', grade: { id: 'ann' }, done: 1, total: 4, recalled: false, ms: 1 });
  expect(said.split('\n')).toEqual([
    '0 workers, 0 under way, 4 waiting',
    'No worker is there: start one with gradmark work on any machine; this waits.',
    '2 workers, 0 under way, 4 waiting',
    '[1/4] ann, about 30 s left',
    '',
  ]);
});
