/** Question 3c: on which networks, and what is right there. */
import { softmaxRows } from '../../../reference/oracles/activations.ts';
import { mapMat, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Visit } from '../../key.ts';
import { wrongly } from '../../key.ts';
import { drawNet } from '../../kinds/pixel-net.ts';
import type { NetDesign, NetProbe } from '../../kinds/pixel-net.ts';
import { forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import { lastLayerKey, lastLayerProgram } from '../../mistakes/mlp/last-layer.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { gradsQuestion } from './q3c-question.ts';

/**
 * Different widths, so that a diagnosis can be certain; B = 1, where sum and mean agree; and the shapes of the first one last, which
 * is then asked again: who keeps something for each shape answers with another network's.
 */
const designs: readonly NetDesign[] = [
  { hidden: [7, 5], batch: 6, scale: 1, layout: 'separate', labels: 'hard' },
  { hidden: [11, 13], batch: 5, scale: 2, layout: 'fused', labels: 'soft' },
  { hidden: [64, 64], batch: 16, scale: 4, layout: 'separate', labels: 'hard' },
  { hidden: [6, 9], batch: 1, scale: 1, layout: 'fused', labels: 'soft' },
  { hidden: [7, 5], batch: 6, scale: 2, layout: 'separate', labels: 'hard' },
];

/** The sheet says "gradients of the loss"; whether that is the mean or the sum over the batch it leaves open. */
export const summedNote = 'The gradients are summed over the batch. Most texts take the mean; here both are accepted.';

export const gradsProblem: Problem<NetProbe> = {
  ...gradsQuestion,
  ...lastLayerKey,
  probes: (random) => designs.map((design, i) => drawNet(random.fork(`design ${i}`), design)),
  accepts: [
    {
      id: 'sum',
      title: summedNote,
      compute: (net) => lastLayerProgram.run({ ...net, reduction: 'sum' }, lastLayerProgram.right),
    },
  ],
};

/** Between the largest entries of two rows, and of one row from its second one, so that rounding of large sums decides nothing. */
const far = { rows: 1000, entries: 8 };
/** Of all entries of a row: e^−80 is still a number in single precision, so that who divides by a prediction may. */
const span = 80;

const visits: readonly Visit<NetProbe>[] = [
  {
    says: 'rows whose largest softmax inputs are 1,000 apart',
    holds: (probes) => probes.some((net) => areRowsFarApart(logitsOf(net))),
  },
  { says: 'a row that is surely right and one that is surely wrong', holds: (probes) => probes.some(isRightAndWrong) },
];

const least = 1e-3;
const clipped = wrongly<NetProbe>(
  'clipped',
  `predictions clipped at ${least}`,
  'Do not clip the predictions: the gradient has no logarithm, and a prediction may be as near to 0 or 1 as it is.',
  (net) =>
    lastLayerProgram.run(net, {
      ...lastLayerProgram.right,
      output: (z) => mapMat(softmaxRows(z), (p) => Math.min(1 - least, Math.max(least, p))),
    }),
);

/**
 * A batch whose rows the network is sure of: predictions near 0 and 1, and the inputs of the softmax hundreds from zero and, from
 * one row to the next, apart. Plain exponentials are infinite or nothing there; the softmax of the library is right.
 */
export const farProblem: Problem<NetProbe> = {
  ...gradsProblem,
  id: 'q3c.far',
  title: 'Gradient of the last layer where the inputs of the softmax are hundreds apart',
  probes: (random) => [drawFarNet(random)],
  visits,
  describe: (net) => `${gradsProblem.describe(net)}, with softmax inputs that are hundreds from zero`,
  mistakes: [clipped],
  faint: {
    clipped: 'Predictions that are cut at a thousandth are wrong by a thousandth, however sure the network is.',
  },
  twins: [],
  clues: {},
};

/** The last layer is drawn until every row has one class that is far ahead; a shift that all classes share sets rows apart. */
function drawFarNet(random: Random): NetProbe {
  const net = drawNet(random, { hidden: [8, 12], batch: 4, scale: 2, layout: 'separate', labels: 'hard' });
  // A dark image and brighter ones.
  const X = net.X.map((row, i) => row.map((pixel) => Math.fround((pixel * i) / 3)));
  const [h, last] = [forwardPass({ ...net, X }, rightRules).a.at(-2)!, net.W.length - 1];
  const apart = h[0]!.map((value, i) => value - h.at(-1)![i]!);
  const shift = apart.map((value) => (-1.2 * far.rows * value) / apart.reduce((sum, d) => sum + d * d, 0));
  const middle = h[0]!.reduce((sum, value, i) => sum + value * shift[i]!, 0.6 * far.rows);
  const b = net.b.with(
    last,
    net.b[last]!.map((value) => Math.fround(value - middle)),
  );
  for (let i = 0; i < 2000; i++) {
    const W = shift.map((shared) => net.b[last]!.map(() => Math.fround(shared + random.normal(0, 12))));
    const drawn = { ...net, X, b, W: net.W.with(last, W) };
    const z = logitsOf(drawn, h);
    if (!z.every(isSure) || !areRowsFarApart(z)) continue;
    // Rows 0 and 2 are guessed right, the others wrong.
    const wanted = z.map((row, i) => (row.indexOf(Math.max(...row)) + (i % 2)) % row.length);
    return { ...drawn, Y: z.map((row, i) => row.map((_, k) => (k === wanted[i] ? 1 : 0))) };
  }
  throw new Error('No last layer was found that is sure of every row.');
}

const logitsOf = (net: NetProbe, h = forwardPass(net, rightRules).a.at(-2)!) =>
  rightRules.affine(h, net, net.W.length - 1);

function isSure(row: readonly number[]): boolean {
  const sorted = [...row].sort((a, b) => b - a);
  return sorted[0]! - sorted[1]! > far.entries && sorted[0]! - sorted.at(-1)! < span;
}

function areRowsFarApart(z: readonly (readonly number[])[]): boolean {
  const largest = z.map((row) => Math.max(...row));
  return Math.max(...largest) - Math.min(...largest) >= far.rows;
}

function isRightAndWrong(net: NetProbe): boolean {
  const product = zipMat(softmaxRows(logitsOf(net)), net.Y, (p, y) => p * y);
  const shares = product.map((row) => row.reduce((sum, value) => sum + value, 0));
  return shares.some((share) => share > 0.999) && shares.some((share) => share < 0.001);
}
