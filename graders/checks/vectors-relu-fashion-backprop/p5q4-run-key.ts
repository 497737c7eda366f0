/** A whole training of a few samples: small enough that every weight and every score is known. */
import { drawNet, drawSamples, readStep, stepBand } from '../../kinds/listed-net.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import type { Course } from '../../mistakes/training/course.ts';
import { runMistakes, scoredRun } from '../../mistakes/training/scored-run.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { caseOf, netOf, scoreOf, targetsOf } from './p5-net.ts';
import type { RunProbe, Samples } from './p5q4-question.ts';
import { runQuestion } from './p5q4-question.ts';

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

const designs = [
  { sizes: [7, 5, 6, 4], train: 8, test: 7, epochs: 2, lr: 0.4375 },
  { sizes: [6, 8, 5, 3], train: 6, test: 5, epochs: 4, lr: 0.3125 },
];

function drawProbe(random: Random, { sizes, train, test, epochs, lr }: (typeof designs)[number]): RunProbe {
  const samples = (name: string, count: number) => drawSamples(random.fork(name), count, sizes[0]!, sizes.at(-1)!);
  const drawn = { net: drawNet(random, sizes, 1.5), train: samples('train', train), test: samples('test', test) };
  const { averageLoss, correct } = scoreOf(drawn.net, drawn.test.X, drawn.test.Y);
  return { ...drawn, epochs, lr, untrained: { averageLoss, correct } };
}

export const runProblem: Problem<RunProbe> = {
  ...runQuestion,
  band: stepBand,
  probes: (random) => designs.map((design, i) => drawProbe(random.fork(`run ${i}`), design)),
  oracle: (probe) => program.run(probe, program.right),
  mistakes: variantsOf(program, runMistakes),
};
