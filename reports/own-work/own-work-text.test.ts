import { expect, test } from 'vitest';
import type { Verdict } from '../../graders/model/verdict.ts';
import { everyString } from '../every-string.testing.ts';
import { grade, results, task, verdict } from '../sample-results.testing.ts';
import { showcase } from '../sample-showcase.testing.ts';
import { textWidth } from '../text-width.ts';
import { ownWorkText } from './own-work-text.ts';

const look = { colour: false, width: 80 };
const stub = { outcome: 'crash', because: 'grads threw Error: Q3c is not implemented yet: grads(model)' } as const;
const sign = { mistakes: ['sign'], certainty: 'certain', says: 'The sign is turned.', evidence: [] } as const;
const wrong = (says: string, more: Partial<Verdict> = {}): Partial<Verdict> => ({
  ...{ outcome: 'fail', finding: { says } },
  ...more,
});
const text = (tasks: ReturnType<typeof task>[], more = {}) =>
  ownWorkText(results([grade('me', tasks, more)]), 'me', look);

test('one submission with everything reads as agreed', async () => {
  const shown = ownWorkText(results([showcase()]), 's0042', look);
  await expect(`${shown}\n`).toMatchFileSnapshot('../golden/own-work.txt');
});

test('a stub, a file that is not there and words that are not written are "not started yet", a line a task', () => {
  const shown = text([
    task('Q1', 'One', [verdict('q1.a', 'a', 1, stub), verdict('q1.b', 'b', 1, stub)]),
    task('Q2', 'Two', [verdict('q2.a', 'a', 2, { outcome: 'missing', because: 'q2.ts was not handed in.' })]),
    task('Q3', 'Three', [
      verdict('q3.a', 'a', 3, { outcome: 'manual', manual: { text: '<!-- Say why. -->', rubric: [], hits: [] } }),
    ]),
  ]);
  expect(shown).toContain('Not started yet\n  □ Q1  One');
  expect(shown.match(/□/g)).toHaveLength(3);
  expect(shown).not.toMatch(/First to mend|threw|Crashed/);
});

test('what counts only once something else is there is not started either, nor is the code of a stub written', () => {
  const shown = text([
    task('Q1', 'One', [
      verdict('q1.a', 'a', 1, stub),
      verdict('q1.b', 'b', 1, wrong('Counts once grads computes something that resembles the gradient.')),
      verdict('q1.c', 'c', 1, { outcome: 'manual', manual: { text: 'throw new Error()', rubric: [], hits: [] } }),
    ]),
  ]);
  expect(shown).toMatch(/Not started yet\n {2}□ Q1/);
  expect(shown).not.toMatch(/Begun|mend|Written/);
});

test('a mistake beside a stub is told', () => {
  const shown = text([task('Q1', 'One', [verdict('q1.a', 'a', 1, stub), verdict('q1.b', 'b', 1, wrong('Off.'))])]);
  expect(shown).toMatch(/Begun[^]*First to mend[^]*Off\./);
});

test('of a task that is begun it names what is left, and it tells what is right before the mistake', () => {
  const shown = text([
    task('Q1', 'One', [verdict('q1.a', 'a', 1), verdict('q1.b', 'b', 1, stub)]),
    task('Q2', 'Two', [verdict('q2.a', 'a', 2, wrong('Off by a lot.'))]),
    task('Q3', 'Three', [verdict('q3.a', 'a', 3)]),
  ]);
  expect(shown).toMatch(/Begun\n {2}◐ Q1 {2}still to do: grads/);
  const places = ['Begun', 'Right', 'First to mend'].map((head) => shown.indexOf(head));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(shown).toMatch(/Right\n {2}✓ Q3/);
  expect(shown).toContain('Off by a lot.');
});

