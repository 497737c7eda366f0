/** Question 1.4a: what the layer Linear computes, and what is computed in its place. */
import { columnSums, matmul, transpose } from '../../../reference/oracles/linear-algebra.ts';
import type { Key } from '../../key.ts';
import {
  backwardMistakes,
  backwardProgram,
  carriedOn,
  forwardMistakes,
  forwardProgram,
  stepMistakes,
  stepProgram,
} from '../../mistakes/layers/linear-object.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { Random } from '../../numerics/random.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import type { Problem } from '../../problem.ts';
import { farError, randomRows, withTwins } from '../../kinds/drawn-rows.ts';
import type { LinearProbe } from './q1-4a-question.ts';
import { backwardQuestion, forwardQuestion, stepQuestion } from './q1-4a-question.ts';

/** Examples, inputs and outputs: all different at first, so that nothing can be turned round unseen. */
const sizes = [
  [3, 5, 4],
  [6, 2, 7],
  // A mini-batch of one example.
  [1, 3, 2],
  // As many examples as outputs, where whoever picks an axis by its length picks the wrong one; two of the examples are equal.
  [4, 3, 4],
] as const;

function drawLinear(random: Random, [n, nIn, nOut]: readonly [number, number, number]): LinearProbe {
  const drawn = randomRows(random, n, nIn);
  const x = n === nOut ? withTwins(drawn) : drawn;
  // Once as a loss sends them back from a prediction that is far off: whoever limits a gradient shows it.
  const dy = randomRows(random, n, nOut, n === sizes[1][0] ? farError : 1);
  return {
    W: randomRows(random, nIn, nOut),
    b: randomRows(random, 1, nOut)[0]!,
    x,
    dy,
    other: { x: randomRows(random, n, nIn), dy: randomRows(random, n, nOut) },
    dW: matmul(transpose(x), dy),
    db: columnSums(dy),
    stepSize: n === sizes[0][0] ? random.uniform(1.5, 2.5) : random.uniform(0.05, 0.4),
  };
}

const probes = (random: Random) => sizes.map((size, i) => drawLinear(random.fork(`size ${i}`), size));

const quantities = ({ x, W, b }: LinearProbe) => [
  { symbol: 'n', value: x.length, means: 'the number of examples' },
  { symbol: 'nIn', value: W.length, means: 'the number of inputs' },
  { symbol: 'nOut', value: b.length, means: 'the number of outputs' },
];

const keyOf = <Rules extends object>(
  program: Program<LinearProbe, Rules>,
  mistakes: readonly Mistake<Rules>[],
): Key<LinearProbe> => ({
  probes,
  band: plainNumbers,
  oracle: (probe) => program.run(probe, program.right),
  mistakes: variantsOf(program, mistakes),
  clues: { quantities },
});

export const forwardProblem: Problem<LinearProbe> = { ...forwardQuestion, ...keyOf(forwardProgram, forwardMistakes) };

export const backwardProblem: Problem<LinearProbe> = {
  ...backwardQuestion,
  ...keyOf(backwardProgram, backwardMistakes),
  differences: { are: 'told' },
};

export const stepProblem: Problem<LinearProbe> = {
  ...stepQuestion,
  ...keyOf(stepProgram, stepMistakes),
  // A single example would let biases pass whose gradients were never summed.
  probes: (random) => probes(random).filter(({ x }) => x.length > 1),
  clues: { quantities, families: [carriedOn] },
};
