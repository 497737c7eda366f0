/** The formula of the line F1, as answers.json is asked for it. */
import type { FormulaQuestion } from '../../formula/question.ts';

export const deltaQuestion: FormulaQuestion = {
  key: 'F1.delta',
  what: 'D of the output layer before it is transposed',
  names: { known: ['yhat', 'y'] },
};
