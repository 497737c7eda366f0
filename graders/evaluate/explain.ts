/** What explains wrong answers: something kept between calls, or known mistakes. */
import type { CheckContext } from '../check.ts';
import { agree } from '../follow-through.ts';
import { createDiagnosisCache } from '../mistakes/cache.ts';
import { diagnose } from '../mistakes/diagnose.ts';
import type { Diagnosis } from '../model/finding.ts';
import type { Problem } from '../problem.ts';
import type { Reading } from '../question.ts';
import type { Judged } from './judge-tensors.ts';
import { roundingOf } from './judge-tensors.ts';

/** Leaves out what belongs to a probe that is asked once more. */
export function firstTimes(probes: readonly unknown[]): <T>(all: readonly T[]) => T[] {
  const isFirst = probes.map((probe, i) => probes.indexOf(probe) === i);
  return (all) => all.filter((_, i) => isFirst[i]);
}

/** What explains the answers that could be read whole; known mistakes are computed once for all students. */
export function explain<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  probes: readonly Probe[],
  readings: readonly Reading[],
  judgedFirst: Readonly<Record<string, Judged>>,
): Diagnosis | undefined {
  const first = firstTimes(probes);
  const changes = probes.some((probe, i) => isOther(readings[probes.indexOf(probe)]!, readings[i]!));
  if (changes && !Object.values(judgedFirst).some((tensor) => tensor.rejected)) return keptBetweenCalls;
  const found = explainFirst(context, problem, first(probes), first(readings));
  // What is kept shows in the questions in between as well: no known mistake is looked for where it explains all of them.
  const isUnknown = found === undefined || found.certainty === 'unknown';
  return changes && isUnknown && isRightAtFirst(problem, probes, readings) ? keptBetweenCalls : found;
}

/** Whether the answers to the questions that come again were right the first time. */
const isRightAtFirst = <Probe>(
  problem: Problem<Probe>,
  probes: readonly Probe[],
  readings: readonly Reading[],
): boolean =>
  probes
    .filter((probe, i) => probes.indexOf(probe) !== i)
    .every((probe) => !isOther({ answer: problem.oracle(probe), notes: [] }, readings[probes.indexOf(probe)]!));

/** Whether the answer is another one when the question comes again; an answer between the bands may be wrong both times. */
function isOther(first: Reading, again: Reading): boolean {
  if (first === again) return false;
  if (!('answer' in first) || !('answer' in again)) return 'answer' in first !== 'answer' in again;
  return Object.entries(first.answer).some(([name, array]) => !agree(again.answer[name], array));
}

/** The first answer was right, and the same question asked again got another one. */
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
