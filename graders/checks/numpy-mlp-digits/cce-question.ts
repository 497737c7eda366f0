/** Questions 2.6 and 3.1: an object that computes the cross-entropy of every example, and its derivative; and the formula. */
import { askedAgain } from '../../kinds/asked-again.ts';
import { otherRows, shapeOf } from '../../kinds/drawn-rows.ts';
import { readOne } from '../../kinds/named-arrays.ts';
import { callAny } from '../../kinds/student-objects.ts';
import type { FormulaQuestion } from '../../formula/question.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';
import { arrayFrom, fieldOf, record } from '../../values.ts';
import { flag, saysCombined } from '../../kinds/combined-loss-question.ts';
import { backwardNames, make } from '../../kinds/layer-objects.ts';

/** Predictions whose rows sum to 1, and one-hot targets; both examples × classes. */
export interface LossProbe {
  p: number[][];
  t: number[][];
}

const describe = ({ p }: LossProbe) => `${p.length} predictions for ${p[0]!.length} classes, one-hot targets`;

/** Other predictions for the same targets. */
const otherLoss = ({ p, t }: LossProbe): LossProbe => ({ p: otherRows(p), t });

export const lossQuestion: Question<LossProbe> = askedAgain<LossProbe, object>(
  {
    id: '2.6.call',
    title: 'The categorical cross-entropy of every example',
    precision: 'single',
    describe,
    read: ({ value }, { p }) => {
      // One number for the whole mini-batch is read as that number for every example.
      const given = arrayFrom(value);
      const same = () =>
        makeArray(
          [p.length],
          p.map(() => given!.data[0]!),
        );
      return readOne('loss', given?.data.length === 1 ? same() : value, [p.length], 'CCE.call');
    },
    write: (answer) => answer['loss'],
  },
  async (guest) => {
    const cce = await make(guest, 'CCE');
    return async ({ p, t }) => ({ value: await callAny(guest, cce, ['call'], [arrayOf(p), arrayOf(t)]) });
  },
  otherLoss,
);

/** The gradient, and whether the program says that it goes through the softmax already. */
export const slopeQuestion: Question<LossProbe> = askedAgain<LossProbe, object>(
  {
    id: '3.1.backward',
    title: 'The derivative of the cross-entropy with respect to the prediction',
    precision: 'single',
    describe,
    read: ({ value }, { p }) => {
      const read = readOne('dp', fieldOf(value, 'dp'), shapeOf(p), 'CCE.backward');
      const hint = 'Every prediction has a derivative of its own: one number for each class of each example.';
      if ('misread' in read) return { misread: { ...read.misread, hint } };
      return { ...read, answer: { ...read.answer, combined: arrayFrom(fieldOf(value, 'combined'))! } };
    },
    write: ({ dp, combined }) => record({ dp, combined }),
  },
  async (guest) => {
    const cce = await make(guest, 'CCE');
    const combined = flag(await saysCombined(guest));
    return async ({ p, t }) => {
      const dp = await callAny(guest, cce, backwardNames, [arrayOf(p), arrayOf(t)]);
      return { value: record({ dp, combined }) };
    };
  },
  otherLoss,
);

/** The same derivative as a formula of answers.json. */
export const derivativeQuestion: FormulaQuestion = {
  key: 'dLdyhat',
  what: '∂L/∂ŷ_j',
  names: { known: ['yhat_j', 'y_j'], free: ['j'] },
};
