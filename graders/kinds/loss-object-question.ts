/** An object that computes the cross-entropy of every example, `call(p, t)`, and its derivative, `backward(p, t)`. */
import type { FormulaQuestion } from '../formula/question.ts';
import { arrayOf, makeArray } from '../numerics/arrays.ts';
import type { Question } from '../question.ts';
import { traced } from '../question.ts';
import { arrayFrom, record } from '../values.ts';
import { askedAgain } from './asked-again.ts';
import { besideCombined, flag, saysCombined } from './combined-loss-question.ts';
import { otherRows, shapeOf } from './drawn-rows.ts';
import { backwardNames, make } from './layer-objects.ts';
import { readOne } from './named-arrays.ts';
import { callAny } from './student-objects.ts';

/** Predictions whose rows sum to 1, and one-hot targets; both examples × classes. */
export interface LossProbe {
  p: number[][];
  t: number[][];
}

type Words = Pick<Question<LossProbe>, 'id' | 'title'>;

const describe = ({ p }: LossProbe) => `${p.length} predictions for ${p[0]!.length} classes, one-hot targets`;

/** Other predictions for the same targets. */
const otherLoss = ({ p, t }: LossProbe): LossProbe => ({ p: otherRows(p), t });

/** `call`, as the tensor `loss`. One number for the whole mini-batch is read as that number for every example. */
export const lossCallQuestion = traced('kinds/loss-object-question#lossCallQuestion')(
  (words: Words): Question<LossProbe> =>
    askedAgain<LossProbe, object>(
      {
        ...words,
        precision: 'single',
        describe,
        read: ({ value }, { p }) => {
          const given = arrayFrom(value);
          const forAll = given?.data.length === 1 ? p.map(() => given.data[0]!) : undefined;
          return readOne('loss', forAll ? makeArray([p.length], forAll) : value, [p.length], 'CCE.call');
        },
        write: (answer) => answer['loss'],
      },
      async (guest) => {
        const cce = await make(guest, 'CCE');
        return async ({ p, t }) => ({ value: await callAny(guest, cce, ['call'], [arrayOf(p), arrayOf(t)]) });
      },
      otherLoss,
    ),
);

const { read, write } = besideCombined('dp', 'CCE.backward');

/** `backward`, as the tensor `dp` beside whether the program says that it goes through the softmax already. */
export const lossBackwardQuestion = traced('kinds/loss-object-question#lossBackwardQuestion')(
  (words: Words): Question<LossProbe> =>
    askedAgain<LossProbe, object>(
      {
        ...words,
        precision: 'single',
        describe,
        read: ({ value }, { p }) => {
          const reading = read(value, shapeOf(p));
          const hint = 'Every prediction has a derivative of its own: one number for each class of each example.';
          return 'misread' in reading ? { misread: { ...reading.misread, hint } } : reading;
        },
        write,
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
    ),
);

/** The same derivative as a formula of answers.json. */
export const lossDerivativeFormula: FormulaQuestion = {
  key: 'dLdyhat',
  what: '∂L/∂ŷ_j',
  names: { known: ['yhat_j', 'y_j'], free: ['j'] },
};
