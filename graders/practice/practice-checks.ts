/**
 * The checks that a practice pack stands for. They judge numbers like the course's own; where a wrong answer may follow from an
 * earlier one, which the course would take into account, they say so and decide nothing.
 */
import type { Check, CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import { evaluate, firstWrong } from '../evaluate.ts';
import { manualCheck } from '../manual.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';
import type { PackedCheck, PracticePack } from './pack.ts';
import { problemOf } from './packed-problem.ts';
import type { QuestionFiles } from './question-of.ts';

/** How the sentence begins that says why a check earns nothing at home. */
const courseOnly = 'Made by your course only';

/** Whether a check was left to the course for want of numbers, which is no fault of the work. */
export const isLeftToCourse = (because: string | undefined): boolean => because?.startsWith(courseOnly) === true;

interface Judged {
  check: PackedCheck;
  parts: readonly { problem: Problem<unknown>; tensors: Readonly<Record<string, string>> }[];
}

/** One check for each of the pack's, in its order. */
export async function practiceChecks(
  { problems, checks }: PracticePack,
  { tasks }: Pick<Assignment, 'tasks'>,
  files: QuestionFiles,
): Promise<Check[]> {
  const named = Object.entries(problems).map(async ([id, packed]) => [id, await problemOf(packed, files)] as const);
  const opened = new Map(await Promise.all(named));
  const judged = checks.map((check): Judged => ({
    check,
    parts: (check.judges ?? []).map(({ problem, tensors }) => ({ problem: opened.get(problem)!, tensors })),
  }));
  const earlierOf = ({ check }: Judged): Judged[] => {
    const needs = tasks.find(({ id }) => id === check.task)?.needs ?? [];
    return judged.filter((other) => other.parts.length > 0 && needs.includes(other.check.task));
  };
  return judged.map((one) => {
    const { id, task, title, asks, points, manual } = one.check;
    if (manual === true) return manualCheck({ id, task, title, points });
    if (one.parts.length === 0) {
      const elsewhere = `${courseOnly}: ${one.check.because ?? 'your kit holds no numbers for it'}.`;
      const run = () => Promise.resolve({ earned: 0, skipped: elsewhere });
      return { id, task, title, asks, points, elsewhere, run };
    }
    const run = (context: CheckContext) => judge(context, one, earlierOf(one));
    return { id, task, title, asks, points, problems: one.parts.map(({ problem }) => problem), run };
  });
}

async function judge(context: CheckContext, one: Judged, earlier: readonly Judged[]): Promise<Judgement> {
  const judgement = await numbersOf(context, one);
  if (judgement.earned === 1) return judgement;
  for (const other of earlier) {
    const isRight = await unlessStopped(async () => (await numbersOf(context, other)).earned === 1, false);
    if (!isRight) {
      const because = `Not decided here: it builds on “${other.check.title}” (${other.check.task}), which is not right yet.`;
      return { earned: 0, skipped: because };
    }
  }
  return judgement;
}

/** The first part that is wrong, or the last one. */
async function numbersOf(context: CheckContext, { parts }: Judged): Promise<Judgement> {
  let judgement = pass();
  for (const { problem, tensors } of parts) {
    judgement = firstWrong(await evaluate(context, problem), tensors);
    if (judgement.earned < 1) return judgement;
  }
  return judgement;
}
