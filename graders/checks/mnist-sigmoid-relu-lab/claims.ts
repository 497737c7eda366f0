/** Runs that a student reports in answers.json: read, held against themselves, and repeated by the grader. */
import type { Desk } from '../../check.ts';
import type { Finding } from '../../model.ts';
import { labData, prescribed, testCount, trainCount } from './lab.ts';
import { studies } from './study.ts';
import { train } from './training.ts';
import { ProgramStopped } from '../../stopped.ts';

export interface Claim {
  eta: number;
  /** One number for each epoch. */
  trainAcc: number[];
  testAcc: number[];
  testAccuracy: number;
}

/** The entry of one run; ProgramStopped('missing') when nothing is filled in, a refusal when something is no number. */
export function claimOf(desk: Desk, key: string): Claim {
  const entry = desk.answers()[key];
  const field = (name: string): unknown =>
    typeof entry === 'object' && entry !== null && Object.hasOwn(entry, name)
      ? (entry as Record<string, unknown>)[name]
      : undefined;
  const testAcc = field('testAcc');
  const empty = (value: unknown) => value === undefined || value === null;
  if (empty(field('testAccuracy')) && (empty(testAcc) || (Array.isArray(testAcc) && testAcc.length === 0))) {
    throw new ProgramStopped('missing', `answers.json has no run under "${key}": train.ts prints it.`);
  }
  const wrong = (name: string, what: string): never => {
    throw new ProgramStopped('refused', `answers.json: ${name} under "${key}" should be ${what}.`);
  };
  const number = (name: string): number => {
    const value = field(name);
    return typeof value === 'number' && Number.isFinite(value) ? value : wrong(name, 'a number');
  };
  const list = (name: string): number[] => {
    const value: unknown = field(name);
    return Array.isArray(value) && value.length <= 1000 && value.every((v) => typeof v === 'number')
      ? (value as number[])
      : wrong(name, 'a list of numbers, one for each epoch');
  };
  return {
    eta: number('eta'),
    trainAcc: list('trainAcc'),
    testAcc: list('testAcc'),
    testAccuracy: number('testAccuracy'),
  };
}

/** More would only cost time: all curves are flat by then. */
const mostEpochs = 60;
/** Rounding of what is printed, and the choice between the last and the best epoch. */
const rounding = 0.002;

/** What is wrong with a run without repeating it, or undefined. */
export function inconsistent({ eta, trainAcc, testAcc, testAccuracy }: Claim): Finding | undefined {
  const all = [...trainAcc, ...testAcc, testAccuracy];
  if (all.some((value) => value < 0 || value > 1)) {
    const percent = all.every((value) => value >= 0 && value <= 100);
    return {
      says: 'An accuracy lies between 0 and 1.',
      yours: String(all.find((value) => value < 0 || value > 1)),
      ...(percent ? { hint: 'Percentages have to be divided by 100.' } : {}),
    };
  }
  const epochs = testAcc.length;
  if (epochs < prescribed.epochs || epochs > mostEpochs || trainAcc.length !== epochs) {
    return {
      says: 'A run needs the accuracies of every epoch, on both sets.',
      yours: `${trainAcc.length} numbers in trainAcc, ${epochs} in testAcc`,
      expected: `as many in both, ${prescribed.epochs} to ${mostEpochs}`,
    };
  }
  if (!(eta > 0 && eta <= 10)) return { says: 'A learning rate lies above 0.', yours: String(eta) };
  const [last, best] = [testAcc.at(-1)!, Math.max(...testAcc)];
  if ([last, best].some((value) => Math.abs(value - testAccuracy) <= rounding)) return undefined;
  return {
    says: 'testAccuracy is neither the last nor the best number of its own testAcc.',
    yours: short(testAccuracy),
    expected: `${short(last)} (last) or ${short(best)} (best)`,
    tolerance: `${rounding}: room for rounding`,
  };
}

/** What shows that no run has given these numbers, or undefined. */
export function invented({ trainAcc, testAcc }: Claim): Finding | undefined {
  if (testAcc.some((value, epoch) => value !== trainAcc[epoch])) {
    return noShares('trainAcc', trainAcc, trainCount) ?? noShares('testAcc', testAcc, testCount);
  }
  return {
    says: 'testAcc is trainAcc once more: no network is right about equal shares of both sets in every epoch.',
    hint: 'Copy both lists that train.ts prints.',
  };
}

/** The finding on a number that is no count of images, however it was rounded; undefined where all are. */
function noShares(name: string, accuracies: readonly number[], images: number): Finding | undefined {
  const digits = Math.max(...accuracies.map((value) => (String(value).split('.')[1] ?? '').length));
  // A thousandth of an image is more than single precision loses.
  const room = (images / 2) * 10 ** -digits + 1e-3;
  const odd = accuracies.find((value) => Math.abs(value * images - Math.round(value * images)) > room);
  return odd === undefined
    ? undefined
    : {
        says: `${name} holds a number that no run can give: it is no share of ${images} images.`,
        yours: String(odd),
        hint: 'Copy the lists that train.ts prints.',
      };
}

export interface Replay {
  hidden: 'sigmoid' | 'relu';
  initSd: number;
  eta: number;
  epochs: number;
}

/** Other first weights each time; later ones are tried only while the earlier ones disagree with the student. */
const seeds = ['first', 'second', 'third', 'fourth'] as const;

/**
 * Final test accuracies of the grader's own runs with these settings: one that satisfies, or what was seen instead. For
 * the prescribed settings the runs of the study are there; others are made here, once for all students.
 */
export function outcomes(
  desk: Desk,
  { hidden, initSd, eta, epochs }: Replay,
  enough: (accuracy: number) => boolean,
): { found: number } | { instead: number[] } {
  const study = studies.find((known) => known.hidden === hidden && known.eta === eta);
  if (study !== undefined && epochs === prescribed.epochs) {
    const found = study.ends.find(enough);
    return found === undefined ? { instead: [Math.min(...study.ends), Math.max(...study.ends)] } : { found };
  }
  const seen: number[] = [];
  for (const seed of seeds) {
    const name = `run/${hidden}/${eta}/${epochs}/${seed}`;
    const { test } = desk.shareWithAll(name, () =>
      train(labData(desk), { ...prescribed, hidden, initSd, eta, epochs }, desk.random(name)),
    );
    seen.push(test.at(-1)!);
    if (enough(test.at(-1)!)) return { found: test.at(-1)! };
  }
  return { instead: seen };
}

/** A number for a reader. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));
