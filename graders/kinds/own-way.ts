/**
 * Follow-through: backpropagation by the book along the student's own way forwards. What their hidden units give is seen from
 * outside: behind them stands a last layer that hands it on to the softmax, and the logarithms of probabilities tell it again.
 */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import { mapMat } from '../../reference/oracles/linear-algebra.ts';
import type { MlpCase, MlpRules } from '../mistakes/mlp/backprop.ts';
import { backprop, forwardPass, rightRules } from '../mistakes/mlp/backprop.ts';
import { named, wholeNet } from '../mistakes/mlp/views.ts';
import type { Answer } from '../question.ts';
import type { Layers } from './parameters.ts';

/** The probabilities that the student's network with these weights gives, one row for each sample; undefined where it gives none. */
export type Predict = (net: Layers, X: Mat) => Promise<Mat | undefined>;

/** Whose hidden units are taken: what goes wrong behind them hides what they give, and they may be right. */
export const hiddenUnits = ['own', 'right'] as const;

/** Where a sigmoid has its slope: at its argument, or as a(1 − a) of what the student's own units give. */
export const slopes = ['right', 'a(1 − a)'] as const;

/** The gradients that belong to the student's own probabilities and hidden units, with slopes of the right activation. */
export async function alongOwnWay(
  net: MlpCase,
  predict: Predict,
  hidden: (typeof hiddenUnits)[number],
  slope: (typeof slopes)[number] = 'right',
): Promise<Answer | undefined> {
  const p = await predict(net, net.X);
  const seen: (Mat | undefined)[] = [];
  for (let l = 0; l < net.W.length - 1; l++) {
    seen.push(hidden === 'own' ? await behind(net, l, predict) : forwardPass(net, rightRules).a[l + 1]!);
  }
  if (p === undefined || !seen.every((rows) => rows !== undefined)) return undefined;
  const rules: MlpRules = {
    ...rightRules,
    activate: (_z, _net, index) => seen[index]!,
    output: () => p,
    slope: slope === 'right' ? rightRules.slope : ({ a }) => mapMat(a, (v) => v * (1 - v)),
  };
  return named(backprop(net, rules), wholeNet(net.W.length));
}

/** So little that no probability vanishes. */
const share = 1 / 16;

/** What comes out of a hidden layer: beside 0, that is the logarithm of probabilities whose numbers before the softmax it is. */
async function behind({ W, b, X }: MlpCase, layer: number, predict: Predict): Promise<Mat | undefined> {
  const units = b[layer]!.length;
  const width = Array.from({ length: units + 1 }, (_, k) => k);
  const handOn = width.slice(1).map((unit) => width.map((k) => (k === unit ? share : 0)));
  const cut = { W: [...W.slice(0, layer + 1), handOn], b: [...b.slice(0, layer + 1), width.map(() => 0)] };
  const rows = await predict(cut, X);
  return rows?.map(([none, ...others]) => others.map((p) => Math.log(p / none!) / share));
}
