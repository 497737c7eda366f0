/** What keeps logarithms and quotients finite, where it is larger than what costs nothing. */
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import type { VariantFamily } from '../../key.ts';
import type { Answer } from '../../question.ts';
import type { LossProbe } from './cce-probes.ts';

const values = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1];

/** Predictions that are raised to a number, or to which one is added; `effect` says what comes of it. */
export const guardsOf = (effect: string, at: (probe: LossProbe) => Answer): VariantFamily<LossProbe>[] => [
  {
    id: 'clipped',
    title: 'predictions are kept above a number',
    advice: (value) =>
      `Predictions below ${value} are raised to it, so that ${effect}: a limit of 1e-12 keeps it finite as well.`,
    values,
    compute: ({ p, t }, value) => at({ p: mapMat(p, (v) => Math.max(v, value)), t }),
  },
  {
    id: 'shifted',
    title: 'a number is added to predictions',
    advice: (value) => `${value} is added to every prediction, so that ${effect}: 1e-12 keeps it finite as well.`,
    values,
    compute: ({ p, t }, value) => at({ p: mapMat(p, (v) => v + value), t }),
  },
];
