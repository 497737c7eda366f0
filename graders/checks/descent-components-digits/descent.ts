/** Gradient descent on f(x, y) = x² + y² + x(y + 2) + cos 3x, with every debatable step exchangeable. */
import type { Answer } from '../../question.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';

export type Point = readonly [x: number, y: number];

export interface DescentProbe {
  start: Point;
  stepSize: number;
  steps: number;
  decay: number;
}

export interface DescentRules {
  /** The next point. `origin` is where the whole search began. */
  move(at: Point, eta: number, origin: Point): Point;
  /** The size of step t = 0, 1, …; `before` is the size of the step before. */
  size(probe: DescentProbe, t: number, before: number): number;
  count(steps: number): number;
}

export const f = (x: number, y: number): number => x ** 2 + y ** 2 + x * (y + 2) + Math.cos(3 * x);
const gradX = (x: number, y: number): number => 2 * x + y + 2 - 3 * Math.sin(3 * x);
const gradY = (x: number, y: number): number => x + 2 * y;

/** Every point of the search, the start first. */
export function walk(probe: DescentProbe, rules: DescentRules): Point[] {
  const points = [probe.start];
  let eta = probe.stepSize;
  for (let t = 0; t < rules.count(probe.steps); t++) {
    eta = rules.size(probe, t, eta);
    points.push(rules.move(points.at(-1)!, eta, probe.start));
  }
  return points;
}

export const descent: Program<DescentProbe, DescentRules> = {
  right: {
    move: ([x, y], eta) => [x - eta * gradX(x, y), y - eta * gradY(x, y)],
    size: ({ stepSize, decay }, t) => stepSize * decay ** t,
    count: (steps) => steps,
  },
  run: (probe, rules) => endOf(walk(probe, rules)),
};

const endOf = (points: readonly Point[]): Answer => {
  const [x, y] = points.at(-1)!;
  return { x: arrayOf(x), y: arrayOf(y) };
};

/** Counting from t = 1: the first step is decayed already. */
export const fromOne: DescentRules['size'] = ({ stepSize, decay }, t) => stepSize * decay ** (t + 1);

const moving =
  (move: DescentRules['move']) =>
  (right: DescentRules): DescentRules => ({ ...right, move });

export const moveMistakes: readonly Mistake<DescentRules>[] = [
  {
    id: 'ascent',
    title: 'steps up the gradient',
    advice: 'Subtract the gradient: it points uphill, and you want to go down.',
    apply: moving(([x, y], eta) => [x + eta * gradX(x, y), y + eta * gradY(x, y)]),
  },
  {
    id: 'new-x-for-y',
    title: 'y is updated with the new x',
    advice: 'Compute both partial derivatives at the old point before you change x: the update of y uses the new x.',
    apply: moving(([x, y], eta) => {
      const next = x - eta * gradX(x, y);
      return [next, y - eta * gradY(next, y)];
    }),
  },
  {
    id: 'new-y-for-x',
    title: 'x is updated with the new y',
    advice: 'Compute both partial derivatives at the old point before you change y: the update of x uses the new y.',
    apply: moving(([x, y], eta) => {
      const next = y - eta * gradY(x, y);
      return [x - eta * gradX(x, next), next];
    }),
  },
  {
    id: 'no-step-size',
    title: 'the step size is missing',
    advice: 'Multiply the gradient by the step size.',
    apply: moving(([x, y]) => [x - gradX(x, y), y - gradY(x, y)]),
  },
  {
    id: 'axes-exchanged',
    title: 'the partial derivatives are exchanged',
    advice: 'Update x with the derivative with respect to x, and y with the derivative with respect to y.',
    apply: moving(([x, y], eta) => [x - eta * gradY(x, y), y - eta * gradX(x, y)]),
  },
  {
    id: 'same-gradient-twice',
    title: 'both coordinates are updated with ∂f/∂x',
    advice: 'Update y with the derivative with respect to y.',
    apply: moving(([x, y], eta) => [x - eta * gradX(x, y), y - eta * gradX(x, y)]),
  },
  {
    id: 'x-only',
    title: 'y never moves',
    advice: 'Update y as well, with the derivative with respect to y.',
    apply: moving(([x, y], eta) => [x - eta * gradX(x, y), y]),
  },
  {
    id: 'y-only',
    title: 'x never moves',
    advice: 'Update x as well, with the derivative with respect to x.',
    apply: moving(([x, y], eta) => [x, y - eta * gradY(x, y)]),
  },
  {
    id: 'gradient-of-the-start',
    title: 'the gradient is taken at the start in every step',
    advice: 'Compute the gradient inside the loop, at the point where the search is now.',
    apply: moving(([x, y], eta, [x0, y0]) => [x - eta * gradX(x0, y0), y - eta * gradY(x0, y0)]),
  },
  {
    id: 'gradient-only',
    title: 'the point becomes the step instead of moving by it',
    advice: 'Subtract the step from the old point: x = x − stepSize · ∂f/∂x.',
    apply: moving(([x, y], eta) => [-eta * gradX(x, y), -eta * gradY(x, y)]),
  },
  {
    id: 'one-step-too-few',
    title: 'one step too few',
    advice: 'Take exactly `steps` steps: your loop takes one less.',
    apply: (right) => ({ ...right, count: (steps) => steps - 1 }),
  },
  {
    id: 'one-step-too-many',
    title: 'one step too many',
    advice: 'Take exactly `steps` steps: your loop takes one more.',
    apply: (right) => ({ ...right, count: (steps) => steps + 1 }),
  },
];
