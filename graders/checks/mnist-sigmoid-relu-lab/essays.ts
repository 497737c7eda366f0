/** The written answers, which a person reads: 15 marks; and two short forms of F1 that show whether it is understood. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { FormulaProblem } from '../../formula/problem.ts';
import { judgeFormula } from '../../judge-formula.ts';
import { manualCheck } from '../../manual.ts';
import { ProgramStopped } from '../../stopped.ts';

const answers: readonly (readonly [task: string, points: number, title: string])[] = [
  ['F1', 2, 'What is computed in the line marked F1'],
  ['F2', 2, 'What the loop marked F2 does'],
  ['F3', 2, 'How the weights are updated, and what eta is'],
  ['T1a', 2, 'The principle of backpropagation'],
  ['T1b', 2, 'Softmax and the loss that belongs to it'],
  ['T1c', 2, 'Other activations for the output layer'],
  ['T3', 2, 'What the two learning rates do, and why'],
  ['T4', 1, 'Why the rectified network needs a smaller learning rate'],
];

export const deltaFormula: FormulaProblem = {
  key: 'F1.delta',
  what: 'D of the output layer before it is transposed',
  names: { known: ['yhat', 'y'] },
  truth: 'yhat - y',
  domain: (random) => ({ values: { yhat: random.uniform(0.01, 0.99), y: random.integer(2) } }),
  mistakes: [
    { id: 'turned', title: 'Label minus prediction', advice: 'Look at the order in the line.', text: 'y - yhat' },
    {
      id: 'sigmoid-slope',
      title: 'A factor yhat(1 − yhat) that does not belong here',
      advice: 'It cancels for softmax with cross-entropy.',
      text: '(yhat - y) * yhat * (1 - yhat)',
    },
    { id: 'squared', title: 'A square', advice: 'This is a loss, not its derivative.', text: '(yhat - y)^2' },
    { id: 'loss', title: 'The loss itself', advice: 'The line holds its derivative.', text: '-y * log(yhat)' },
    {
      id: 'quotient',
      title: 'The derivative by the probability',
      advice: 'D is the derivative by what comes into the layer.',
      text: '-y / yhat',
    },
  ],
};

export const checks: Check[] = [
  {
    id: 'F1.delta',
    task: 'F1',
    title: 'The formula of the line is prediction minus label',
    asks: '"F1.delta" in answers.json, in yhat and y. No marks: it shows whether the line is understood.',
    points: 0,
    formulas: [deltaFormula],
    run: async (desk) => judgeFormula(desk, deltaFormula),
  },
  {
    id: 'F1.shape',
    task: 'F1',
    title: 'D of the output layer has 10 rows and one column for each image of the batch',
    asks: '"F1.shape" in answers.json, B stands for the batch size. No marks.',
    points: 0,
    run: async (desk) => judgeShape(desk),
  },
  ...answers.map(([task, points, title]) => manualCheck({ id: `${task}.answer`, task, title, points })),
];

function judgeShape(desk: Desk): Judgement {
  const text = desk.answers()['F1.shape'];
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
