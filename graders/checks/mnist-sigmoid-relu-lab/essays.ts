/** The written answers, which a person reads: 15 marks; and two short forms of F1 that show whether it is understood. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { essays } from '../../kinds/essays.ts';
import { formulaChecks } from '../../kinds/formulas.ts';
import { differences } from '../../mistakes/formulas/cross-entropies.ts';
import { ProgramStopped } from '../../stopped.ts';
import { deltaQuestion } from './delta-question.ts';

export const checks: Check[] = [
  ...formulaChecks([
    {
      id: 'F1.delta',
      task: 'F1',
      title: 'The formula of the line is prediction minus label',
      asks: '"F1.delta" in answers.json, in yhat and y. No marks: it shows whether the line is understood.',
      points: 0,
      formula: {
        ...deltaQuestion,
        truth: 'yhat - y',
        domain: (random) => ({ values: { yhat: random.uniform(0.01, 0.99), y: random.integer(2) } }),
        mistakes: differences,
      },
    },
  ]),
  {
    id: 'F1.shape',
    task: 'F1',
    title: 'D of the output layer has 10 rows and one column for each image of the batch',
    asks: '"F1.shape" in answers.json, B stands for the batch size. No marks.',
    points: 0,
    run: async (context) => judgeShape(context),
  },
  ...essays([
    ['F1.answer', 'F1', 2, 'What is computed in the line marked F1'],
    ['F2.answer', 'F2', 2, 'What the loop marked F2 does'],
    ['F3.answer', 'F3', 2, 'How the weights are updated, and what eta is'],
    ['T1a.answer', 'T1a', 2, 'The principle of backpropagation'],
    ['T1b.answer', 'T1b', 2, 'Softmax and the loss that belongs to it'],
    ['T1c.answer', 'T1c', 2, 'Other activations for the output layer'],
    ['T3.answer', 'T3', 2, 'What the two learning rates do, and why'],
    ['T4.answer', 'T4', 1, 'Why the rectified network needs a smaller learning rate'],
  ]),
];

function judgeShape(context: CheckContext): Judgement {
  const text = context.answers()['F1.shape'];
  if (typeof text !== 'string' || text.trim() === '') {
    throw new ProgramStopped('missing', 'answers.json has no shape under "F1.shape".');
  }
  const sizes =
    text
      .toLowerCase()
      .match(/[a-z]+|\d+/g)
      ?.filter((word) => !['x', 'by', 'mal'].includes(word)) ?? [];
  const isBatch = (word: string | undefined) => ['b', 'batch', 'batchsize', '100'].includes(word ?? '');
  if (sizes[0] === '10' && isBatch(sizes[1])) return pass();
  const swapped = isBatch(sizes[0]) && sizes[1] === '10';
  return fail({
    says: swapped ? 'Rows and columns are exchanged: the line transposes.' : 'The shape of D is another one.',
    yours: text.slice(0, 40),
    expected: '10×B',
  });
}
