/** Gradient descent on a surface f(x, y), with every debatable step exchangeable. */
import type { Answer } from '../../question.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Program } from '../program.ts';

export type Point = readonly [x: number, y: number];

/** A surface with its partial derivatives, and the place of its global minimum. */
export interface Surface {
  f(x: number, y: number): number;
  gradX(x: number, y: number): number;
  gradY(x: number, y: number): number;
  minimum: Point;
}

/** One search: where it begins, and the step sizes stepSize · decayᵗ for t = 0, 1, … */
export interface Search {
  start: Point;
  stepSize: number;
  steps: number;
  decay: number;
}

export interface DescentRules {
  /** The next point. `origin` is where the whole search began. */
  move(at: Point, eta: number, origin: Point, surface: Surface): Point;
  /** The size of step t = 0, 1, …; `before` is the size of the step before. */
  size(search: Search, t: number, before: number): number;
  count(steps: number): number;
}

export const rightDescent: DescentRules = {
  move: ([x, y], eta, _, { gradX, gradY }) => [x - eta * gradX(x, y), y - eta * gradY(x, y)],
  size: ({ stepSize, decay }, t) => stepSize * decay ** t,
  count: (steps) => steps,
};

/** Counting from t = 1: the first step is decayed already. */
export const fromOne: DescentRules['size'] = ({ stepSize, decay }, t) => stepSize * decay ** (t + 1);

/** Every point of the search, the start first. */
export function walk(surface: Surface, search: Search, rules: DescentRules = rightDescent): Point[] {
  const points = [search.start];
  let eta = search.stepSize;
  for (let t = 0; t < rules.count(search.steps); t++) {
    eta = rules.size(search, t, eta);
    points.push(rules.move(points.at(-1)!, eta, search.start, surface));
  }
  return points;
}

/** The answer is `{ x, y }`, the last point. */
export const descentOn = (surface: Surface): Program<Search, DescentRules> => ({
  right: rightDescent,
  run: (search, rules) => {
    const [x, y] = walk(surface, search, rules).at(-1)!;
    return { x: arrayOf(x), y: arrayOf(y) } satisfies Answer;
  },
});
