/** A second road to the gradients of a network, to check `backward`: no matrix, and the softmax through its full Jacobian. */
import { activations } from './activations.ts';
import type { Mat, Vec } from './linear-algebra.ts';
import { mapMat, matmul } from './linear-algebra.ts';
import type { Reduction } from './losses.ts';
import {
  categoricalCrossEntropy,
  categoricalCrossEntropyGradient,
  meanSquaredError,
  meanSquaredErrorGradient,
} from './losses.ts';
import type { Backward, Mlp } from './mlp.ts';
import { forward } from './mlp.ts';

/** J_jk = ∂p_j/∂z_k = p_j (δ_jk − p_k). */
export const softmaxJacobian = (p: Vec): Mat => p.map((pj, j) => p.map((pk, k) => pj * ((j === k ? 1 : 0) - pk)));

/**
 * The same gradients by another road, to check `backward`: sample by sample, one weight at a time, the softmax through its
 * full Jacobian, ∂L/∂W^l_jk = s Σ_i a^{l−1}_ij ∂ℓ_i/∂z^l_ik.
 */
export function gradientsSampleBySample(
  net: Mlp,
  X: Mat,
  Y: Mat,
  reduction: Reduction = 'mean',
): Pick<Backward, 'loss' | 'dW' | 'db'> {
  const s = reduction === 'mean' ? 1 / X.length : 1;
  const dW = net.W.map((W) => mapMat(W, () => 0));
  const db = net.b.map((b) => b.map(() => 0));
  let total = 0;
  X.forEach((x, i) => {
    const { z, a } = forward(net, [x]);
    const p = a[a.length - 1]![0]!;
    const y = Y[i]!;
    const [loss, gradient] =
      net.output === 'softmax-cce'
        ? [categoricalCrossEntropy, categoricalCrossEntropyGradient]
        : [meanSquaredError, meanSquaredErrorGradient];
    const g = gradient([p], [y])[0]!;
    total += loss([p], [y])[0]!;
    let delta = net.output === 'softmax-cce' ? matmul([g], softmaxJacobian(p))[0]! : g;
    for (let l = net.W.length - 1; l >= 0; l--) {
      const input = a[l]![0]!;
      delta.forEach((d, k) => {
        db[l]![k]! += s * d;
        input.forEach((v, j) => (dW[l]![j]![k]! += s * v * d));
      });
      if (l === 0) break;
      const above = delta;
      const derivative = activations[net.hidden].derivative;
      delta = z[l - 1]![0]!.map((zj, j) => derivative(zj) * above.reduce((t, d, k) => t + d * net.W[l]![j]![k]!, 0));
    }
  });
  return { loss: s * total, dW, db };
}
