/** Task 0, without marks: the given code written by the student. The report shows what is not right yet. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, firstWrong, judgeTensor } from '../../evaluate.ts';
import { judgeMatrix } from '../../kinds/elementwise.ts';
import { arrayOf, makeArray, rowsOf, sameShape } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, itemsOf } from '../../values.ts';
import { sigmoidProblem, sigmoidSlopeProblem, softmaxProblem } from './activations.ts';
import { makeNetwork } from '../../kinds/network-object.ts';
import { forwardProblem, gradientProblem } from './network-problems.ts';
import { judgeEvaluateLog } from '../../kinds/evaluate-log.ts';

const module = 'own';
const network = { module, name: 'MultiLayerPerceptron' } as const;

const ownForward = forwardProblem('0.forward', network, 'sigmoid');
const ownGradients = gradientProblem('0.gradients', network, 'sigmoid');

const check = (id: string, title: string, asks: string, more: Pick<Check, 'run'> & Partial<Check>): Check => ({
  id,
  task: '0',
  title,
  asks: `${asks} No marks.`,
  points: 0,
  ...more,
});

export const checks: Check[] = [
  check('0.sigmoid', 'fSigmoid is σ of every number', 'fSigmoid of three matrices.', {
    problems: [sigmoidProblem],
    run: (context) => judgeMatrix(context, sigmoidProblem),
  }),
  check('0.slope', 'fSigmoid with deriv is σ(1 − σ)', 'fSigmoid(X, true) of three matrices.', {
    problems: [sigmoidSlopeProblem],
    run: async (context) => judgeTensor(await evaluate(context, sigmoidSlopeProblem), 'values', 'fSigmoid(X, true)'),
  }),
  check('0.softmax', 'fSoftmax gives the probabilities of every row', 'fSoftmax of three matrices.', {
    problems: [softmaxProblem],
    run: (context) => judgeMatrix(context, softmaxProblem),
  }),
  check('0.overflow', 'fSoftmax stays finite for large numbers', 'fSoftmax of rows with 800 and −800.', {
    run: judgeOverflow,
  }),
  check(
    '0.bits',
    'labelToBitVector has a single 1, at the place of the label',
    'Labels 0 to 9 with 10 bits and 0 to 6 with 7.',
    {
      run: judgeBits,
    },
  ),
  check(
    '0.batches',
    'createBatches keeps the order and leaves an incomplete batch out',
    '23 images in batches of 5 and of 8.',
    {
      run: judgeBatches,
    },
  ),
  check('0.weights', 'A network 784-100-100-10 has 89,610 weights', 'layers[i].W of a new network.', {
    run: judgeWeights,
  }),
  check('0.forward', 'forwardPropagate gives the probabilities', 'Networks 7-5-6-4 and 5-8-6-3 with weights of ours.', {
    problems: [ownForward],
    run: async (context) => judgeTensor(await evaluate(context, ownForward), 'P', 'The output'),
  }),
  check(
    '0.gradients',
    'A step moves the weights by eta times the gradient of the summed cross-entropy',
    'What updateWeights takes from the weights of the same networks, after two backward passes.',
    { problems: [ownGradients], run: judgeGradients },
  ),
  check(
    '0.evaluate',
    'evaluate trains batch by batch and counts what is right',
    'Two epochs on 40 images, repeated by the grader.',
    {
      run: (context) => judgeEvaluateLog(context, '0.evaluate', network),
    },
  ),
];

async function judgeGradients(context: CheckContext): Promise<Judgement> {
  const names = ['W3', 'b3', 'W2', 'b2', 'W1', 'b1'].map((name) => [name, `∂L/∂${name}`]);
  return firstWrong(await evaluate(context, ownGradients), Object.fromEntries(names));
}

async function judgeOverflow(context: CheckContext): Promise<Judgement> {
  const X = arrayOf([
    [800, 0, -800],
    [-800, -801, -802],
  ]);
  const { value } = await (await context.guest()).call({ module, name: 'fSoftmax' }, [X]);
  const rows = arrayFrom(value);
  const sums = rows && sameShape(rows.shape, X.shape) ? rowsOf(rows).map((row) => row.reduce((a, b) => a + b)) : [NaN];
  // In single precision a sum of probabilities is off by 1e-7.
  if (sums.every((sum) => Math.abs(sum - 1) < 1e-6)) return pass();
  const hint = 'e^800 is Infinity. Subtract the largest number of the row first: the probabilities stay the same.';
  return fail({
    says: 'fSoftmax gives no probabilities for large numbers.',
    yours: `row sums ${sums.join(', ')}`,
    expected: '1',
    hint,
  });
}

async function judgeBits(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  for (const [labels, bits] of [
    [[9, 0, 3, 7, 1, 8, 2, 6, 4, 5], 10],
    [[6, 0, 3], 7],
  ] as const) {
    const { value } = await guest.call({ module, name: 'labelToBitVector' }, [
      makeArray([labels.length], labels),
      bits,
    ]);
    const rows = arrayFrom(value);
    const asked = `labels ${labels.join(', ')} with ${bits} bits`;
    const expected = labels.flatMap((label) => Array.from({ length: bits }, (_, k) => Number(k === label)));
    if (!rows || !sameShape(rows.shape, [labels.length, bits])) {
      return fail({ says: 'One row of bits is asked for every label.', asked, yours: inWords(value) });
    }
    const wrong = expected.findIndex((bit, k) => rows.data[k] !== bit);
    if (wrong >= 0) {
      const row = Math.floor(wrong / bits);
      const yours = [...rows.data.slice(row * bits, (row + 1) * bits)].join(' ');
      return fail({
        says: `The bits of label ${labels[row]} are wrong.`,
        asked,
        yours,
        expected: expected.slice(row * bits, (row + 1) * bits).join(' '),
      });
    }
  }
  return pass();
}

async function judgeBatches(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const count = 23;
  const images = Array.from({ length: count }, (_, n) => [n, -n, n / 2]);
  const labels = images.map((_, n) => (7 * n + 3) % 10);
  for (const size of [5, 8]) {
    const args = [arrayOf(images), makeArray([count], labels), size];
    const { value } = await guest.call({ module, name: 'createBatches' }, args);
    const flat = (field: string) =>
      (itemsOf(fieldOf(value, field)) ?? [fieldOf(value, field)]).flatMap((part) => [...(arrayFrom(part)?.data ?? [])]);
    const kept = Math.floor(count / size) * size;
    const bits = labels.slice(0, kept).flatMap((label) => Array.from({ length: 10 }, (_, k) => Number(k === label)));
    const asked = `${count} images in batches of ${size}`;
    if (flat('data').join() !== images.slice(0, kept).flat().join()) {
      return fail({
        says: 'data should hold the images in their order, without an incomplete batch.',
        asked,
        yours: inWords(fieldOf(value, 'data')),
      });
    }
    if (flat('labels').join() !== bits.join()) {
      return fail({
        says: 'labels should hold the bit vectors of the same images.',
        asked,
        yours: inWords(fieldOf(value, 'labels')),
      });
    }
  }
  return pass();
}

async function judgeWeights(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const sizes = [784, 100, 100, 10];
  const own = await makeNetwork(guest, network, sizes, 100);
  const shapes: string[] = [];
  let count = 0;
  for (let l = 0; l < 3; l++) {
    const W = arrayFrom(await guest.get(own, `layers.${l}.W`));
    shapes.push(W?.shape.join('×') ?? 'nothing');
    if (W && sameShape(W.shape, [sizes[l]! + 1, sizes[l + 1]!])) count += W.data.length;
  }
  if (count === 89_610) return pass();
  return fail({
    says: 'layers[i].W should be (inputs + 1)×outputs.',
    yours: shapes.join(', '),
    expected: '785×100, 101×100, 101×10',
  });
}
