/** The checks of this coursework: what is asked, what is right, the known ways to be wrong, and what each check is worth. */
import type { Check } from 'gradmark/check';
import { elementwiseKey, judgeElementwise } from 'gradmark/kinds/elementwise';
import { elementwiseQuestion } from 'gradmark/kinds/elementwise-question';
import { formulaChecks } from 'gradmark/kinds/formulas';
import { everywhere, wrongFunction } from 'gradmark/mistakes/wrong-function';
import type { Random } from 'gradmark/random';

const slope = (x: number) => 1 - Math.tanh(x) ** 2;

/** Every mistake has a name, a title for staff, and one sentence on which a student can act. */
const tanh = {
  ...elementwiseQuestion({ id: 't1.tanh', title: 'tanh', unit: 'layers', name: 'tanh' }),
  ...elementwiseKey({
    draw: (random) => [random.uniform(-2, 2)],
    truth: (x) => Math.tanh(x),
    mistakes: [
      wrongFunction(
        'sigmoid',
        'the sigmoid',
        'tanh runs from −1 to 1: this is the sigmoid.',
        everywhere((x) => 1 / (1 + Math.exp(-x!))),
      ),
    ],
  }),
};
const gradient = {
  ...elementwiseQuestion({ id: 't1.gradient', title: 'The gradient of tanh', unit: 'layers', name: 'tanhGrad' }),
  ...elementwiseKey({
    draw: (random) => [random.uniform(-2, 2), random.uniform(0.5, 2)],
    truth: (x, dy) => dy! * slope(x!),
    mistakes: [
      wrongFunction(
        'no-upstream',
        'dy is missing',
        'Multiply with dy: the chain rule.',
        everywhere((x) => slope(x!)),
      ),
      wrongFunction(
        'of-input',
        'the slope of the input',
        'The slope is 1 − tanh(x)², not 1 − x².',
        everywhere((x, dy) => dy! * (1 - x! ** 2)),
      ),
    ],
  }),
};

const formula = {
  ...{ key: 'dTanh', what: 'd tanh / dx', names: { known: ['x'] }, truth: '1 - tanh(x)^2' },
  domain: (random: Random) => ({ values: { x: random.uniform(-2, 2) } }),
  mistakes: [{ id: 'plus', title: 'a plus', advice: 'The square is subtracted.', text: '1 + tanh(x)^2' }],
};

const asks = 'Numbers, vectors and matrices.';

export const checks: Check[] = [
  {
    ...{ id: 't1.tanh', task: 'T1', title: 'tanh gives tanh of every number', asks, points: 1 },
    problems: [tanh],
    run: (context) => judgeElementwise(context, tanh),
  },
  {
    ...{ id: 't1.gradient', task: 'T1', title: 'tanhGrad(x, dy) gives dy · tanh′(x)', asks, points: 2 },
    problems: [gradient],
    run: (context) => judgeElementwise(context, gradient),
  },
  ...formulaChecks([{ id: 't2.formula', task: 'T2', title: 'The derivative of tanh', points: 1, formula }]),
];
