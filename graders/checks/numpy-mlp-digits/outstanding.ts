/** What goes beyond the tasks. 3 marks, all by a person. */
import type { Check } from '../../check.ts';
import { manualCheck } from '../../manual.ts';

export const checks: Check[] = [
  manualCheck({ id: 'OUT.criteria', task: 'OUT', title: 'Beyond the task, well made, well explained', points: 3 }),
];
