/** Gradient descent on f(x, y) = x² + y² + x(y + 2) + cos 3x, a bowl with ripples: three minima, one of them global. */

export const f = (x: number, y: number): number => x * x + y * y + x * (y + 2) + Math.cos(3 * x);

/** ∂f/∂x = 2x + y + 2 − 3 sin 3x,  ∂f/∂y = 2y + x. */
export const gradient = (x: number, y: number): [number, number] => [2 * x + y + 2 - 3 * Math.sin(3 * x), 2 * y + x];

/** Where the gradient vanishes: the two lower minima and the highest one, found by Newton's method. */
export const minima = [
  { x: -1.0881624098, y: 0.5440812049, value: -2.2807097081 },
  { x: -2.8537219426, y: 1.4268609713, value: -0.2493429806 },
  { x: 0.6059463372, y: -0.3029731686, value: 1.2427333949 },
] as const;

interface Descent {
  x: number;
  y: number;
  value: number;
  /** Start first, so steps + 1 entries. */
  xHist: number[];
  yHist: number[];
}

interface Decay {
  /** d in η_t = η₀ d^t; 1 keeps the step constant. */
  decay?: number;
  /** t of the first step: 0 takes it with η₀, 1 with η₀ d. */
  firstExponent?: 0 | 1;
}

/** (x, y) ← (x, y) − η_t ∇f(x, y), both coordinates from the same point, η_t = η₀ d^t. */
export function descend(start: readonly [number, number], eta0: number, steps: number, options: Decay = {}): Descent {
  const { decay = 1, firstExponent = 0 } = options;
  let [x, y] = start;
  const xHist = [x];
  const yHist = [y];
  for (let t = 0; t < steps; t++) {
    const eta = eta0 * decay ** (t + firstExponent);
    const [gx, gy] = gradient(x, y);
    [x, y] = [x - eta * gx, y - eta * gy];
    xHist.push(x);
    yHist.push(y);
  }
  return { x, y, value: f(x, y), xHist, yHist };
}
