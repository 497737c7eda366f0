/** Objects that compute an activation, `call(z)`, and the gradient before it from the one behind it, `backward(z, a, error)`. */
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Answered, Question } from '../question.ts';
import { traced } from '../question.ts';
import { record } from '../values.ts';
import { askedAgain } from './asked-again.ts';
import { besideCombined, flag, saysCombined } from './combined-loss-question.ts';
import { otherRows, shapeOf } from './drawn-rows.ts';
import type { ActivationName } from './layer-objects.ts';
import { backwardNames, make } from './layer-objects.ts';
import { readOne } from './named-arrays.ts';
import { callAny } from './student-objects.ts';

type Rows = number[][];

/** Pre-activations, examples × units. */
export interface RowsProbe {
  z: Rows;
}

/** Pre-activations, their activations, and what arrives from above; all examples × units. */
export interface ActivationProbe extends RowsProbe {
  a: Rows;
  error: Rows;
}

type Words<Probe> = Pick<Question<Probe>, 'id' | 'title' | 'describe'>;

/** `call` of an object, as the tensor of this name. */
export const activationCallQuestion = traced('kinds/activation-object-question#activationCallQuestion')(
  (name: ActivationName, tensor: string, words: Words<RowsProbe>): Question<RowsProbe> =>
    askedAgain<RowsProbe, object>(
      {
        ...words,
        precision: 'single',
        read: ({ value }, { z }) => readOne(tensor, value, shapeOf(z), `${name}.call`),
        write: (answer) => answer[tensor],
      },
      async (guest) => {
        const object = await make(guest, name);
        return async ({ z }) => ({ value: await callAny(guest, object, ['call'], [arrayOf(z)]) });
      },
      ({ z }) => ({ z: otherRows(z) }),
    ),
);

/** `backward` of an object, as `dz`; of a softmax beside whether the program says that its loss has gone through it already. */
export const activationBackwardQuestion = traced('kinds/activation-object-question#activationBackwardQuestion')((
  name: ActivationName,
  words: Words<ActivationProbe>,
): Question<ActivationProbe> => {
  const { read, write } = besideCombined('dz', `${name}.backward`);
  return askedAgain<ActivationProbe, object>(
    {
      ...words,
      precision: 'single',
      ...(name === 'Softmax'
        ? { read: ({ value }, { z }) => read(value, shapeOf(z)), write }
        : {
            read: ({ value }, { z }) => readOne('dz', value, shapeOf(z), `${name}.backward`),
            write: (answer) => answer['dz'],
          }),
    },
    async (guest) => {
      const backward = await backwardOf(guest, name);
      return ({ z, a, error }) => backward([z, a, error].map((rows) => arrayOf(rows)));
    },
    otherActivation,
  );
});

/** Other numbers at every place, of a network that is somewhere else. */
const otherActivation = ({ z, a, error }: ActivationProbe): ActivationProbe => ({
  z: [...z].reverse(),
  a: [...a].reverse(),
  error: otherRows(error),
});

/** `backward` of a new object: pre-activation, activation, error signal. */
export async function backwardOf(
  guest: Guest,
  name: ActivationName,
): Promise<(args: readonly NdArray[]) => Promise<Answered>> {
  const object = await make(guest, name);
  const combined = name === 'Softmax' ? flag(await saysCombined(guest)) : undefined;
  return async (args) => {
    const dz = await callAny(guest, object, backwardNames, args);
    return { value: combined === undefined ? dz : record({ dz, combined }) };
  };
}
