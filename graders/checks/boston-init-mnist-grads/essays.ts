/** The comments that a person marks: Questions 1c, 1d and 2d. */
import { manualCheck } from '../../manual.ts';
import type { Check } from '../../check.ts';

export const checks: Check[] = [
  manualCheck({ id: 'q1c.comment', task: 'Q1c', title: 'What happens without standardisation, and why', points: 5 }),
  manualCheck({ id: 'q1d.comment', task: 'Q1d', title: 'Standardisation and batch normalisation compared', points: 5 }),
  manualCheck({ id: 'q2d.comment', task: 'Q2d', title: 'Interpretation, implications and limitations', points: 5 }),
];
