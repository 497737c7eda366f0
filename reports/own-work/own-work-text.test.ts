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

test('what is there under another name only is begun, and said to be called so', () => {
  const missing = (because: string) => ({ outcome: 'missing', because }) as const;
  const shown = text([
    task('1.2', 'One', [
      verdict('a', 'a', 1, missing('q1.ts does not export bceLoss; it exports bceloss')),
      verdict('b', 'b', 1, missing('q1.ts does not export bceLossGrad; it exports bceloss')),
    ]),
    task('1.3', 'Two', [verdict('c', 'c', 1, missing('the MLP has no backward; it has forward'))]),
    task('1.4', 'Three', [verdict('d', 'd', 1, missing('q4.ts was not handed in'))]),
  ]);
  expect(shown).toMatch(/Not started yet\n {2}□ 1\.4 {2}Three/);
  expect(shown).toMatch(/◐ 1\.2 {2}still to do: bceLoss, bceLossGrad \(q1\.ts exports bceloss\)/);
  expect(shown).toMatch(/◐ 1\.3 {2}still to do: backward \(the MLP has forward\)/);
});

test('what is left of a task is told in full on as many lines as it takes, behind ids that have the same room', () => {
  const long = 'The derivative of the loss with respect to one prediction, written as a formula of the prediction';
  const blank: Partial<Verdict> = { outcome: 'manual', manual: { text: '', rubric: [], hits: [] } };
  const tasks = [
    task('9', 'Nine', [verdict('9.a', 'a', 1), verdict('9.b', 'b', 1, stub)]),
    task('10.2a', 'Ten', [verdict('10.a', 'a', 1), verdict('10.b', long, 1, blank)]),
  ];
  const shown = ownWorkText(results([grade('me', tasks)]), 'me', { ...look, width: 40 });
  expect(shown).toContain('  ◐ 9      still to do: grads');
  const [, told = ''] = /◐ 10\.2a {2}(still [^]*?)\n\n/.exec(shown) ?? [];
  expect(told.replace(/ {2,}\d marks?/, '').replaceAll(/\s+/g, ' ')).toContain(long);
});

test('what counts once something else does waits for what is wrong with that', () => {
  const waits = (name: string) => wrong(`Counts once ${name} computes something that resembles the sigmoid.`);
  const shown = text([
    task('q1', 'One', [verdict('q1.a', 'a', 1, wrong('Off by far.')), verdict('q1.b', 'b', 1, waits('f'))]),
    task('q2', 'Two', [verdict('q2.a', 'a', 1, waits('g'))]),
  ]);
  expect(shown).not.toContain('Counts once f');
  expect(shown).toContain('Not run until it is mended: q1.b.');
  expect(shown).toContain('  ✗ q2  Counts once g');
});

test('the command is the one by which it was asked', () => {
  const tasks = ['q1', 'q2'].map((id) => task(id, id, [verdict(`${id}.a`, 'a', 1, wrong(`${id} is off.`))]));
  const shown = ownWorkText(results([grade('me', tasks)]), 'me', { ...look, command: 'npm run check --' });
  expect(shown).toContain('npm run check -- --task q2 shows that task in full.');
});

test('a single mark is given by a person, several are', () => {
  const essay = (id: string): ReturnType<typeof task> => ({
    ...task(id, id, [verdict(`${id}.a`, 'a', 1)]),
    manualMax: 1,
  });
  const total = (manualMax: number) =>
    ownWorkText(results([{ ...grade('me', [essay('q1')]), max: 3, manualMax }]), 'me', look)
      .split('\n')
      .slice(-2)
      .join(' ');
  expect(total(1)).toContain('1 mark is given by a person.');
  expect(total(2)).toContain('2 marks are given by a person.');
});

test('the id of a check stands under its whole title', () => {
  const title = 'bceLossGradNumerical is the central difference quotient with respect to the prediction';
  const shown = ownWorkText(results([grade('me', [task('q1', 'One', [verdict('q1.a', title, 0.5)])])]), 'me', {
    ...{ ...look, all: true },
  });
  expect(shown).toMatch(/with respect to the\n {4}prediction \(0\.5 of 0\.5 marks\)\n {4}q1\.a\n/);
});

test('what only the course checks is said once, and is neither a mistake nor "not started"', () => {
  const skipped = { outcome: 'skipped', because: 'Only your course checks this.' } as const;
  const shown = text([
    task('q1', 'One', [verdict('q1.a', 'a', 1, skipped)]),
    task('q2', 'Two', [verdict('q2.a', 'a', 1), verdict('q2.b', 'b', 1, skipped)]),
  ]);
  expect(shown).toMatch(/Not checked here\n {2}– Only your course checks this\. \(q1\.a, q2\.b\)/);
  expect(shown).not.toMatch(/Not started|Begun|mend/);
  // As far as it is checked here, this one is right.
  expect(shown).toMatch(/Right\n {2}✓ q2 {2}Two/);
});

test('what was printed is shown, in the middle of much of it how many lines are left out', () => {
  const stdout = Array.from({ length: 60 }, (_, i) => `epoch ${i}`).join('\n');
  const shown = text([task('Q1', 'One', [verdict('q1.a', 'a', 1)])], { stdout: `\n${stdout}` });
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
