/**
 * A batch whose rows a network is sure of: predictions near 0 and 1, and the inputs of the softmax hundreds from zero and, from
 * one row to the next, apart. Plain exponentials are infinite or nothing there; the softmax of the library is right.
 */
import { softmaxRows } from '../../reference/oracles/activations.ts';
import { zipMat } from '../../reference/oracles/linear-algebra.ts';
import type { Visit } from '../key.ts';
import { forwardPass, rightRules } from '../mistakes/mlp/backprop.ts';
import { clippedPredictions } from '../mistakes/mlp/last-layer.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import { drawNet } from './pixel-net.ts';
import type { NetProbe } from './pixel-net.ts';

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

/** The same gradients asked on such a batch. */
export const farFrom = (problem: Problem<NetProbe>, id: string): Problem<NetProbe> => ({
  ...problem,
  id,
  title: 'Gradient of the last layer where the inputs of the softmax are hundreds apart',
  probes: (random) => [drawFarNet(random)],
  visits,
  // The process that was asked for the other gradients has done nothing else, and goes on with these.
  alone: false,
  drawsAnew: true,
  // What is kept between calls shows in the others.
  once: true,
  describe: (net) => `${problem.describe(net)}, with softmax inputs that are hundreds from zero`,
  mistakes: [clippedPredictions],
  faint: {
    clipped: 'Predictions that are cut at a thousandth are wrong by a thousandth, however sure the network is.',
  },
  twins: [],
  clues: {},
});

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
