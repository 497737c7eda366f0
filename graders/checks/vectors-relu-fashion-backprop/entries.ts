/** Numbers out of answers.json, and marks for each of them. */
import type { Desk, Judgement } from '../../check.ts';
import type { NdArray, Value } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { fieldOf, isArray } from '../../values.ts';
import { ProgramStopped } from '../../stopped.ts';

/** A number or a list of numbers as a list; undefined for anything else. `null` stands for nothing filled in. */
export function numbersFrom(value: unknown): number[] | undefined {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const flat = items.flat();
  return flat.every((item): item is number => typeof item === 'number' && Number.isFinite(item)) ? flat : undefined;
}

/** The numbers under one key of answers.json as a record of arrays; throws ProgramStopped('missing') when there are none. */
export function handedInUnder(answers: Readonly<Record<string, unknown>>, key: string, shape: Answer): Answered {
  const given = answers[key];
  const entries = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const read = Object.keys(shape).map((name): [string, Value] => {
    const numbers = numbersFrom(entries[name]);
    if (numbers === undefined || numbers.length === 0) return [name, null];
    return [name, arrayOf(shape[name]!.shape.length === 0 && numbers.length === 1 ? numbers[0]! : numbers)];
  });
  if (read.every(([, value]) => value === null)) {
    throw new ProgramStopped('missing', `answers.json has no numbers under "${key}".`);
  }
  return { value: { kind: 'record', entries: Object.fromEntries(read) } };
}

/** Every tensor that has its right size; the others are named. */
export function readEntries({ value }: Answered, shape: Answer): Reading {
  const answer: Record<string, NdArray> = {};
  const misreads: Record<string, { says: string; yours: string }> = {};
  for (const [name, wanted] of Object.entries(shape)) {
    const given = fieldOf(value, name);
    if (isArray(given) && given.data.length === wanted.data.length) answer[name] = { ...given, shape: wanted.shape };
    else {
      const yours = isArray(given) ? `${given.data.length} numbers` : 'nothing that can be read as numbers';
      misreads[name] = {
        says: `${name} should hold ${wanted.data.length} number${wanted.data.length === 1 ? '' : 's'}.`,
        yours,
      };
    }
  }
  return Object.keys(misreads).length > 0 ? { answer, notes: [], misreads } : { answer, notes: [] };
}

/** What the student handed in for a problem with one probe, tensor by tensor; undefined where it cannot be read. */
export async function ownEntries<Probe>(desk: Desk, problem: Problem<Probe>): Promise<Answer> {
  const [probe] = desk.probes(problem);
  const reading = problem.read(await desk.ask(problem, probe!), probe!);
  return 'answer' in reading ? reading.answer : {};
}

/**
 * Marks entry by entry. Where the answer is wrong, `own` gives what the student's own earlier numbers lead to, in one
 * sentence with the entries; an entry that agrees with it counts as right.
 */
export async function judgeEntries<Probe>(
  desk: Desk,
  problem: Problem<Probe>,
  name: string,
  own?: (handedIn: Answer) => Promise<{ entries: readonly number[]; says: string } | undefined>,
): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(desk, problem), name, name);
  if (judgement.earned === 1) return judgement;
  const handedIn = await ownEntries(desk, problem);
  const yours = handedIn[name];
  if (yours === undefined) return judgement;
  const right = problem.oracle(desk.probes(problem)[0]!)[name]!.data;
  const share = (wanted: ArrayLike<number>) =>
    yours.data.filter((v, i) => near(v, wanted[i])).length / yours.data.length;
  const followed = await own?.(handedIn);
  const followedShare = followed === undefined ? 0 : share(followed.entries);
  if (followedShare === 1) return { earned: 1, followThrough: followed!.says };
  const count = yours.data.length;
  const finding = {
    ...judgement.finding!,
    says: `${count - Math.round(share(right) * count)} of the ${count} entries of ${name} are wrong.`,
    yours: `(${Array.from(yours.data).join(', ')})`,
    expected: `(${Array.from(right).join(', ')})`,
  };
  const earned = Math.max(share(right), followedShare);
  return { ...judgement, earned, finding: count === 1 ? judgement.finding! : finding };
}

/** Integers and halves by hand: nothing is rounded. */
const near = (a: number, b: number | undefined): boolean => b !== undefined && Math.abs(a - b) <= 1e-9;
