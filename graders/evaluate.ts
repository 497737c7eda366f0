/**
 * Puts a problem to the student's program and judges every tensor of every answer: against the oracle, in double precision
 * where float32 cannot tell, and against the known mistakes where it is wrong. Checks of one task share one evaluation.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Check } from 'gradmark/check';
 * import { evaluate, judgeTensor } from 'gradmark/evaluate';
 * import type { Problem } from 'gradmark/problem';
 *
 * const judging = (problem: Problem<number>): Check['run'] => {
 *   return async (context) => judgeTensor(await evaluate(context, problem), 'W2', 'The gradient of W²');
 * };
 * assert.equal(typeof judging, 'function');
 * ```
 */
import type { CheckContext, Judgement } from './check.ts';
import { describeGap } from './evaluate/describe-gap.ts';
import { withDifferencesTold } from './evaluate/differences.ts';
import { explain, firstTimes } from './evaluate/explain.ts';
import type { TensorVerdict } from './evaluate/judge-tensors.ts';
import { judgeTensors } from './evaluate/judge-tensors.ts';
import { isStillSingle } from './evaluate/still-single.ts';
import type { Reference } from './evaluate/references.ts';
import { closestReference, referencesOf } from './evaluate/references.ts';
import type { Diagnosis } from './model/finding.ts';
import { fitScale } from './numerics/scale.ts';
import { float32 } from './numerics/tolerance.ts';
import type { Problem } from './problem.ts';
import type { Answer, Reading } from './question.ts';
import { ProgramStopped, unlessStopped } from './stopped.ts';

export interface Evaluation {
  tensors: Readonly<Record<string, TensorVerdict>>;
  /** Conventions recognised and accepted. */
  notes: string[];
  diagnosis?: Diagnosis;
  /** |cosine| between answer and expectation of the best tensor on its worst probe: 0 for an answer that shows no attempt. */
  likeness: number;
  /** The automatic differentiation that any of the calls used, e.g. `tf.grads`. */
  differentiated?: string;
  /** What staff should know of how this was judged. */
  staff?: string;
}

/** Asks all probes of a problem and judges the answers; the result is shared by all checks that need it. */
export function evaluate<Probe>(context: CheckContext, problem: Problem<Probe>): Promise<Evaluation> {
  return context.oncePerSubmission(`evaluate/${problem.id}`, () => evaluateOnce(context, problem));
}

async function evaluateOnce<Probe>(context: CheckContext, problem: Problem<Probe>): Promise<Evaluation> {
  const probes = context.probes(problem);
  const used: string[] = [];
  const readings = await readAll(context, problem, probes, 'single', used);
  const band = problem.band ?? float32;
  const first = firstTimes(probes);
  const judgeFirst = ({ expected }: Reference) =>
    judgeTensors(problem, first(probes), first(readings), first(expected), band);
  const reference = closestReference(referencesOf(context, problem, probes), judgeFirst);
  const tensors = judgeTensors(problem, probes, readings, reference.expected, band);

  let staff: string | undefined;
  if (Object.values(tensors).some((tensor) => tensor.undecided)) {
    // Between the bands float32 cannot say whether the answer is rounded or wrong. Double precision can.
    const again =
      problem.precision === 'double'
        ? readings
        : await inDouble(() => readAll(context, problem, probes, 'double', used));
    if (Array.isArray(again)) {
      const settled = judgeTensors(problem, probes, again, reference.expected, { ...band, reject: band.accept });
      for (const [name, tensor] of Object.entries(tensors)) {
        if (!tensor.undecided) continue;
        if (problem.precision === 'single' && isStillSingle(readings, again, name)) {
          staff = `${name} was computed in single precision in the grader's double precision as well, and is too close to tell rounding from a mistake; it was accepted.`;
          tensor.accepted = true;
        } else tensors[name] = settled[name]!;
      }
    } else {
      staff = again.staff;
      for (const tensor of Object.values(tensors)) if (tensor.undecided) tensor.accepted = true;
    }
  }

  const wrong = Object.values(tensors).some((tensor) => !tensor.accepted);
  const diagnosis = wrong ? explain(context, problem, probes, readings, judgeFirst(reference)) : undefined;
  const notes = [
    ...(reference.title === undefined ? [] : [reference.title]),
    ...new Set(readings.flatMap((reading) => ('answer' in reading ? reading.notes : []))),
  ];
  const asked = { probes: first(probes), readings: first(readings), expected: first(reference.expected) };
  const told = await withDifferencesTold(context, problem, asked, tensors);
  const [differentiated] = used;
  let likeness: number | undefined;
  return {
    tensors: told,
    notes,
    // Only asked for where nothing is right.
    get likeness() {
      return (likeness ??= likenessOf(readings, reference.expected));
    },
    ...(diagnosis === undefined ? {} : { diagnosis }),
    ...(differentiated === undefined ? {} : { differentiated }),
    ...(staff === undefined ? {} : { staff }),
  };
}

