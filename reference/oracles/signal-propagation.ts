/** How large signals are expected to be, layer by layer, in a wide tanh network with random weights and zero biases. */

export interface LayerSignal {
  /** Standard deviation of the pre-activations. */
  preActivation: number;
  /** Standard deviation of the activations. */
  activation: number;
  /** Share of activations with |h| > 0.99. */
  saturated: number;
}

/**
 * σ_1² = n_0 Var(w_1) Var(x),  σ_{k+1}² = n_k Var(w_{k+1}) E[tanh²(σ_k Z)], Z ~ N(0, 1): exact for infinitely wide layers.
 * `sizes` lists input and layers, `weightVariance` gives Var(w) of a layer from its fan-in and fan-out.
 */
export function tanhSignals(
  sizes: readonly number[],
  inputVariance: number,
  weightVariance: (fanIn: number, fanOut: number) => number,
): LayerSignal[] {
  let signal = inputVariance;
  return sizes.slice(1).map((fanOut, k) => {
    const fanIn = sizes[k]!;
    const sd = Math.sqrt(fanIn * weightVariance(fanIn, fanOut) * signal);
    signal = normalMean((z) => Math.tanh(sd * z) ** 2);
    return { preActivation: sd, activation: Math.sqrt(signal), saturated: saturatedShare(sd) };
  });
}

/** P(|tanh(σZ)| > 0.99) = P(|Z| > artanh(0.99)/σ) = 1 − 2 ∫₀^c φ, c = 2.6467/σ. */
export function saturatedShare(sd: number): number {
  const c = Math.min(Math.atanh(0.99) / sd, 10);
  const STEPS = 2000;
  let area = 0;
  for (let i = 0; i <= STEPS; i++)
    area += (i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2) * density((c * i) / STEPS);
  return 1 - (2 * area * c) / (3 * STEPS);
}

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** E[g(Z)] = ∫ g φ by the trapezoidal rule on [−10, 10], whose error is negligible for smooth g. */
function normalMean(g: (z: number) => number): number {
  const H = 5e-4;
  let total = 0;
  for (let z = -10; z <= 10; z += H) total += g(z) * density(z);
  return total * H;
}
