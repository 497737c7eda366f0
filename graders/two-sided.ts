/**
 * A backward pass has two ways to be right: it is the gradient of the loss, or it is the gradient of the student's own
 * loss, whose forward pass is wrong and has already cost its marks. The second is seen by finite differences of the
 * student's own forward pass, along directions of unequal magnitudes.
 */
import type { Judgement } from './check.ts';
import type { NamedArrays } from './numerics/arrays.ts';
import { along, probeDirection } from './numerics/finite-difference.ts';
import type { Random } from './numerics/random.ts';
import { sizeOf } from './numerics/arrays.ts';

export interface OwnLoss {
  /** The student's own loss at these parameters: one remote call. */
  at(parameters: NamedArrays): Promise<number>;
  parameters: NamedArrays;
  /** What the student's backward pass gave there. */
  gradient: NamedArrays;
  /** Differences of float32 losses carry three digits, of float64 losses nine. */
  precision: 'single' | 'double';
  random: Random;
}

/** Step and agreement for differences of a loss of order 1: h² truncation against rounding/h, measured for small networks. */
const differences = {
  single: { step: 0.1, agrees: 2e-2 },
  double: { step: 1e-4, agrees: 1e-5 },
} as const;
const directions = 3;

/**
 * Whether the gradient is the gradient of the student's own loss, tensor by tensor: ⟨g, v⟩ against (L(θ+hv) − L(θ−hv)) / 2h
 * along unit directions v, relative to the tensor's own size ‖g‖/√n.
 */
export async function isGradientOfOwnLoss(own: OwnLoss): Promise<boolean> {
  const { step, agrees } = differences[own.precision];
  for (const [name, array] of Object.entries(own.parameters)) {
    const gradient = own.gradient[name];
    if (gradient === undefined || gradient.data.length !== array.data.length) return false;
    const n = sizeOf(array.shape);
    const size = Math.hypot(...gradient.data) / Math.sqrt(n);
    for (let i = 0; i < directions; i++) {
      const v = probeDirection(n, own.random.fork(`${name} ${i}`));
      const at = (t: number) => own.at({ ...own.parameters, [name]: { ...array, data: along(array.data, v, t) } });
      const numeric = ((await at(step)) - (await at(-step))) / (2 * step);
      const analytic = gradient.data.reduce((sum, value, j) => sum + value * v[j]!, 0);
      // A gradient of exactly zero agrees only with a loss that does not move.
      if (!(Math.abs(numeric - analytic) <= agrees * Math.max(size, Math.abs(numeric)) + 1e-12)) return false;
    }
  }
  return true;
}

/**
 * The judgement of a backward check on both sides: as it is when the oracle agrees; full marks with an explanation when the
 * backward pass is right for the student's own wrong forward pass; otherwise what the oracle says.
 */
export async function judgeBothSides(byOracle: Judgement, own: () => Promise<OwnLoss | undefined>): Promise<Judgement> {
  if (byOracle.earned === 1) return byOracle;
  const loss = await own();
  if (loss === undefined || !(await isGradientOfOwnLoss(loss))) return byOracle;
  return {
    earned: 1,
    followThrough:
      'Your backward pass is the right gradient of your own forward pass (checked by finite differences). The forward pass is wrong and loses its marks where it is judged, once.',
  };
}
