/** Trainings of the student's own run functions that have one right log: full batches, and batches in the order of the images. */
import type { Arg, Guest, NdArray, Value } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Reading } from '../../question.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { scaledBand } from '../../numerics/tolerance.ts';
import { itemsOf } from '../../values.ts';
import { ProgramStopped } from '../../stopped.ts';
import { classes } from './lab.ts';
import type { Design } from './epoch-probes.ts';
import { drawCourse } from './epoch-probes.ts';
import type { Course, EpochRules, Rows } from './epochs.ts';
import { batchMistakes, epochFamilies, epochMistakes, fromTheEnd, imageMistakes, inOrder, logOf } from './epochs.ts';
import type { Log } from './small-runs.ts';
import { asShares, logFrom } from './small-runs.ts';

export interface EpochProbe {
  course: Course;
  /** Learning rates, each for a network of its own. */
  etas: readonly number[];
  /** Of the random numbers that are handed in. */
  seed: number;
}

const wholeDesigns: readonly Design[] = [
  { images: 24, pixels: 6, batchSize: 24, epochs: 6, eta: 0.04, falls: true },
  { images: 30, pixels: 5, batchSize: 30, epochs: 5, eta: 0.05, falls: false },
];
const batchDesigns: readonly Design[] = [
  { images: 24, pixels: 6, batchSize: 4, epochs: 5, eta: 0.04, falls: false },
  { images: 30, pixels: 5, batchSize: 6, epochs: 4, eta: 0.04, falls: true },
];

const rateDesigns: readonly Design[] = wholeDesigns
  .slice(0, 1)
  .map((design) => ({ ...design, otherEtas: [0.025, design.eta] }));

const epochBand = scaledBand(
  'shares of images',
  1e-6,
  1e-3,
  'no other count of images is accepted: none of them lies so near the border of two classes that rounding could move it',
);

/** Who logs the course: a function of the student's, for these learning rates. */
interface Runner {
  module: string;
  name: string;
  run(guest: Guest, probe: EpochProbe): Promise<Value>;
  /** One log for each learning rate; undefined where there is none. */
  logs(value: Value): (Value | undefined)[];
}

export const baselineRun: Runner = {
  module: 't2.ts',
  name: 'runBaseline',
  run: (guest, probe) => askBaseline(guest, probe, probe.etas[0]!),
  logs: (value) => [value],
};

/** runBaseline with this learning rate, from first weights of almost 0. */
export async function askBaseline(guest: Guest, { course, seed }: EpochProbe, eta: number): Promise<Value> {
  const args = [sentCourse(course), sentOptions(course, { eta }), { kind: 'rng', seed } as const];
  return (await guest.call({ module: 't2.ts', name: 'runBaseline' }, args)).value;
}

export const ratesRun: Runner = {
  module: 't3.ts',
  name: 'runRates',
  async run(guest, { course, etas, seed }) {
    const args = [
      sentCourse(course),
      makeArray([etas.length], etas),
      sentOptions(course, {}),
      { kind: 'rng', seed } as const,
    ];
    return (await guest.call({ module: 't3.ts', name: 'runRates' }, args)).value;
  },
  logs: (value) => itemsOf(value) ?? [],
};

const sentCourse = ({ train, test }: Course): Arg => ({
  kind: 'record',
  entries: { train: sentRows(train), test: sentRows(test) },
});

const sentRows = ({ X, Y }: Rows): Arg => ({
  kind: 'record',
  entries: { images: arrayOf(X), labels: arrayOf(Y.map((bits) => bits.indexOf(1))) },
});

/** Not exactly 0, which is as good as no number to `initSd || 0.1`. */
const initSd = 1e-9;

const sentOptions = ({ train, batchSize, epochs }: Course, more: Readonly<Record<string, number>>): Arg => ({
  kind: 'record',
  entries: { layerConfig: makeArray([2], [train.X[0]!.length, classes]), batchSize, epochs, initSd, ...more },
});

/** The tensors of every learning rate, without a number where there is only one. */
const namesOf = (etas: readonly number[]) =>
  etas.map((_, i) => {
    const number = etas.length === 1 ? '' : String(i + 1);
    return { train: `trainAcc${number}`, test: `testAcc${number}` };
  });

/** The accuracies of these logs under the names of the answer. */
export function answerOf(logs: readonly Pick<Log, 'trainAcc' | 'testAcc'>[]): Answer {
  const answer: Record<string, NdArray> = {};
  namesOf(logs.map(() => 0)).forEach(({ train, test }, i) => {
    answer[train] = arrayOf(logs[i]!.trainAcc);
    answer[test] = arrayOf(logs[i]!.testAcc);
  });
  return answer;
}

