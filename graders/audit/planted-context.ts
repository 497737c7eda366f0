/**
 * A check context without a student: every problem is answered by its oracle, except one that is answered by a planted variant.
 * So the checks themselves are put to the test, in milliseconds and without a sandbox.
 */
import type { AnyProblem, Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { BatchContext } from '../check-context.ts';
import { openContext } from '../check-context.ts';
import type { CheckContext } from '../check.ts';
import type { NdArray } from '../model/numbers.ts';
import type { FormulaProblem } from '../formula/problem.ts';
import type { Workplace } from '../runner.ts';
import { ProgramStopped } from '../stopped.ts';
import { submissionOf } from './fixtures.ts';

/** What is planted: answers to one problem, or one formula; nothing plants the right answer everywhere. */
export type Planted =
  | { kind: 'answers'; problem: AnyProblem; compute: (probe: never) => Answer }
  | { kind: 'formula'; formula: FormulaProblem; text: string }
  | { kind: 'nothing' };

/** Formulas that stand for right answers in answers.json. */
type Formulas = readonly FormulaProblem[];

/** A check that wants the student's own process cannot be run here; it throws this. */
class NeedsProgram extends Error {
  override readonly name = 'NeedsProgram';
}

/** For `runChecks`, and for a check that is asked by itself: no program runs, so that every task is at the same place. */
export function plantedContext(batch: BatchContext, formulas: Formulas, planted: Planted): CheckContext & Workplace {
  const answers = Object.fromEntries(
    formulas.map((formula) => [
      formula.key,
      planted.kind === 'formula' && planted.formula === formula ? planted.text : formula.truth,
    ]),
  );
  const context = openContext(submissionOf('planted', []), batch, {
    open: () => Promise.reject(new NeedsProgram('this check needs a running program')),
    breaches: () => Promise.resolve([]),
    outlines: () => Promise.reject(new NeedsProgram('this check reads the source of a program')),
    answers: () => answers,
    essay: () => undefined,
    sidecar: () => undefined,
  });
  const answering: CheckContext = {
    ...context,
    answers: () => answers,
    ask: <Probe>(problem: Problem<Probe>, probe: Probe, options?: { precision?: 'single' | 'double' }) => {
      const compute = isPlanted(planted, problem) ? (planted.compute as (probe: Probe) => Answer) : problem.oracle;
      // A packed key knows the answers to its own probes, and to no others.
      const answer = compute(probe) as Answer | undefined;
      if (answer === undefined)
        return Promise.reject(new ProgramStopped('missing', 'nothing is planted for this probe'));
      const sent = problem.precision === 'single' && options?.precision !== 'double' ? roundedTo32(answer) : answer;
      return Promise.resolve({ value: problem.write(sent, probe) });
    },
  };
  return { ...answering, during: (_, work) => work(answering) };
}

const isPlanted = (planted: Planted, problem: AnyProblem): planted is Extract<Planted, { kind: 'answers' }> =>
  planted.kind === 'answers' && planted.problem === problem;

const roundedTo32 = (answer: Answer): Answer =>
  Object.fromEntries(
    Object.entries(answer).map(([name, array]): [string, NdArray] => [
      name,
      { ...array, data: array.data.map(Math.fround) },
    ]),
  );