test('one cause is told once, the first in full and the others in a line, under ids that --task takes', () => {
  const shown = text([
    task('q1', 'One', [
      verdict('q1.a', 'a', 1, wrong('W2 is wrong.', { diagnosis: { ...sign, mistakes: ['sign'], evidence: [] } })),
    ]),
    task('q2', 'Two', [
      verdict('q2.a', 'a', 1, wrong('b2 is wrong.', { diagnosis: { ...sign, mistakes: ['sign'], evidence: [] } })),
      verdict('q2.b', 'b', 1, wrong('Nothing is plotted.')),
    ]),
  ]);
  expect(shown.match(/The sign is turned/g)).toHaveLength(1);
  expect(shown).toContain('The same cause: q2.a.');
  expect(shown).toContain('  ✗ q2  Nothing is plotted.');
  expect(shown).toContain('gradmark check --task q2');
});

test('a mistake that costs marks comes before one that costs none', () => {
  const shown = text([
    task('Q1', 'One', [verdict('q1.a', 'a', 0, wrong('Free.'))]),
    task('Q2', 'Two', [verdict('q2.a', 'a', 1, wrong('Dear.'))]),
  ]);
  expect(shown.indexOf('Dear.')).toBeLessThan(shown.indexOf('Free.'));
});

test('asked for one check, it tells everything of it and nothing of others; asked for a task, of all its checks', () => {
  const run = results([showcase()]);
  const one = ownWorkText(run, 's0042', { ...look, explain: ['q1a.scale'] });
  expect(one).toContain('The standard deviation divides by n − 1');
  expect(one).not.toContain('makePipeline');
  const whole = ownWorkText(run, 's0042', { ...look, explain: ['q1a'] });
  expect(whole).toContain('makePipeline');
  expect(whole).not.toContain('Nesterov');
});

test('what only the course checks is said once, and is neither a mistake nor "not started"', () => {
  const skipped = { outcome: 'skipped', because: 'Only your course checks this.' } as const;
  const shown = text([
    task('q1', 'One', [verdict('q1.a', 'a', 1, skipped)]),
    task('q2', 'Two', [verdict('q2.a', 'a', 1), verdict('q2.b', 'b', 1, skipped)]),
  ]);
  expect(shown).toMatch(/Not checked here\n {2}– Only your course checks this\. \(q1\.a, q2\.b\)/);
  expect(shown).not.toMatch(/Not started|Begun|mend/);
});

test('what was printed is shown, in the middle of much of it how many lines are left out', () => {
  const stdout = Array.from({ length: 60 }, (_, i) => `epoch ${i}`).join('\n');
  const shown = text([task('Q1', 'One', [verdict('q1.a', 'a', 1)])], { stdout });
  expect(shown).toMatch(/Your program printed\n {2}epoch 0\n[^]*\[… 36 lines …\][^]*epoch 59\n/);
});

test("it speaks of one's own work: no unsafe run, no staff, no marks on hold", () => {
  const held = task('Q1', 'One', [verdict('q1.a', 'a', 1, { outcome: 'broken' })]);
  const shown = ownWorkText(results([grade('me', [held], { held: true })], 'full', 'D'), 'me', look);
  expect(shown).toContain('nothing of yours is to blame');
  expect(shown).toContain('fine for code of your own');
  expect(shown).not.toMatch(/UNSAFE|submitted programs|[Ss]taff/);
});

test('no text of it commands the terminal or is wider than it, and it keeps to the feedback level', () => {
  const hostile = everyString(results([showcase()]), (path, text) =>
    /outcome|status|certainty|submissions\.id|task$/.test(path) ? text : `${text}\u001b[2J\u202e\u0007`,
  );
  for (const width of [40, 80]) {
    const shown = ownWorkText(hostile, 's0042', { colour: false, width, all: true });
    // eslint-disable-next-line no-control-regex -- their absence is what is tested
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    for (const line of shown.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(width);
  }
  expect(ownWorkText(results([showcase()], 'hint'), 's0042', { ...look, all: true })).not.toContain('0.0187654');
});