const program: Program<EpochProbe, EpochRules> = {
  right: inOrder,
  run: ({ course, etas }, rules) =>
    answerOf(
      etas.map((eta) => {
        const { train, test } = logOf({ ...course, eta }, rules);
        return { trainAcc: train, testAcc: test };
      }),
    ),
};

/** What the tensors are to a reader. */
function namesFor({ otherEtas = [] }: Design): Readonly<Record<string, string>> {
  const named = namesOf([0, ...otherEtas]).flatMap(({ train, test }, i) => {
    const which = otherEtas.length === 0 ? '' : ` with learning rate number ${i + 1}`;
    return [
      [train, `the training accuracy after every epoch${which}`],
      [test, `the test accuracy after every epoch${which}`],
    ] as const;
  });
  return Object.fromEntries(named);
}

interface Plan {
  id: string;
  runner: Runner;
  designs: readonly Design[];
  mistakes: readonly Mistake<EpochRules>[];
}

function epochProblem({ id, runner, designs, mistakes }: Plan): Problem<EpochProbe> {
  return {
    id,
    title: 'Accuracies after every epoch, from first weights of almost 0',
    precision: 'double',
    band: epochBand,
    coarse: true,
    probes: (random: Random) =>
      designs.map((design, i) => ({
        course: drawCourse(random.fork(`design ${i}`), design),
        etas: [design.eta, ...(design.otherEtas ?? [])],
        seed: 11 + i,
      })),
    describe: ({ course, etas }) => describe(runner.name, course, etas),
    ask: async (guest, probe) => ({ value: await runner.run(guest, probe) }),
    read: ({ value }, probe) => readLogs(runner, value, probe),
    write: (answer, { etas }) => {
      const logs = namesOf(etas).map(({ train, test }): Value => ({
        kind: 'record',
        entries: { trainAcc: answer[train]!, testAcc: answer[test]! },
      }));
      return runner === baselineRun ? logs[0]! : { kind: 'list', items: logs };
    },
    oracle: (probe) => program.run(probe, program.right),
    accepts: [
      {
        id: 'from-the-end',
        title: 'batches are taken from the last one to the first',
        compute: (probe) => program.run(probe, fromTheEnd),
      },
    ],
    mistakes: variantsOf(program, mistakes),
    names: namesFor(designs[0]!),
    clues: {
      families: epochFamilies.map(({ rules, ...family }) => ({
        ...family,
        compute: (probe: EpochProbe, value: number) => program.run(probe, rules(value)),
      })),
    },
  };
}

function describe(name: string, { train, test, batchSize, epochs }: Course, etas: readonly number[]): string {
  const images = `${train.X.length} images for training and ${test.X.length} for testing`;
  const rates = etas.length === 1 ? `learning rate ${etas[0]}` : `learning rates ${etas.join(', ')}`;
  return `${name} with ${images}, batches of ${batchSize}, no hidden layer, first weights of almost 0, ${rates}, ${epochs} epochs`;
}

function readLogs({ name, logs }: Runner, value: Value, { course, etas }: EpochProbe): Reading {
  const given = logs(value);
  if (given.length !== etas.length) {
    return { misread: { says: `${name} should return one log for each of ${etas.length} learning rates.` } };
  }
  const found: Log[] = [];
  for (const log of given) {
    const read = readLog(log, name, course.epochs);
    if ('says' in read) return { misread: read };
    found.push(read);
  }
  return { answer: answerOf(found), notes: [] };
}

function readLog(value: Value | undefined, name: string, epochs: number): Log | { says: string } {
  try {
    const log = asShares(logFrom(value ?? null, name));
    const short = [log.trainAcc, log.testAcc].find(({ length }) => length !== epochs);
    return short === undefined
      ? log
      : { says: `${name} should log one number for each of ${epochs} epochs; there are ${short.length}.` };
  } catch (error) {
    if (error instanceof ProgramStopped) return { says: error.message };
    throw error;
  }
}

/** One batch is the whole training set: its order does not matter, and every image has to take part. */
export const wholeEpochs = epochProblem({
  id: 'T2.epochs',
  runner: baselineRun,
  designs: wholeDesigns,
  mistakes: [...epochMistakes, ...imageMistakes],
});

/** Several batches in the order of the images, as `createBatches` cuts them. */
export const batchedEpochs = epochProblem({
  id: 'T2.batches',
  runner: baselineRun,
  designs: batchDesigns,
  mistakes: [...epochMistakes, ...batchMistakes],
});

/** The same for several learning rates; the last is the first again. */
export const rateEpochs = epochProblem({
  id: 'T3.epochs',
  runner: ratesRun,
  designs: rateDesigns,
  mistakes: [...epochMistakes, ...imageMistakes],
});
