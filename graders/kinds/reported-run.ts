/**
 * A training run that a student reports in answers.json, epoch by epoch: the learning rate, the accuracies on both sets, and
 * the one in the end. Read, held against itself and against what any run can give, and repeated by the grader until one of its
 * own ends where theirs does.
 */
import type { CheckContext } from '../check.ts';
import type { Finding } from '../model/finding.ts';
import { inDigits } from '../numerics/digits.ts';
import type { Random } from '../numerics/random.ts';
import { ProgramStopped } from '../stopped.ts';
import { claimedFields } from './claims.ts';

export interface ReportedRun {
  eta: number;
  /** One number for each epoch. */
  trainAcc: number[];
  testAcc: number[];
  testAccuracy: number;
}

/** What every run of a sheet has: the names of its numbers, so many epochs, and accuracies that are shares of so many images. */
export interface RunForm {
  /** What the sheet calls each number of a run. */
  names: Readonly<Record<keyof ReportedRun, string>>;
  epochs: { least: number; most: number };
  images: { train: number; test: number };
  /** Where the student finds these numbers, e.g. "train.ts". */
  printedBy: string;
}

/** The entry of one run; ProgramStopped('missing') when nothing is filled in, a refusal when something is no number. */
export function reportedRun(context: CheckContext, key: string, { names, printedBy }: RunForm): ReportedRun {
  const fields = claimedFields(context, key);
  const [testAcc, testAccuracy] = [fields[names.testAcc] ?? [], fields[names.testAccuracy] ?? undefined];
  if (testAccuracy === undefined && Array.isArray(testAcc) && testAcc.length === 0) {
    throw new ProgramStopped('missing', `answers.json has no run under "${key}": ${printedBy} prints it.`);
  }
  const wrong = (name: string, what: string): never => {
    throw new ProgramStopped('refused', `answers.json: ${name} under "${key}" should be ${what}.`);
  };
  const number = (name: string): number => {
    const value = fields[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : wrong(name, 'a number');
  };
  const list = (name: string): number[] => {
    const value = fields[name];
    return Array.isArray(value) && value.length <= 1000 && value.every((v) => typeof v === 'number')
      ? (value as number[])
      : wrong(name, 'a list of numbers, one for each epoch');
  };
  return {
    eta: number(names.eta),
    trainAcc: list(names.trainAcc),
    testAcc: list(names.testAcc),
    testAccuracy: number(names.testAccuracy),
  };
}

/** Rounding of what is printed, and the choice between the last and the best epoch. */
const rounding = 0.002;
const short = inDigits(4);

/** What is wrong with a run without repeating it, or undefined. */
export function inconsistentRun(run: ReportedRun, { names, epochs: { least, most } }: RunForm): Finding | undefined {
  const { eta, trainAcc, testAcc, testAccuracy } = run;
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
  if (epochs < least || epochs > most || trainAcc.length !== epochs) {
    return {
      says: 'A run needs the accuracies of every epoch, on both sets.',
      yours: `${trainAcc.length} numbers in ${names.trainAcc}, ${epochs} in ${names.testAcc}`,
      expected: `as many in both, ${least} to ${most}`,
    };
  }
  if (!(eta > 0 && eta <= 10)) return { says: 'A learning rate lies above 0.', yours: String(eta) };
  const [last, best] = [testAcc.at(-1)!, Math.max(...testAcc)];
  if ([last, best].some((value) => Math.abs(value - testAccuracy) <= rounding)) return undefined;
  return {
    says: `${names.testAccuracy} is neither the last nor the best number of its own ${names.testAcc}.`,
    yours: short(testAccuracy),
    expected: `${short(last)} (last) or ${short(best)} (best)`,
    tolerance: `${rounding}: room for rounding`,
  };
}

/** What shows that no run has given these numbers, or undefined. */
export function inventedRun({ trainAcc, testAcc }: ReportedRun, form: RunForm): Finding | undefined {
  if (testAcc.some((value, epoch) => value !== trainAcc[epoch])) {
    return (
      noShares(form.names.trainAcc, trainAcc, form.images.train, form) ??
      noShares(form.names.testAcc, testAcc, form.images.test, form)
    );
  }
  return {
    says: `${form.names.testAcc} is ${form.names.trainAcc} once more: no network is right about equal shares of both sets in every epoch.`,
    hint: `Copy both lists that ${form.printedBy} prints.`,
  };
}

/** The finding on a number that is no count of images, however it was rounded; undefined where all are. */
function noShares(name: string, accuracies: readonly number[], images: number, form: RunForm): Finding | undefined {
  const digits = Math.max(...accuracies.map((value) => (String(value).split('.')[1] ?? '').length));
  // A thousandth of an image is more than single precision loses.
  const room = (images / 2) * 10 ** -digits + 1e-3;
  const odd = accuracies.find((value) => Math.abs(value * images - Math.round(value * images)) > room);
  if (odd === undefined) return undefined;
  return {
    says: `${name} holds a number that no run can give: it is no share of ${images} images.`,
    yours: String(odd),
    hint: `Copy the lists that ${form.printedBy} prints.`,
  };
}

/** A training of the grader's own: its name gives it random numbers of its own. */
interface OwnRun {
  name: string;
  end(random: Random): number | Promise<number>;
}

/** Where the grader's own trainings end, each made once for all students; later ones only while no earlier one is enough. */
export async function endsUntil(
  context: CheckContext,
  runs: readonly OwnRun[],
  enough: (end: number) => boolean,
): Promise<number[]> {
  const seen: number[] = [];
  for (const { name, end } of runs) {
    seen.push(await context.oncePerBatch(name, () => end(context.random(name))));
    if (enough(seen.at(-1)!)) break;
  }
  return seen;
}
