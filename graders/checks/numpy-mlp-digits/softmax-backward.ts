/** What Softmax.backward computes, and what is computed in its place. */
import { softmaxRows, softmaxVjp } from '../../../reference/oracles/activations.ts';
import { softmaxBackward as backward } from '../../../reference/oracles/layers.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { sum } from '../../../reference/oracles/linear-algebra.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { arrayFrom, fieldOf, record } from '../../values.ts';
import type { ActivationProbe } from './sigmoid-backward.ts';
import { activationObject, drawActivation, otherActivation } from './sigmoid-backward.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import { saysCombined, flag } from './objects.ts';
import { matAnswer, readOne } from '../../kinds/named-arrays.ts';
import { shapeOf } from '../../kinds/drawn-rows.ts';

/** A wrong rule for one row: activations p, error signal g. */
export interface RowMistake {
  id: string;
  title: string;
  advice: string;
  row(p: Vec, g: Vec): Vec;
}

/** Also used for whole layers, where a wrong softmax shows in every gradient. */
export const softmaxRowMistakes: readonly RowMistake[] = [
  {
    id: 'diagonal',
    title: 'only the diagonal of the Jacobian',
    advice:
      'Every probability depends on every input of its row: p_j (g_j − Σ_k g_k p_k), not p_j (1 − p_j) g_j alone.',
    row: (p, g) => p.map((pj, j) => pj * (1 - pj) * g[j]!),
  },
  {
    id: 'jacobian-sign',
    title: 'the entries beside the diagonal have the wrong sign',
    advice: 'For j ≠ k the derivative of p_j is −p_j p_k: raising one input lowers the other outputs.',
    row: (p, g) => p.map((pj, j) => pj * (1 - pj) * g[j]! + sum(p.map((pk, k) => (k === j ? 0 : pj * pk * g[k]!)))),
  },
  {
    id: 'diagonal-everywhere',
    title: 'the formula of the diagonal is used for every entry of the Jacobian',
    advice: 'For j = k the derivative is p_j (1 − p_j), for j ≠ k it is −p_j p_k: it is not p_j (1 − p_k) for both.',
    row: (p, g) => p.map((pk) => (1 - pk) * sum(p.map((pj, j) => pj * g[j]!))),
  },
  {
    id: 'no-mean',
    title: 'the sum over the classes is missing',
    advice: 'Subtract Σ_k g_k p_k from every error signal before you multiply by p_j.',
    row: (p, g) => p.map((pj, j) => pj * g[j]!),
  },
  {
    id: 'off-diagonal-only',
    title: 'the diagonal of the Jacobian is missing',
    advice: 'For j = k the derivative is p_j (1 − p_j): do not leave it out.',
    row: (p, g) => p.map((pj, j) => -sum(p.map((pk, k) => (k === j ? 0 : pj * pk * g[k]!)))),
  },
  {
    id: 'passed-on',
    title: 'the error signal is passed on as it is',
    advice:
      'Apply the derivative of the softmax; or, if your CCE returns prediction − target, say so with `combined = true`.',
    row: (_, g) => [...g],
  },
  {
    id: 'jacobian-rows-summed',
    title: 'the Jacobian is summed before the error signal is used',
    advice: 'Multiply the Jacobian by the error signal as a vector, Σ_k ∂p_k/∂z_j g_k: its own rows sum to 0.',
    row: (p) => p.map(() => 0),
  },
  {
    id: 'negative',
    title: 'the sign is turned round',
    advice: 'The derivative is p_j (g_j − Σ_k g_k p_k): check the sign.',
    row: (p, g) => softmaxVjp(p, g).map((v) => -v),
  },
  {
    id: 'twice',
    title: 'the Jacobian is applied twice',
    advice: 'Apply the derivative of the softmax once.',
    row: (p, g) => softmaxVjp(p, softmaxVjp(p, g)),
  },
  {
    id: 'plain-mean',
    title: 'the plain mean of the error signals is subtracted',
    advice: 'Weight the error signals with the probabilities: Σ_k g_k p_k, not their mean.',
    row: (p, g) => p.map((pj, j) => pj * (g[j]! - sum(g) / g.length)),
  },
];

/** The gradient, and whether the program says that its loss has gone through the softmax already. */
const answer = (dz: Mat, combined = false): Answer => ({ ...matAnswer('dz', dz), combined: flag(combined) });

const byRow = ({ row, ...mistake }: RowMistake): Variant<ActivationProbe> => ({
  ...mistake,
  compute: ({ a, error }) => answer(a.map((p, i) => row(p, error[i]!))),
});

const problem: Omit<Problem<ActivationProbe>, 'ask'> = {
  id: '3.2s.backward',
  title: 'The gradient before the softmax from the one behind it',
  precision: 'single',
  probes: (random) => [
    drawActivation(random.fork('a'), 4, 5, 1, softmaxRows),
    drawActivation(random.fork('b'), 3, 7, 1.5, softmaxRows),
  ],
  describe: ({ z }) => `${z.length} examples, ${z[0]!.length} classes, a random error signal`,
  read: ({ value }, { z }) => {
    const read = readOne('dz', fieldOf(value, 'dz'), shapeOf(z), 'Softmax.backward');
    if ('misread' in read) return read;
    return { ...read, answer: { ...read.answer, combined: arrayFrom(fieldOf(value, 'combined'))! } };
  },
  write: ({ dz, combined }) => record({ dz, combined }),
  oracle: ({ a, error }) => answer(backward(a, error)),
  accepts: [
    {
      id: 'combined',
      title: 'The loss is combined with the softmax; Softmax.backward hands the error signal on.',
      compute: ({ error }) => answer(error, true),
    },
  ],
  mistakes: [
    ...softmaxRowMistakes.map(byRow),
    {
      id: 'declared-only',
      title: 'combined is set, but the derivative of the softmax is applied as well',
      advice: 'prediction − target holds the derivative of the softmax already: apply it there or here, not twice.',
      compute: ({ a, error }) => answer(backward(a, error), true),
    },
  ],
};

export const softmaxBackward = askedAgain(
  problem,
  async (guest) => {
    const backward = await activationObject('Softmax')(guest);
    const combined = flag(await saysCombined(guest));
    return async (probe) => ({ value: record({ dz: await backward(probe), combined }) });
  },
  otherActivation,
);
