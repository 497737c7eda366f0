import { expect, test } from 'vitest';
import type { Assignment, Task } from './model/assignment.ts';
import type { Submission } from './model/submission.ts';
import type { OutcomeKind, Verdict } from './model/verdict.ts';
import { settle, total } from './settle.ts';

const task = (id: string, marks: number): Task => ({ id, title: `Task ${id}`, marks, kinds: ['code'] });
const assignment = (...tasks: Task[]): Assignment => ({
  schema: 'gradmark/assignment/v1',
  slug: 'tiny',
  title: 'Tiny',
  summary: '',
  imports: [],
  limits: { callMs: 1, submissionMs: 1, memoryMb: 1 },
  tasks,
});
const submission: Submission = { id: 'ann', sha256: 'abc', files: [], notes: ['found in src/'] };

const verdict = (outcome: OutcomeKind, points: number, max: number, of = 'T1'): Verdict => ({
  id: `${of}.${outcome}`,
  title: 'a fact',
  task: of,
  outcome,
  points,
  max,
  ms: 1,
});
const passed = verdict('pass', 2, 2);
const failed = verdict('fail', 0, 2);
const partly = verdict('fail', 1, 2);
const broken = verdict('broken', 0, 2);
const missing = verdict('missing', 0, 2);
const manual = verdict('manual', 0, 3);
const waiting = { ...failed, finding: { says: 'Counts once f computes something.' } };

const settled = (verdicts: readonly Verdict[], marks = 4) =>
  settle(assignment(task('T1', marks)), submission, verdicts).tasks[0]!;

test.each<[string, string, readonly Verdict[]]>([
  ['all checks passed', 'pass', [passed, passed]],
  ['some points were earned', 'partial', [passed, failed]],
  ['a part of one check was earned', 'partial', [partly]],
  ['no point was earned', 'fail', [failed, failed]],
  ['nothing of it was handed in', 'missing', [missing, missing]],
  ['nothing of it was handed in and the rest was not run for that', 'missing', [missing, verdict('skipped', 0, 2)]],
  ['nothing of it was handed in and the rest waits for it', 'missing', [missing, waiting, manual]],
  ['what it waits for is wrong', 'fail', [failed, waiting]],
  ['one part was not handed in and the other is wrong', 'fail', [missing, failed]],
  ['one part was not handed in and the other is right', 'partial', [missing, passed]],
  ['a check was skipped beside a right one', 'partial', [passed, verdict('skipped', 0, 2)]],
  ['a check without points did not pass', 'partial', [passed, verdict('fail', 0, 0)]],
  ['a check without points was skipped', 'partial', [passed, verdict('skipped', 0, 0)]],
  ['a right answer did not earn what it should', 'partial', [verdict('pass', 1, 2)]],
  ['only a person marks it', 'manual', [manual]],
  ['a person marks a part and the rest is right', 'manual', [passed, manual]],
  ['a person marks a part and the rest is wrong', 'fail', [failed, manual]],
  ['a person marks a part and the rest is partly right', 'partial', [passed, failed, manual]],
  ['a person marks a part and the rest was not handed in', 'missing', [missing, manual]],
  ['something of ours broke', 'held', [broken]],
  ['something of ours broke beside right checks', 'held', [passed, broken]],
  ['something of ours broke beside wrong checks', 'held', [failed, broken]],
  ['something of ours broke and the rest was not handed in', 'held', [missing, broken]],
])('where %s a task is "%s"', (_, status, verdicts) => {
  expect(settled(verdicts).status).toBe(status);
});

test.each<OutcomeKind>(['crash', 'timeout', 'memory', 'refused'])(
  'a stopped program (%s) fails its task',
  (outcome) => {
    expect(settled([verdict(outcome, 0, 2)]).status).toBe('fail');
  },
);

test('a task with marks that no check stands behind is held, one without marks passes', () => {
  expect(settled([], 4)).toMatchObject({ status: 'held', score: 0, max: 4 });
  expect(settled([], 0).status).toBe('pass');
});

test('a held task holds the grade and keeps the points of its other checks', () => {
  const grade = settle(assignment(task('T1', 4), task('T2', 2)), submission, [
    passed,
    broken,
    verdict('pass', 2, 2, 'T2'),
  ]);
  expect([grade.held, grade.score, grade.max]).toEqual([true, 4, 6]);
  expect(grade.tasks.map(({ status }) => status)).toEqual(['held', 'pass']);
});

test('nothing but a held task holds a grade', () => {
  const tasks = ['pass', 'fail', 'missing', 'skipped', 'crash', 'manual'] as const;
  const grade = settle(
    assignment(...tasks.map((id) => task(id, 1))),
    submission,
    tasks.map((outcome) => verdict(outcome, 0, 1, outcome)),
  );
  expect(grade.held).toBe(false);
});

test('a grade is the sum of its tasks, in the order of the sheet, and knows what was handed in', () => {
  const verdicts = [verdict('fail', 0.5, 1, 'T2'), passed, manual];
  expect(settle(assignment(task('T1', 5), task('T2', 1)), submission, verdicts)).toEqual({
    id: 'ann',
    sha256: 'abc',
    score: 2.5,
    max: 6,
    manualMax: 3,
    held: false,
    notes: ['found in src/'],
    tasks: [
      { id: 'T1', title: 'Task T1', score: 2, max: 5, manualMax: 3, status: 'manual', checks: [passed, manual] },
      { id: 'T2', title: 'Task T2', score: 0.5, max: 1, manualMax: 0, status: 'partial', checks: [verdicts[0]] },
    ],
  });
});

test('a verdict of a task that was not asked for counts nowhere', () => {
  const grade = settle(assignment(task('T1', 2)), submission, [passed, verdict('broken', 7, 7, 'T9')]);
  expect([grade.score, grade.held, grade.tasks.length]).toEqual([2, false, 1]);
});

test('sums of marks are free of binary dust', () => {
  expect(total([0.1, 0.2])).toBe(0.3);
  expect(total([0.333, 0.333, 0.334])).toBe(1);
  expect(total([0.0004, 0.0005])).toBe(0.001);
  expect(total([])).toBe(0);
  const thirds = settled([verdict('pass', 0.7, 0.7), verdict('pass', 0.1, 0.1)], 0.8);
  expect([thirds.score, thirds.status]).toEqual([0.8, 'pass']);
});

test('whose it is goes with the work into the grade, and is nowhere where it is not known', () => {
  const origin = { platform: 'moodle', handedInAs: 'Ann Lee_1203', person: '1203' } as const;
  const settledOf = (of: Submission) => settle(assignment(task('T1', 4)), of, [passed]);
  expect(settledOf({ ...submission, origin }).origin).toEqual(origin);
  expect(settledOf(submission)).not.toHaveProperty('origin');
});
