/** `gradmark adjust`, and what `gradmark mark` leaves behind, as a teaching assistant runs them. */
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { program, smallClass } from './small-class.testing.ts';

let room: ReturnType<typeof smallClass>;
beforeEach(() => {
  room = smallClass();
});
afterEach(() => room.remove());

const why = ['--why', 'The sheet had a slip.'];
const taskOf = (student: string, id: string) =>
  room
    .results()
    .submissions.find((grade) => grade.id === student)!
    .tasks.find((task) => task.id === id)!;

test('marks of a task are set and taken back, and tables and pages follow', async () => {
  const run = await room.gradmark('adjust', 'out', 'ann', 'Q1', '6,5', ...why, '--as', 'kim');
  expect([run.code, run.complains]).toEqual([0, '']);
  expect(run.says).toContain('Q1 of ann (Name of ann): 6.5 of 8 marks, 3 before.');
  expect(taskOf('ann', 'Q1')).toMatchObject({ score: 6.5, adjusted: { points: 6.5, by: 'kim', why: why[1] } });
  expect(taskOf('ben', 'Q1')).toMatchObject({ score: 3 });
  expect(room.read('out/grades.csv')).toContain('"ann","Name of ann",,,"6.5","0","6.5","11"');
  // What people give is not the student's to see yet.
  expect(room.read('out/ann/report.html')).not.toContain('The sheet had a slip.');
  expect((await room.gradmark('adjust', 'out', 'ann', 'Q1', 'none', ...why)).says).toContain(
    '3 of 8 marks, 6.5 before',
  );
  expect(taskOf('ann', 'Q1').adjusted).toBeUndefined();
});

test.each([
  [['anm', 'Q1', '3', ...why], 'Nobody here has the id "anm": did you mean ann?'],
  [['Name of cem', 'Q1', '3', ...why], 'did you mean cem?'],
  [['ann', 'Q11', '3', ...why], 'Nothing called "Q11" was graded of ann: did you mean Q1?'],
  [['ann', 'essay', '3', ...why], 'there is Q1, Q2.'],
  [['ann', 'Q1', '8.5', ...why], 'Q1 takes 0 to 8 marks, with three decimals at most, or "none"; not "8.5".'],
  [['ann', 'Q1', 'six', ...why], 'not "six"'],
  [['ann', 'Q1', 'none', ...why], 'were not adjusted: there is nothing to take back'],
  [['ann', 'Q1', '6', '--why', ' '], '--why is empty'],
  [['ann', 'Q1', '6'], "required option '--why <reason>' not specified"],
])('%j is refused in a sentence, and nothing is written', async (words, says) => {
  const run = await room.gradmark('adjust', 'out', ...words);
  expect([run.code, run.says]).toEqual([2, '']);
  expect(run.complains).toContain(says);
  expect(() => room.results()).toThrow('ENOENT');
});

test('a folder that nothing was graded into has nothing to adjust', async () => {
  const run = await room.gradmark('adjust', 'elsewhere', 'ann', 'Q1', '3', ...why);
  expect([run.code, run.complains.includes('elsewhere holds no gradebook')]).toEqual([2, true]);
});

test('when a marker ends the marking pages, tables and pages hold the marks', async () => {
  const run = execa(process.execPath, [program, 'mark', 'out'], { cwd: room.folder });
  await new Promise((served) => run.stdout.once('data', served));
  const given = { items: ['rule'], beside: 0, points: 2, who: 'kim', at: '2026-11-03T10:00:00Z' };
  room.say({ kind: 'marked', student: 'ann', task: 'Q1', ...given });
  run.kill('SIGINT');
  const { stdout } = await run;
  expect(stdout).toContain('Written again: results.json, grades.csv and the pages.');
  expect(taskOf('ann', 'Q1')).toMatchObject({ score: 5, marked: { points: 2 } });
});
