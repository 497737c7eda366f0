/** Problem 3 A: weights of a ReLU network chosen by hand, so that it passes through given points. 8 + 8 marks. */
import type { Check } from '../../check.ts';
import { handNetCheck } from '../../kinds/hand-nets.ts';

const common = { units: 4, points: 8 };

export const checks: Check[] = [
  handNetCheck({ ...common, task: 'P3A1', key: 'net1', targets: [8, 6, 4, 2, 0, 2, 4, 2, 0, 2, 4, 6, 8] }),
  handNetCheck({ ...common, task: 'P3A2', key: 'net2', targets: [0, 1, 2, 3, 2, 1, 1.5, 2, 2.5, 3, 3.5] }),
];
