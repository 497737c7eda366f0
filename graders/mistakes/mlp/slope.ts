/** The derivative of the hidden activation: left out, at the wrong place, or wrongly joined. */
import { activations } from '../../../reference/oracles/activations.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpMistake } from './kind.ts';
import { hasHidden, isDeep } from './kind.ts';
import { meanRows } from './matrix.ts';
import { slopeFormulas } from './slope-formulas.ts';
import { joinBy, ofSlope, ones, slopeBy } from './slope-rules.ts';

const isCurved = hasHidden('sigmoid', 'tanh', 'swish');

/** For every hidden activation. */
const common: readonly MlpMistake[] = [
  {
    id: 'slope-missing',
    title: 'derivative of the hidden activation left out',
    advice: 'Multiply by the derivative of the hidden activation when the error passes through it.',
    where: hasHidden('sigmoid', 'tanh', 'relu', 'swish'),
    apply: slopeBy(({ a }) => ones(a)),
  },
  {
    id: 'slope-missing-first',
    title: 'derivative left out at the first hidden layer',
    advice:
      'Multiply by the derivative of the activation at the first hidden layer too: the loop stops one layer early.',
    where: (kind) => hasHidden('sigmoid', 'tanh', 'relu', 'swish')(kind) && kind.layers > 2,
    apply: slopeBy(({ index, a }, slope) => (index === 0 ? ones(a) : slope)),
  },
  {
    id: 'slope-missing-last',
    title: 'derivative left out at the last hidden layer',
    advice: 'Multiply by the derivative of the activation at the last hidden layer too, right below the output.',
    where: (kind) => hasHidden('sigmoid', 'tanh', 'relu', 'swish')(kind) && kind.layers > 2,
    apply: slopeBy(({ index, a }, slope, net) => (index === net.W.length - 2 ? ones(a) : slope)),
  },
  {
    id: 'slope-of-activation',
    title: 'derivative evaluated at the activation instead of the pre-activation',
    advice:
      'Evaluate the derivative at the pre-activation z: you pass it the activation, so the function is applied twice.',
    where: isCurved,
    apply: slopeBy(({ a }, _, net) => mapMat(a, activations[net.hidden].derivative)),
  },
  {
    id: 'slope-negative',
    title: 'derivative of the hidden activation with the wrong sign',
    advice: 'Check the sign of the derivative of the hidden activation: it is never negative here.',
    where: hasHidden('sigmoid', 'tanh', 'relu'),
    apply: ofSlope((s) => -s),
  },
  {
    id: 'slope-squared',
    title: 'derivative of the hidden activation applied twice',
    advice: 'Multiply by the derivative of the hidden activation once in every layer.',
    where: isCurved,
    apply: ofSlope((s) => s * s),
  },
  {
    id: 'slope-added',
    title: 'derivative added instead of multiplied',
    advice:
      'Multiply what comes back by the derivative of the activation, entry by entry; the chain rule is a product.',
    where: isDeep,
    apply: joinBy((up, slope) => up + slope),
  },
  {
    id: 'slope-divided',
    title: 'divided by the derivative of the hidden activation',
    advice: 'Multiply by the derivative of the hidden activation; you divide by it.',
    where: isCurved,
    apply: joinBy((up, slope) => up / slope),
  },
  {
    id: 'slope-batch-mean',
    title: 'derivative averaged over the batch',
    advice: 'Keep one derivative per sample: average over the batch only at the very end.',
    where: hasHidden('sigmoid', 'tanh', 'relu', 'swish'),
    apply: slopeBy((_, slope) => meanRows(slope)),
  },
  {
    id: 'slope-only',
    title: 'derivative of the activation without the error from above',
    advice: 'Multiply the derivative of the activation by the error that comes back from the layer above.',
    where: isDeep,
    apply: joinBy((_, slope) => slope),
  },
  {
    id: 'slope-is-activation',
    title: 'activation instead of its derivative',
    advice: 'Multiply by the derivative of the hidden activation, not by the activation itself.',
    where: hasHidden('sigmoid', 'tanh', 'relu', 'swish'),
    apply: slopeBy(({ a }) => a),
  },
];

export const slopeMistakes: readonly MlpMistake[] = [...common, ...slopeFormulas];
