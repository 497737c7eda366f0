/** What goes beyond the tasks. 3 marks, all by a person. */
import { essays } from '../../kinds/essays.ts';

export const checks = essays([['OUT.criteria', 'OUT', 3, 'Beyond the task, well made, well explained']]);
