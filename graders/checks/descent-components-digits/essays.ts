/** The short answers, which a person reads. 18 marks. */
import { essays } from '../../kinds/essays.ts';

export const checks = essays([
  ['1.1c.answer', '1.1c', 1, 'Whether the search finds the minimum'],
  ['1.1e.answer', '1.1e', 1, 'What happens when the step size is too small or too large'],
  ['1.1f.answer', '1.1f', 1, 'Whether the global optimum is reached, and why'],
  ['1.2d.answer', '1.2d', 1, 'Whether formula and difference quotient are equal, and why'],
  ['1.2h.answer', '1.2h', 1, 'Which activation suits probabilities'],
  ['1.2i.answer', '1.2i', 1, 'What the two derivatives mean for learning'],
  ['1.6c.answer', '1.6c', 3, 'The influence of epochs, learning rate and mini-batch size'],
  ['1.6e.answer', '1.6e', 1, 'The net without hidden layer, compared'],
  ['1.6g.answer', '1.6g', 1, 'Why a second linear layer does not help'],
  ['1.6i.answer', '1.6i', 1, 'Whether perfect classification is possible'],
  ['1.7a.answer', '1.7a', 2, 'Learning rates that are too low or too high'],
  ['1.7b.answer', '1.7b', 2, 'Small and large mini-batches'],
  ['1.7c.answer', '1.7c', 2, 'Weights and biases that start at zero'],
]);
