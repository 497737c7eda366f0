/** Question 3.5: the gradient tape and the update. 10 marks. */
import type { Check } from '../../check.ts';
import { gradients, update } from './mlp-key.ts';
import { judgeLoss } from './mlp-loss.ts';
import { judgeTape } from './mlp-tape.ts';
import { judgeUpdate } from './mlp-update.ts';
import { judgeGradients } from './parts.ts';

const networks = 'Networks with one, two and three layers, of two sizes each; weights and biases set by the grader.';

const gradientCheck = (id: string, part: 'W' | 'b', title: string, points: number): Check => ({
  id,
  task: '3.5',
  title,
  asks: networks,
  points,
  problems: gradients,
  run: (context) => judgeGradients(context, part),
});

export const checks: Check[] = [
  gradientCheck('3.5.dW', 'W', 'The gradients of all weights are right', 3),
  gradientCheck('3.5.dB', 'b', 'The gradients of all biases are right', 2),
  {
    id: '3.5.update',
    task: '3.5',
    title: 'Every weight and every bias moves by −lr · gradient',
    asks: 'Weights and biases before and after one call of backward.',
    points: 3,
    problems: [update],
    run: judgeUpdate,
  },
  {
    id: '3.5.tape',
    task: '3.5',
    title: 'backward returns the tape: one entry for each layer with activations and gradients',
    asks: 'The tape of a network with three layers.',
    points: 1,
    run: judgeTape,
  },
  {
    id: '3.5.loss',
    task: '3.5',
    title: 'backward returns the loss before the update, and small steps lower it',
    asks: 'Eight small steps on one mini-batch; the first loss is computed again.',
    points: 1,
    run: judgeLoss,
  },
];
