/** What T2 and T3 ask of the student's run functions: logs of trainings that have one right log. */
import type { Runner } from '../../kinds/logged-epochs-question.ts';
import { loggedQuestion } from '../../kinds/logged-epochs-question.ts';

export const baselineRun: Runner = { unit: 't2', name: 'runBaseline' };
const ratesRun: Runner = { unit: 't3', name: 'runRates', many: true };

export const wholeQuestion = loggedQuestion('T2.epochs', baselineRun, 1);
export const batchedQuestion = loggedQuestion('T2.batches', baselineRun, 1);
export const ratesQuestion = loggedQuestion('T3.epochs', ratesRun, 3);
