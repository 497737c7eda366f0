/** Activation objects judged: what their way back is drawn of, and the gradient of the student's own way forwards. */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { arrayOf, rowsOf } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import { judgeBothSides } from '../two-sided.ts';
import type { ActivationProbe, RowsProbe } from './activation-object-question.ts';
import { backwardOf } from './activation-object-question.ts';
import { saysCombined } from './combined-loss-question.ts';
import { errorRows, randomRows } from './drawn-rows.ts';
import type { ActivationName } from './layer-objects.ts';

/** Pre-activations of this spread, their activations by f, and an error signal of this size that is nowhere near 0. */
export function drawActivation(
  random: Random,
  [rows, cols]: readonly [number, number],
  { spread, error }: { spread: number; error?: number },
  f: (z: Mat) => Mat,
): ActivationProbe {
  const z = randomRows(random.fork('z'), rows, cols, spread);
  return { z, a: f(z), error: errorRows(random.fork('error'), rows, cols, error) };
}

/** Such a probe with an error signal that is 0 everywhere but on the diagonal, as a loss of the true class alone sends it back. */
export const withZeros = (probe: ActivationProbe): ActivationProbe => ({
  ...probe,
  error: probe.error.map((row, i) => row.map((v, j) => (i === j ? v : 0))),
});

/** The judgement of `backward`, of the right activation or of the student's own, which has lost its marks in `paidIn`. */
export const judgeOfOwnCall = (
  context: CheckContext,
  byOracle: Judgement,
  own: {
    name: ActivationName;
    backward: Problem<ActivationProbe>;
    call: Problem<RowsProbe>;
    /** The tensor of `call`. */
    output: string;
    paidIn: string;
  },
): Promise<Judgement> =>
  judgeBothSides(context, byOracle, {
    backward: own.backward,
    forward: own.call,
    output: own.output,
    form: 'curved',
    inputs: ({ z }) => ({ dz: arrayOf(z) }),
    at: (_, { dz }) => ({ z: rowsOf(dz!) }),
    upstream: ({ error }) => arrayOf(error),
    // A softmax that only hands on what a combined loss has done is no derivative.
    ask: async (guest, { z, error }, a) =>
      own.name === 'Softmax' && (await saysCombined(guest))
        ? { value: null }
        : (await backwardOf(guest, own.name))([arrayOf(z), a, arrayOf(error)]),
    paidIn: own.paidIn,
  });
