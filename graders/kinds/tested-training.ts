/** A training that is tested before the first epoch and after every one: small ones whose every weight and score is known, and a long one. */
import { adapt, variantsOf } from '../mistakes/program.ts';
import type { Course } from '../mistakes/training/course.ts';
import { runMistakes, scoredRun } from '../mistakes/training/scored-run.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import type { NetFunction } from './listed-net.ts';
import { drawNet, drawSamples, readStep, stepBand } from './listed-net.ts';
import type { SampleEpoch } from './sample-epoch.ts';
import type { SampleScores } from './sample-scores.ts';
import { caseOf, guessOf, netOf, scoreOf, targetsOf } from './sigmoid-net.ts';
import type { RunProbe, Samples } from './tested-training-question.ts';
import { runQuestion } from './tested-training-question.ts';

interface ShortDesign {
  sizes: readonly number[];
  /** Samples. */
  train: number;
  test: number;
  epochs: number;
  lr: number;
  /** Set where the network recognises all test samples before the training: that ends none. */
  recognised?: true;
}

/** A training on images that look like digits, which has to recognise a share of the test images in the end. */
interface LongDesign {
  images: { train: number; test: number };
  /** Pixels on a side. */
  side: number;
  hidden: readonly number[];
  /** The seed of the weights with which the training begins. */
  firstWeights: number;
  epochs: number;
  lr: number;
  goal: number;
}

/** The student's function that trains, what it is made of, and what is right for it. */
export interface TestedTraining {
  asked: NetFunction;
  /** The epoch that it repeats, and the scores that it tells. */
  epoch: SampleEpoch;
  forward: SampleScores;
  problem: Problem<RunProbe>;
  long: LongDesign;
}

interface TrainingTable extends NetFunction, Pick<TestedTraining, 'epoch' | 'forward' | 'long'> {
  short: readonly ShortDesign[];
}

/** Right are the weights after as many epochs as asked on the training samples, and the scores of the test samples on the way. */
export const testedTraining = ({ epoch, forward, short, long, ...asked }: TrainingTable): TestedTraining => ({
  asked,
  epoch,
  forward,
  long,
  problem: {
    ...runQuestion(asked),
    band: stepBand,
    probes: (random) => short.map((design, i) => drawProbe(random.fork(`run ${i}`), design)),
    visits: short.some(({ recognised }) => recognised)
      ? [
          {
            says: 'test samples that are all recognised before the training',
            holds: (probes) => probes.some(({ test, untrained }) => untrained.correct === test.Y.length),
          },
        ]
      : [],
    oracle: (probe) => program.run(probe, program.right),
    mistakes: variantsOf(program, runMistakes(epoch.asked.name)),
  },
});

/** Epochs of one step for every sample. */
export function courseOf({ net, train, test, epochs, lr }: RunProbe): Course {
  const rows = ({ X, Y }: Samples) => ({ X, Y: targetsOf(net, Y) });
  return { start: caseOf(net), train: rows(train), test: rows(test), batchSize: 1, epochs, eta: lr };
}

/** What the training changes, divided by the learning rate, and the scores before it and after every epoch. */
const program = adapt(
  scoredRun(
    (net, { X, Y }) =>
      scoreOf(
        netOf(net),
        X,
        Y.map((bits) => bits.indexOf(1)),
      ),
    ({ start, eta }, end) => readStep(netOf(start), netOf(end), eta),
  ),
  courseOf,
);

function drawProbe(random: Random, { sizes, train, test, epochs, lr, recognised }: ShortDesign): RunProbe {
  const samples = (name: string, count: number) => drawSamples(random.fork(name), count, sizes[0]!, sizes.at(-1)!);
  const drawn = { net: drawNet(random, sizes, 1.5), train: samples('train', train), test: samples('test', test) };
  if (recognised) drawn.test.Y = drawn.test.X.map((x) => guessOf(drawn.net, x));
  const { averageLoss, correct } = scoreOf(drawn.net, drawn.test.X, drawn.test.Y);
  return { ...drawn, epochs, lr, untrained: { averageLoss, correct } };
}
