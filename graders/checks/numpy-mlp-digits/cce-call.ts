/** What CCE.call computes, and what is computed in its place. */
import { categoricalCrossEntropy } from '../../../reference/oracles/losses.ts';
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { sum } from '../../../reference/oracles/linear-algebra.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { arrayFrom } from '../../values.ts';
import { guardsOf } from './cce-guards.ts';
import type { LossProbe } from './cce-probes.ts';
import { among, drawLoss, drawNear, otherLoss } from './cce-probes.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { make } from './objects.ts';
import { readOne } from '../../kinds/named-arrays.ts';

const lossOf = (values: Vec): Answer => ({ loss: makeArray([values.length], values) });
const same = (value: number, { p }: LossProbe): Answer => lossOf(p.map(() => value));

const perExample = (id: string, title: string, advice: string, f: (p: Vec, t: Vec) => number): Variant<LossProbe> => ({
  id,
  title,
  advice,
  compute: ({ p, t }) => lossOf(p.map((row, i) => f(row, t[i]!))),
});

const lossAt = ({ p, t }: LossProbe): Answer => lossOf(categoricalCrossEntropy(p, t));

const cce = (p: Vec, t: Vec) => categoricalCrossEntropy([p], [t])[0]!;

const problem: Omit<Problem<LossProbe>, 'ask'> = {
  id: '2.6.call',
  title: 'The categorical cross-entropy of every example',
  precision: 'single',
  // Near 0 and near 1 the allowed 1e-7 changes the loss by an eighth of the tolerance at most; nearer to 0 see cce-tiny.ts.
  probes: (random) => [
    drawLoss(random.fork('a'), 6, 10),
    drawLoss(random.fork('b'), 5, 4),
    drawNear(random.fork('0'), 6, 4, (i) => 6e-4 * (1 + i)),
    drawNear(random.fork('1'), 4, 6, (i) => 0.996 - 1e-4 * i),
  ],
  visits: [
    { says: 'a probability near 0 for the true class', holds: among((p) => p < 1e-3) },
    { says: 'a probability near 1 for the true class', holds: among((p) => p > 0.995) },
  ],
  describe: ({ p }) => `${p.length} predictions for ${p[0]!.length} classes, one-hot targets`,
  read: ({ value }, { p }) => {
    // One number for the whole mini-batch is read as that number for every example.
    const given = arrayFrom(value);
    const all =
      given?.data.length === 1
        ? makeArray(
            [p.length],
            p.map(() => given.data[0]!),
          )
        : value;
    return readOne('loss', all, [p.length], 'CCE.call');
  },
  write: (answer) => answer['loss'],
  oracle: ({ p, t }) => lossOf(categoricalCrossEntropy(p, t)),
  accepts: [
    {
      id: 'mean',
      title:
        'CCE.call returns the mean over the mini-batch. One loss for each example is asked for; here both are accepted.',
      compute: (probe) => same(sum(categoricalCrossEntropy(probe.p, probe.t)) / probe.p.length, probe),
    },
  ],
  clues: { families: guardsOf('the loss is too small', lossAt) },
  mistakes: [
    {
      id: 'sum',
      title: 'one sum over the mini-batch',
      advice: 'Return one loss for each example: sum over the classes only.',
      compute: (probe) => same(sum(categoricalCrossEntropy(probe.p, probe.t)), probe),
    },
    {
      id: 'mean-everything',
      title: 'one mean over examples and classes',
      advice: 'Sum over the classes; a mean without an axis also divides by the number of classes.',
      compute: (probe) => same(sum(categoricalCrossEntropy(probe.p, probe.t)) / probe.p.flat().length, probe),
    },
    perExample(
      'mean-classes',
      'the mean over the classes',
      'Sum over the classes: a mean divides the loss by their number.',
      (p, t) => cce(p, t) / p.length,
    ),
    perExample(
      'sign',
      'the minus is missing',
      'Logarithms of probabilities are negative: put a minus in front.',
      (p, t) => -cce(p, t),
    ),
    perExample(
      'log10',
      'the logarithm to base 10',
      'Use the natural logarithm, Math.log.',
      (p, t) => cce(p, t) / Math.LN10,
    ),
    perExample(
      'log2',
      'the logarithm to base 2',
      'Use the natural logarithm, Math.log.',
      (p, t) => cce(p, t) / Math.LN2,
    ),
    perExample(
      'binary',
      'the binary cross-entropy',
      'The term with 1 − target belongs to the binary loss: leave it out.',
      (p, t) => sum(p.map((v, k) => -t[k]! * Math.log(v) - (1 - t[k]!) * Math.log(1 - v))),
    ),
    perExample(
      'binary-mean',
      'the mean binary cross-entropy',
      'The term with 1 − target belongs to the binary loss: leave it out, and sum over the classes.',
      (p, t) => sum(p.map((v, k) => -t[k]! * Math.log(v) - (1 - t[k]!) * Math.log(1 - v))) / p.length,
    ),
    perExample(
      'all-classes',
      'the target is not used',
      'Multiply every logarithm by its target, so that the true class alone counts.',
      (p) => -sum(p.map(Math.log)),
    ),
    perExample(
      'no-log',
      'no logarithm',
      'Take the logarithm of the prediction.',
      (p, t) => -sum(p.map((v, k) => v * t[k]!)),
    ),
    perExample(
      'one-minus',
      '1 minus the probability of the true class',
      'Take −log of the probability of the true class.',
      (p, t) => 1 - sum(p.map((v, k) => v * t[k]!)),
    ),
    perExample('squared', 'the squared error', 'The sheet asks for −Σ target · log(prediction).', (p, t) =>
      sum(p.map((v, k) => (v - t[k]!) ** 2)),
    ),
    perExample(
      'squared-mean',
      'the mean squared error',
      'The sheet asks for −Σ target · log(prediction).',
      (p, t) => sum(p.map((v, k) => (v - t[k]!) ** 2)) / p.length,
    ),
    perExample(
      'wrong-classes',
      'the classes that are not true',
      'Multiply by the target, not by 1 − target.',
      (p, t) => -sum(p.map((v, k) => (1 - t[k]!) * Math.log(v))),
    ),
    perExample(
      'entropy',
      'the entropy of the prediction',
      'Multiply the logarithm by the target, not by the prediction.',
      (p) => -sum(p.map((v) => v * Math.log(v))),
    ),
  ],
};

export const cceCall = askedAgain(
  problem,
  async (guest) => {
    const cce = await make(guest, 'CCE');
    return async ({ p, t }) => ({ value: await callAny(guest, cce, ['call'], [arrayOf(p), arrayOf(t)]) });
  },
  otherLoss,
);
