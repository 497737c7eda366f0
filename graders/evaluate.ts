/**
 * Puts a problem to the student's program and judges every tensor of every answer: against the oracle, in double precision
 * where float32 cannot tell, and against the known mistakes where it is wrong. Checks of one task share one evaluation.
 */
import type { CheckContext, Judgement } from './check.ts';
import type { Diagnosis, Finding, TensorGap } from './model/finding.ts';
import type { NdArray } from './model/numbers.ts';
import { maxAbs } from './numerics/arrays.ts';
import type { Problem } from './problem.ts';
import type { Answer, Reading } from './question.ts';
import { compareTensor, judge, margin } from './numerics/compare.ts';
import { fitScale } from './numerics/scale.ts';
import type { Band } from './numerics/tolerance.ts';
import { float32 } from './numerics/tolerance.ts';
import { agree } from './follow-through.ts';
import { createDiagnosisCache } from './mistakes/cache.ts';
import { diagnose } from './mistakes/diagnose.ts';
import { ProgramStopped, unlessStopped } from './stopped.ts';

/** How one named tensor fared over all probes. */
export interface TensorVerdict {
  accepted: boolean;
  /** The closest call if accepted, the clearest failure if not. */
  gap?: TensorGap;
  margin: number;
  asked: string;
  /** Set when the tensor could not be read at all. */
  misread?: Finding;
}

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
  const judgeFirst = (reference: Reference) =>
    judgeTensors(problem, first(probes), first(readings), { ...reference, expected: first(reference.expected) }, band);
  const reference = closestReference(referencesOf(context, problem, probes), judgeFirst);
  const tensors = judgeTensors(problem, probes, readings, reference, band);

  let staff: string | undefined;
  if (Object.values(tensors).some((tensor) => tensor.undecided)) {
    // Between the bands float32 cannot say whether the answer is rounded or wrong. Double precision can.
    const again =
      problem.precision === 'double'
        ? readings
        : await inDouble(() => readAll(context, problem, probes, 'double', used));
    if (Array.isArray(again)) {
      const settled = judgeTensors(problem, probes, again, reference, { ...band, reject: band.accept });
      for (const [name, tensor] of Object.entries(tensors)) if (tensor.undecided) tensors[name] = settled[name]!;
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
  const likeness = likenessOf(readings, reference.expected);
  const [differentiated] = used;
  return {
    tensors,
    notes,
    likeness,
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

/** Leaves out what belongs to a probe that is asked once more. */
function firstTimes(probes: readonly unknown[]): <T>(all: readonly T[]) => T[] {
  const isFirst = probes.map((probe, i) => probes.indexOf(probe) === i);
  return (all) => all.filter((_, i) => isFirst[i]);
}

/** What explains the answers that could be read whole; known mistakes are computed once for all students. */
function explain<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  probes: readonly Probe[],
  readings: readonly Reading[],
  judgedFirst: Readonly<Record<string, Judged>>,
): Diagnosis | undefined {
  const first = firstTimes(probes);
  const changes = probes.some((probe, i) => isOther(readings[probes.indexOf(probe)]!, readings[i]!));
  if (changes && !Object.values(judgedFirst).some((tensor) => tensor.rejected)) return keptBetweenCalls;
  return explainFirst(context, problem, first(probes), first(readings));
}

/** Whether the answer is another one when the question comes again; an answer between the bands may be wrong both times. */
function isOther(first: Reading, again: Reading): boolean {
  if (first === again) return false;
  if (!('answer' in first) || !('answer' in again)) return 'answer' in first !== 'answer' in again;
  return Object.entries(first.answer).some(([name, array]) => !agree(again.answer[name], array));
}

/** Every first answer was right, and the same question asked again got another one. */
const keptBetweenCalls: Diagnosis = {
  mistakes: ['kept-between-calls'],
  certainty: 'consistent',
  says: 'The first answer to the same question was right: your program keeps something between calls, or changes what it was given, so that a later call answers differently. Start every call anew.',
  evidence: ['The first probe was asked once more after the others, in the same process.'],
};

/** What explains answers to probes of which none is asked twice. */
function explainFirst<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  probes: readonly Probe[],
  readings: readonly Reading[],
): Diagnosis | undefined {
  const cache = context.oncePerBatch('diagnosis', createDiagnosisCache);
  const answers = readings.map((reading) =>
    'answer' in reading && reading.misreads === undefined ? reading.answer : undefined,
  );
  const lost = readings.flatMap((reading) =>
    'answer' in reading ? Object.entries(reading.answer).map(([name, array]) => roundingOf(reading, name, array)) : [],
  );
  const found = diagnose(problem, probes, answers, { cache, rounding: Math.max(0, ...lost) });
  // Where an answer could not be read its finding says why; that the readable ones show no mistake is no news.
  return found.mistakes.length === 0 && answers.includes(undefined) ? undefined : found;
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
    const answered = await context.ask(problem, probe, { precision, fresh: problem.alone === true && i === 0 });
    if (answered.differentiated !== undefined) used.push(answered.differentiated);
    readings.push(problem.read(answered, probe));
  }
  return readings;
}

interface Reference {
  /** Set when it is an accepted variant rather than the oracle. */
  title?: string;
  /** One answer per probe. */
  expected: readonly Answer[];
}

/** The oracle first, then the accepted variants; computed once for all students. */
function referencesOf<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  probes: readonly Probe[],
): readonly Reference[] {
  return context.oncePerBatch(`references/${problem.id}`, () => [
    { expected: probes.map((probe) => problem.oracle(probe)) },
    ...(problem.accepts ?? []).map(({ title, compute }) => ({ title, expected: probes.map(compute) })),
  ]);
}

