/**
 * Which tensors of which problem a check looks at, and what it calls them: found by asking the check itself, once for every
 * tensor, about answers in which that tensor alone is far off.
 */
import type { Check, Judgement } from '../check.ts';
import type { BatchContext } from '../check-context.ts';
import type { Planted } from '../audit/planted-context.ts';
import { plantedContext } from '../audit/planted-context.ts';
import { mapArray } from '../numerics/arrays.ts';
import { ProgramStopped } from '../stopped.ts';
import type { AnyProblem } from '../problem.ts';
import type { Answer } from '../question.ts';

/** What a check says of planted answers: passed, failed, or `program` where it then wants the student's own process. */
type Said = { earned: number; says?: string; mistakes: readonly string[] } | 'program';

/** Asks the check about planted answers; whatever else it throws is a fault of the check. */
export async function said(check: Check, batch: BatchContext, planted: Planted): Promise<Said> {
  const context = plantedContext(batch, [], planted);
  try {
    const { earned, finding, diagnosis }: Judgement = await (check.judgeProblems ?? check.run)(context);
    return { earned, ...(finding !== undefined && { says: finding.says }), mistakes: diagnosis?.mistakes ?? [] };
  } catch (error) {
    if (error instanceof ProgramStopped) return { earned: 0, says: error.message, mistakes: [] };
    if (error instanceof Error && error.name === 'NeedsProgram') return 'program';
    throw error;
  }
}

/** The words for every tensor of the problem that the check fails for. */
export async function judgedTensors(
  check: Check,
  problem: AnyProblem,
  names: readonly string[],
  batch: BatchContext,
): Promise<Record<string, string>> {
  const words: Record<string, string> = {};
  for (const name of names) {
    const compute = (probe: never): Answer => offIn(problem.oracle(probe), name);
    const found = await said(check, batch, { kind: 'answers', problem, compute });
    if (found === 'program' || found.earned === 1) continue;
    words[name] = calledIn(found.says) ?? problem.names?.[name] ?? name;
  }
  return words;
}

/** Far from right in every entry, whatever the band; counts and shares stay numbers. */
const offIn = (answer: Answer, name: string): Answer => ({
  ...answer,
  [name]: mapArray(answer[name]!, (value) => 3 * value + 7),
});

/** What the finding calls the tensor: "The gradient of W² is wrong; it differs most at [0, 1]." */
const calledIn = (says: string | undefined): string | undefined =>
  /^(.{1,200}?) is wrong(?:; it differs most at \[[\d, ]*\])?\.$/.exec(says ?? '')?.[1];
