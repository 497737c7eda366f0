/** The comments that a person marks: Questions 1c, 1d and 2d. */
import { essays } from '../../kinds/essays.ts';

export const checks = essays([
  ['q1c.comment', 'Q1c', 5, 'What happens without standardisation, and why'],
  ['q1d.comment', 'Q1d', 5, 'Standardisation and batch normalisation compared'],
  ['q2d.comment', 'Q2d', 5, 'Interpretation, implications and limitations'],
]);
