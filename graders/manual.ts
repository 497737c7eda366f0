/**
 * Checks that a person settles: the student's own words, the rubric, and where its concepts occur as hints.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { conceptHits, manualCheck } from 'gradmark/manual';
 *
 * const rubric = [{ id: 'a', title: 'Says why', marks: 2, concepts: ['chain rule', 'bias'] }];
 * assert.deepEqual(conceptHits('By the Chain Rule …', rubric), ['chain rule']);
 * const check = manualCheck({
 *   ...{ id: 'q2.why', task: 'Q2', title: 'Says why', points: 2, asks: 'Your text.' },
 *   text: (context) => context.essay('Q2 why'),
 * });
 * assert.equal(check.manual, true);
 * ```
 */
import type { Check, CheckContext } from './check.ts';
import type { RubricItem } from './model/assignment.ts';

export interface ManualCheck {
  id: string;
  task: string;
  title: string;
  points: number;
  /** Where the text comes from; default: the task's heading in answers.md. */
  text?: (context: CheckContext) => string | undefined;
}

/** A check with outcome `manual`. Without any text there is nothing to mark: then it is an empty answer, still for a person. */
export function manualCheck({ text, ...check }: ManualCheck): Check {
  return {
    ...check,
    manual: true,
    asks: 'A person reads this answer.',
    run: async (context) => {
      const { heading, rubric } = context.manual(check.task);
      const written = (text ?? ((from) => from.essay(heading)))(context) ?? '';
      return { earned: 0, manual: { text: written, rubric, hits: conceptHits(written, rubric) } };
    },
  };
}

/** The concepts of the rubric that occur in the text, ignoring case: a hint for the marker, never a mark. */
export function conceptHits(text: string, rubric: readonly RubricItem[]): string[] {
  const lower = text.toLowerCase();
  const concepts = rubric.flatMap((item) => item.concepts ?? []);
  return [...new Set(concepts.filter((concept) => lower.includes(concept.toLowerCase())))];
}
