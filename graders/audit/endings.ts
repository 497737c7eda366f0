/** Whether a fixture ends as it declares: the audit asks this of a lecturer's fixtures, the tests of ours. */
import type { Coursework } from '../coursework.ts';
import type { BatchContext } from '../check-context.ts';
import { gradeOne } from '../grade-one.ts';
import type { Grade } from '../model/grade.ts';
import type { Verdict } from '../model/verdict.ts';
import type { GuestFactory } from '../guest-factory.ts';
import type { Expectation, Fixture } from './fixtures.ts';
import { tasksAtStake } from './fixtures.ts';

/** How a fixture ended; no faults means as declared. */
export interface EndingRow {
  fixture: string;
  faults: string[];
}

/** Grades the tasks that the fixture's own files can reach: the rest is the model solution's, which is graded by itself. */
export async function tryEnding(
  fixture: Fixture,
  coursework: Coursework,
  batch: BatchContext,
  factory: GuestFactory,
): Promise<EndingRow> {
  const only = tasksAtStake(coursework.assignment, fixture);
  const grade = await gradeOne(fixture.submission, { coursework, clock: batch.clock, only }, batch, factory);
  return { fixture: fixture.name, faults: endingFaults(grade, fixture.expected, coursework) };
}

/** Every way in which a grade differs from what was declared, in sentences. */
export function endingFaults(grade: Grade, expected: Expectation, coursework: Coursework): string[] {
  const verdicts = grade.tasks.flatMap((task) => task.checks);
  const broken = verdicts.filter(({ outcome }) => outcome === 'broken');
  const failed = verdicts.filter(({ outcome }) => outcome !== 'manual' && outcome !== 'pass');
  const ids = failed.map(({ id }) => id);
  const said = verdicts.filter(({ outcome }) => outcome !== 'pass' || expected.fails.length === 0).map(wordsOf);
  const mistakes = verdicts.flatMap(({ diagnosis }) => diagnosis?.mistakes ?? []);
  return [
    ...broken.map(({ id, staff }) => `${id} broke: ${staff ?? ''}`),
    ...failed
      .filter(({ id }) => !expected.fails.includes(id))
      .map((verdict) => `${verdict.id} does not pass (${verdict.outcome}), which is not declared: ${wordsOf(verdict)}`),
    ...expected.fails.filter((id) => !ids.includes(id)).map((id) => `${id} passes, and is declared to fail`),
    ...marksFaults(grade, expected, coursework),
    ...Object.entries(expected.outcomes ?? {}).flatMap(([id, outcome]) => {
      const found = verdicts.find((verdict) => verdict.id === id)?.outcome ?? 'not graded';
      return found === outcome ? [] : [`${id} ends as ${found}, and is declared to end as ${outcome}`];
    }),
    ...(expected.says ?? [])
      .filter((word) => !said.join('\n').toLowerCase().includes(word.toLowerCase()))
      .map((word) => `nothing says "${word}"`),
    ...(expected.diagnosis === undefined || mistakes.includes(expected.diagnosis)
      ? []
      : [`the mistake ${expected.diagnosis} is not named; named are: ${mistakes.join(', ') || 'none'}`]),
  ];
}

function marksFaults(grade: Grade, expected: Expectation, coursework: Coursework): string[] {
  const earned = new Map(grade.tasks.map((task) => [task.id, task.score]));
  const isOver = expected.over === 'reference';
  const wanted = isOver ? { ...fullMarks(coursework), ...expected.earned } : expected.earned;
  return Object.entries(wanted).flatMap(([task, points]) => {
    const found = earned.get(task);
    if (found === undefined) {
      // Over the model solution only what is at stake is graded.
      return isOver && expected.earned[task] === undefined
        ? []
        : [`${task} is not graded, and declared to earn ${points}`];
    }
    return Math.abs(found - points) < 5e-4 ? [] : [`${task} earns ${found}, and is declared to earn ${points}`];
  });
}

/** Full automatic marks per task. */
export const fullMarks = ({ assignment, checks }: Coursework): Record<string, number> =>
  Object.fromEntries(
    assignment.tasks.map((task) => [
      task.id,
      checks
        .filter((check) => check.task === task.id && check.manual !== true)
        .reduce((sum, check) => sum + check.points, 0),
    ]),
  );

const wordsOf = ({ because, finding, diagnosis, followThrough, notes }: Verdict): string =>
  JSON.stringify([because, finding, diagnosis, followThrough, notes]);