/** The oracle or the accepted variant that explains most of the answers; the oracle wins ties. One reading is used throughout. */
function closestReference(
  references: readonly Reference[],
  judgeBy: (reference: Reference) => Readonly<Record<string, Judged>>,
): Reference {
  const score = (reference: Reference) => {
    const judged = Object.values(judgeBy(reference));
    const undecided = judged.filter((tensor) => tensor.undecided).length;
    // One accepted tensor outweighs any number that only might be right.
    return judged.filter((tensor) => tensor.accepted).length + undecided / (judged.length + 1);
  };
  return references.reduce((best, next) => (score(next) > score(best) ? next : best));
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

type Judged = TensorVerdict & { rejected: boolean; undecided: boolean };

function judgeTensors<Probe>(
  problem: Problem<Probe>,
  probes: readonly Probe[],
  readings: readonly Reading[],
  reference: Reference,
  band: Band,
): Record<string, Judged> {
  const judged: Record<string, Judged> = {};
  probes.forEach((probe, index) => {
    const reading = readings[index]!;
    const asked = `${problem.describe(probe)}${probes.indexOf(probe) === index ? '' : ', asked once more'}`;
    for (const [name, expected] of Object.entries(reference.expected[index]!)) {
      const yours = 'answer' in reading ? reading.answer[name] : undefined;
      const wide = widened(band, reading, name, expected);
      const verdict: Judged =
        yours === undefined
          ? unread(asked, misreadOf(reading, name))
          : judgeOne(asked, compareTensor(name, yours, expected, wide), wide);
      const known = judged[name];
      if (known === undefined || verdict.margin < known.margin) judged[name] = verdict;
    }
  });
  return judged;
}

/** Digits that an answer lost on its way are no error, as long as what is left tells right from wrong. */
const mostRounding = 1e-4;

/** How far the digits in which a tensor came back may take it, as a share of the largest value in `scale`. */
function roundingOf(reading: Reading, name: string, scale: NdArray): number {
  const lost = 'answer' in reading ? (reading.rounding?.[name] ?? 0) : 0;
  return lost === 0 || maxAbs(scale) === 0 ? 0 : Math.min(mostRounding, lost / maxAbs(scale));
}

function widened(band: Band, reading: Reading, name: string, expected: NdArray): Band {
  const by = roundingOf(reading, name, expected);
  return by === 0 ? band : { ...band, accept: band.accept + by, reject: band.reject + by };
}

const misreadOf = (reading: Reading, name: string): Finding =>
  'misread' in reading ? reading.misread : (reading.misreads?.[name] ?? { says: `The answer has no ${name}.` });

function judgeOne(asked: string, gap: TensorGap, band: Band): Judged {
  const decision = judge(gap, band);
  return {
    accepted: decision === 'accept',
    rejected: decision === 'reject',
    undecided: decision === 'undecided',
    gap,
    margin: margin(gap, band),
    asked,
  };
}

const unread = (asked: string, misread: Finding): Judged => ({
  accepted: false,
  rejected: true,
  undecided: false,
  margin: -Infinity,
  asked,
  misread,
});

/** The judgement of one tensor of an evaluation, with its finding in words. `what` names it for the student, e.g. "∂L/∂W²". */
export function judgeTensor(evaluation: Evaluation, name: string, what: string): Judgement {
  const tensor = evaluation.tensors[name];
  if (tensor === undefined) throw new Error(`The problem has no tensor ${name}.`);
  const margin = Number.isFinite(tensor.margin) ? { margin: tensor.margin } : {};
  const staff = evaluation.staff === undefined ? {} : { staff: evaluation.staff };
  if (tensor.accepted) return { earned: 1, notes: evaluation.notes, ...margin, ...staff };
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

function describeGap(gap: TensorGap, what: string): Finding {
  // A number on its own has no place where it differs most.
  const single = gap.shape.every((size) => size === 1);
  const at = single ? '' : ` at [${gap.worst.index.join(', ')}]`;
  const nonFinite = !Number.isFinite(gap.worst.yours);
  return {
    says: nonFinite
      ? `${what} ${single ? 'is' : 'holds'} ${String(gap.worst.yours)}${at}: not a finite number.`
      : `${what} is wrong${single ? '' : `; it differs most${at}`}.`,
    yours: sixDigits(gap.worst.yours),
    expected: sixDigits(gap.worst.expected),
    gaps: [gap],
  };
}

/** Six significant digits are enough to see a difference that the band rejects. */
const sixDigits = (value: number): string => String(Number(value.toPrecision(6)));

/** An answer this unlike a gradient of the problem was not computed by an attempt at it: constants and noise stay below. */
const attempt = 0.2;

/**
 * Whether the program shows an attempt at the problem, right or wrong; never throws because the student's program stops.
 * Marks for style, purity and policy are given for attempts, so that an empty stub earns none and one mistake costs once.
 */
export const isAttempt = (evaluation: () => Promise<Evaluation>): Promise<boolean> =>
  unlessStopped(async () => {
    const { tensors, likeness, diagnosis } = await evaluation();
    const recognised = diagnosis !== undefined && diagnosis.certainty !== 'unknown';
    return likeness >= attempt || recognised || Object.values(tensors).some((tensor) => tensor.accepted);
  }, false);

/** Whether every tensor is right; a program that stops is not. */
export const isRight = (evaluation: () => Promise<Evaluation>): Promise<boolean> =>
  unlessStopped(async () => Object.values((await evaluation()).tensors).every((tensor) => tensor.accepted), false);
