/** A bowl with ripples to descend on, f(x, y) = x² + y² + x(y + 2) + cos 3x: three minima, one of them global. */
export const ripples = {
  f: (x: number, y: number): number => x ** 2 + y ** 2 + x * (y + 2) + Math.cos(3 * x),
  /** ∂f/∂x = 2x + y + 2 − 3 sin 3x. */
  gradX: (x: number, y: number): number => 2 * x + y + 2 - 3 * Math.sin(3 * x),
  /** ∂f/∂y = x + 2y. */
  gradY: (x: number, y: number): number => x + 2 * y,
  /** The global one, to the last digit: a search from here stays where it is. */
  minimum: [-1.0881624098395095, 0.5440812049197548],
} as const;
