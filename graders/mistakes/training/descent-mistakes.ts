/** Gradient descent got wrong: where a step leads, how many there are, and how their size decays. */
import { mistakeMaker } from '../../key.ts';
import type { Mistake } from '../program.ts';
import { mistake, replacing } from '../program.ts';
import type { DescentRules } from './descent.ts';

const m = mistake<DescentRules>;
const moves = mistakeMaker((move: DescentRules['move']) => replacing<DescentRules>({ move }));
const sizes = mistakeMaker((size: DescentRules['size']) => replacing<DescentRules>({ size }));

export const moveMistakes: readonly Mistake<DescentRules>[] = [
  moves(
    'ascent',
    'steps up the gradient',
    'Subtract the gradient: it points uphill, and you want to go down.',
    ([x, y], eta, _, { gradX, gradY }) => [x + eta * gradX(x, y), y + eta * gradY(x, y)],
  ),
  moves(
    'new-x-for-y',
    'y is updated with the new x',
    'Compute both partial derivatives at the old point before you change x: the update of y uses the new x.',
    ([x, y], eta, _, { gradX, gradY }) => {
      const next = x - eta * gradX(x, y);
      return [next, y - eta * gradY(next, y)];
    },
  ),
  moves(
    'new-y-for-x',
    'x is updated with the new y',
    'Compute both partial derivatives at the old point before you change y: the update of x uses the new y.',
    ([x, y], eta, _, { gradX, gradY }) => {
      const next = y - eta * gradY(x, y);
      return [x - eta * gradX(x, next), next];
    },
  ),
  moves(
    'no-step-size',
    'the step size is missing',
    'Multiply the gradient by the step size.',
    ([x, y], _, __, { gradX, gradY }) => [x - gradX(x, y), y - gradY(x, y)],
  ),
  moves(
    'axes-exchanged',
    'the partial derivatives are exchanged',
    'Update x with the derivative with respect to x, and y with the derivative with respect to y.',
    ([x, y], eta, _, { gradX, gradY }) => [x - eta * gradY(x, y), y - eta * gradX(x, y)],
  ),
  moves(
    'same-gradient-twice',
    'both coordinates are updated with ∂f/∂x',
    'Update y with the derivative with respect to y.',
    ([x, y], eta, _, { gradX }) => [x - eta * gradX(x, y), y - eta * gradX(x, y)],
  ),
  moves(
    'x-only',
    'y never moves',
    'Update y as well, with the derivative with respect to y.',
    ([x, y], eta, _, { gradX }) => [x - eta * gradX(x, y), y],
  ),
  moves(
    'y-only',
    'x never moves',
    'Update x as well, with the derivative with respect to x.',
    ([x, y], eta, _, { gradY }) => [x, y - eta * gradY(x, y)],
  ),
  moves(
    'gradient-of-the-start',
    'the gradient is taken at the start in every step',
    'Compute the gradient inside the loop, at the point where the search is now.',
    ([x, y], eta, [x0, y0], { gradX, gradY }) => [x - eta * gradX(x0, y0), y - eta * gradY(x0, y0)],
  ),
  moves(
    'gradient-only',
    'the point becomes the step instead of moving by it',
    'Subtract the step from the old point: x = x − stepSize · ∂f/∂x.',
    ([x, y], eta, _, { gradX, gradY }) => [-eta * gradX(x, y), -eta * gradY(x, y)],
  ),
  m('one-step-too-few', 'one step too few', 'Take exactly `steps` steps: your loop takes one less.', {
    count: (steps) => steps - 1,
  }),
  m('one-step-too-many', 'one step too many', 'Take exactly `steps` steps: your loop takes one more.', {
    count: (steps) => steps + 1,
  }),
];

export const sizeMistakes: readonly Mistake<DescentRules>[] = [
  sizes(
    'no-decay',
    'the step size does not decay',
    'Multiply the step size of step t by decay to the power t.',
    ({ stepSize }) => stepSize,
  ),
  sizes(
    'decayed-twice-over',
    'the power is applied to a step size that is decayed already',
    'Either multiply the step size by decay after every step, or compute stepSize · decay^t from the start; not both.',
    ({ decay }, t, before) => before * decay ** t,
  ),
  sizes(
    'one-factor',
    'every step is decayed by one factor',
    'The step size has to shrink from step to step: stepSize · decay^t with the number t of the step.',
    ({ stepSize, decay }) => stepSize * decay,
  ),
  sizes(
    'times-t',
    'decay times t instead of decay to the power t',
    'Use the power decay^t (`decay ** t`), not the product.',
    ({ stepSize, decay }, t) => stepSize * decay * t,
  ),
  sizes(
    'inverse-time',
    'the step size is divided by 1 + decay · t',
    'The sheet asks for stepSize · decay^t.',
    ({ stepSize, decay }, t) => stepSize / (1 + decay * t),
  ),
  sizes(
    'exponential',
    'the step size falls as exp(−decay · t)',
    'The sheet asks for stepSize · decay^t.',
    ({ stepSize, decay }, t) => stepSize * Math.exp(-decay * t),
  ),
  sizes(
    'grows',
    'the step size is divided by decay^t',
    'Multiply by decay^t: with decay below 1 the steps have to become smaller.',
    ({ stepSize, decay }, t) => stepSize / decay ** t,
  ),
];