/**
 * Double precision is the grader's own wish, on a library that the grader made: who runs in single precision and stops only
 * there is not charged. The answer in single precision then stands, and staff are told.
 */
export async function inDouble<T>(work: () => Promise<T>): Promise<T | { staff: string }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProgramStopped)) throw error;
    return {
      staff: `In the grader's double precision the program stopped (${error.message}); judged on its answer in single precision.`,
    };
  }
}

async function readAll<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  probes: readonly Probe[],
  precision: 'single' | 'double',
  used: string[],
): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const [i, probe] of probes.entries()) {
    const first = { fresh: problem.alone === true, reseeded: problem.drawsAnew === true };
    const answered = await context.ask(problem, probe, { precision, ...(i === 0 && first) });
    if (answered.differentiated !== undefined) used.push(answered.differentiated);
    readings.push(problem.read(answered, probe));
  }
  return readings;
}

function likenessOf(readings: readonly Reading[], expected: readonly Answer[]): number {
  const names = Object.keys(expected[0] ?? {});
  const likenessIn = (name: string) =>
    Math.min(
      ...readings.map((reading, i) => {
        const yours = 'answer' in reading ? reading.answer[name] : undefined;
        return yours === undefined ? 0 : Math.abs(fitScale(yours, expected[i]![name]!)?.cosine ?? 0);
      }),
    );
  return Math.max(0, ...names.map(likenessIn));
}

/** The judgement of one tensor of an evaluation, with its finding in words. `what` names it for the student, e.g. "∂L/∂W²". */
export function judgeTensor(evaluation: Evaluation, name: string, what: string): Judgement {
  const tensor = evaluation.tensors[name];
  if (tensor === undefined) throw new Error(`The problem has no tensor ${name}.`);
  const margin = Number.isFinite(tensor.margin) ? { margin: tensor.margin } : {};
  const staff = evaluation.staff === undefined ? {} : { staff: evaluation.staff };
  if (tensor.accepted) {
    const notes = tensor.note === undefined ? evaluation.notes : [...evaluation.notes, tensor.note];
    return { earned: 1, notes, ...margin, ...staff };
  }
  const finding = tensor.misread ?? describeGap(tensor.gap!, what);
  return {
    earned: 0,
    finding: { asked: tensor.asked, ...finding },
    ...(evaluation.diagnosis === undefined ? {} : { diagnosis: evaluation.diagnosis }),
    ...margin,
    ...staff,
  };
}

/** The judgement of the first of these tensors that is wrong, or of the first one; `words` names them for the student. */
export function firstWrong(evaluation: Evaluation, words: Readonly<Record<string, string>>): Judgement {
  const judgements = Object.entries(words).map(([name, what]) => judgeTensor(evaluation, name, what));
  return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
}

/** An answer this unlike a gradient of the problem was not computed by an attempt at it: constants and noise stay below. */
const attempt = 0.2;

/**
 * Whether the program shows an attempt at the problem, right or wrong; never throws because the student's program stops.
 * Marks for style, purity and policy are given for attempts, so that an empty stub earns none and one mistake costs once.
 */
export const isAttempt = (evaluation: () => Promise<Evaluation>): Promise<boolean> =>
  unlessStopped(async () => {
    const evaluated = await evaluation();
    const { tensors, diagnosis } = evaluated;
    const recognised = diagnosis !== undefined && diagnosis.certainty !== 'unknown';
    return recognised || Object.values(tensors).some((tensor) => tensor.accepted) || evaluated.likeness >= attempt;
  }, false);

/** Whether every tensor is right; a program that stops is not. */
export const isRight = (evaluation: () => Promise<Evaluation>): Promise<boolean> =>
  unlessStopped(async () => Object.values((await evaluation()).tensors).every((tensor) => tensor.accepted), false);
