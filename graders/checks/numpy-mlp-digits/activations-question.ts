/** Questions 2.2, 2.3 and 3.2: objects that compute an activation, and the gradient before it from the one behind it. */
import { askedAgain } from '../../kinds/asked-again.ts';
import { otherRows, shapeOf } from '../../kinds/drawn-rows.ts';
import { readOne } from '../../kinds/named-arrays.ts';
import { callAny } from '../../kinds/student-objects.ts';
import type { Guest, Value } from '../../model/guest.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';
import { arrayFrom, fieldOf, record } from '../../values.ts';
import type { ActivationName } from '../../kinds/layer-objects.ts';
import { backwardNames, flag, make, saysCombined } from '../../kinds/layer-objects.ts';

/** Pre-activations, examples × units. */
export interface RowsProbe {
  z: number[][];
}

/** Pre-activations, their activations, and what arrives from above; all examples × units. */
export interface ActivationProbe extends RowsProbe {
  a: number[][];
  error: number[][];
}

type Words = Pick<Question<RowsProbe>, 'id' | 'title' | 'describe'>;

/** `call` of an object, as the tensor of this name. */
const callOf = (name: ActivationName, tensor: string, words: Words): Question<RowsProbe> =>
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
  );

/** Other numbers at every place, of a network that is somewhere else. */
const otherActivation = ({ z, a, error }: ActivationProbe): ActivationProbe => ({
  z: [...z].reverse(),
  a: [...a].reverse(),
  error: otherRows(error),
});

/** `backward` of an activation object that is kept: pre-activation, activation, error signal. */
async function activationObject(
  guest: Guest,
  name: ActivationName,
): Promise<(probe: ActivationProbe) => Promise<Value>> {
  const object = await make(guest, name);
  return ({ z, a, error }) =>
    callAny(
      guest,
      object,
      backwardNames,
      [z, a, error].map((rows) => arrayOf(rows)),
    );
}

export const asked = {
  sigmoidCall: callOf('Sigmoid', 'a', {
    id: '2.2.call',
    title: 'The sigmoid of every entry',
    describe: ({ z }) => `a matrix of ${z.length}×${z[0]!.length} numbers`,
  }),
  softmaxCall: callOf('Softmax', 'p', {
    id: '2.3.call',
    title: 'The softmax of every row',
    describe: ({ z }) => `${z.length} rows of ${z[0]!.length} numbers`,
  }),
  sigmoidBackward: askedAgain<ActivationProbe, object>(
    {
      id: '3.2.backward',
      title: 'The gradient before the sigmoid from the one behind it',
      precision: 'single',
      describe: ({ z }) => `${z.length} examples, ${z[0]!.length} units, a random error signal`,
      read: ({ value }, { z }) => readOne('dz', value, shapeOf(z), 'Sigmoid.backward'),
      write: (answer) => answer['dz'],
    },
    async (guest) => {
      const backward = await activationObject(guest, 'Sigmoid');
      return async (probe) => ({ value: await backward(probe) });
    },
    otherActivation,
  ),
  /** The gradient, and whether the program says that its loss has gone through the softmax already. */
  softmaxBackward: askedAgain<ActivationProbe, object>(
    {
      id: '3.2s.backward',
      title: 'The gradient before the softmax from the one behind it',
      precision: 'single',
      describe: ({ z }) => `${z.length} examples, ${z[0]!.length} classes, a random error signal`,
      read: ({ value }, { z }) => {
        const read = readOne('dz', fieldOf(value, 'dz'), shapeOf(z), 'Softmax.backward');
        if ('misread' in read) return read;
        return { ...read, answer: { ...read.answer, combined: arrayFrom(fieldOf(value, 'combined'))! } };
      },
      write: ({ dz, combined }) => record({ dz, combined }),
    },
    async (guest) => {
      const backward = await activationObject(guest, 'Softmax');
      const combined = flag(await saysCombined(guest));
      return async (probe) => ({ value: record({ dz: await backward(probe), combined }) });
    },
    otherActivation,
  ),
};
