/** The surface of section 1.1: f(x, y) = x² + y² + x(y + 2) + cos 3x. */
import type { Surface } from '../../mistakes/training/descent.ts';

export const surface: Surface = {
  f: (x, y) => x ** 2 + y ** 2 + x * (y + 2) + Math.cos(3 * x),
  gradX: (x, y) => 2 * x + y + 2 - 3 * Math.sin(3 * x),
  gradY: (x, y) => x + 2 * y,
  // To the last digit: a search from here stays where it is.
  minimum: [-1.0881624098395095, 0.5440812049197548],
};
