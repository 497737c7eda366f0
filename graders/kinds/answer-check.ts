/** Checks whose price is for the answers to one problem. */
import type { Check } from '../check.ts';
import { evaluate, firstWrong } from '../evaluate.ts';
import type { AnyProblem } from '../problem.ts';

/** The tensors that are at stake, with what each is called for the student, e.g. `{ W2: '∂L/∂W²' }`. */
export interface AnswerRow extends Pick<Check, 'id' | 'task' | 'title' | 'asks' | 'points'> {
  problem: AnyProblem;
  words: Readonly<Record<string, string>>;
}

/** A check that the first wrong one of these tensors fails. */
export const answerCheck = ({ problem, words, ...row }: AnswerRow): Check => ({
  ...row,
  problems: [problem],
  run: async (context) => firstWrong(await evaluate(context, problem), words),
});
