/** Does the diagnosis know its own mistakes? Every one is planted under noise, and what it is called is counted. */
import { answerDistance } from '../numerics/identifiability.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { createDiagnosisCache } from './cache.ts';
import { diagnose } from './diagnose.ts';

export interface Exam {
  planted: number;
  /** How many were among the named mistakes. */
  named: number;
  /** How many were named alone and for certain. */
  certain: number;
  /** Planted mistakes that got another name, as "id: names". */
  misnamed: string[];
  /** Planted mistakes that got no name. */
  unnamed: string[];
  /** The mistake that is nearest to the right answer, by its largest distance over the probes. */
  nearest: { id: string; distance: number };
}

/** Plants every mistake of a problem with noise of this size (relative to each tensor's largest entry) and diagnoses it. */
export function examine<Probe>(problem: Problem<Probe>, probes: readonly Probe[], noise: number, random: Random): Exam {
  const cache = createDiagnosisCache();
  const right = probes.map((probe) => problem.oracle(probe));
  const exam: Exam = {
    planted: 0,
    named: 0,
    certain: 0,
    misnamed: [],
    unnamed: [],
    nearest: { id: '', distance: Infinity },
  };
  for (const { id, compute } of problem.mistakes) {
    const exact = probes.map((probe) => compute(probe));
    const answers = exact.map((answer) => noisy(answer, noise, random));
    const { mistakes, certainty } = diagnose(problem, probes, answers, { cache });
    exam.planted++;
    if (mistakes.includes(id)) exam.named++;
    else if (mistakes.length > 0) exam.misnamed.push(`${id}: ${mistakes.join(', ')}`);
    else exam.unnamed.push(id);
    if (certainty === 'certain' && mistakes[0] === id) exam.certain++;
    const distance = Math.max(...exact.map((answer, i) => answerDistance(answer, right[i]!, right[i]!)));
    if (distance < exam.nearest.distance) exam.nearest = { id, distance };
  }
  return exam;
}

/** The answer with uniform noise of this size, relative to the largest entry of each tensor. */
export const noisy = (answer: Answer, size: number, random: Random): Answer =>
  Object.fromEntries(
    Object.entries(answer).map(([name, array]) => {
      const scale = size * array.data.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 0);
      return [name, { ...array, data: array.data.map((v) => v + scale * random.uniform(-1, 1)) }];
    }),
  );
