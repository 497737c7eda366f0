/** Question 1.3: the loss of a model of one layer, h = x·w + b and ŷ = σ(h), and its gradient with respect to the input. */
import { joined, readArray } from '../../kinds/named-arrays.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Question, Reading } from '../../question.ts';
import type { Value } from '../../model/guest.ts';
import { arrayFrom, fieldOf, inWords, numberOf, record } from '../../values.ts';

/** Weights, bias, one example and its class. */
export interface OneLayerProbe {
  w: number[];
  b: number;
  x: number[];
  y: number;
}

export const target = { module: 'q1-3a', name: 'oneLayer' };

export const oneLayerQuestion: Question<OneLayerProbe> = {
  id: '1.3a.oneLayer',
  title: 'Loss and gradient of one layer',
  precision: 'double',
  describe: ({ x, y }) => `${x.length} inputs, target ${y}`,
  async ask(guest, { w, b, x, y }) {
    return { value: (await guest.call(target, [arrayOf(w), b, arrayOf(x), y])).value };
  },
  read: ({ value }, { x }) =>
    fieldOf(value, 'loss') === undefined && arrayFrom(fieldOf(value, 'gradX')) === undefined
      ? { misread: { says: 'oneLayer should return { loss, gradX }.', yours: inWords(value) } }
      : readResult(value, x.length),
  write: (answer) => record({ ...answer, loss: answer['loss']!.data[0]! }),
};

function readResult(value: Value, n: number): Reading {
  const loss = fieldOf(value, 'loss');
  const height = numberOf(loss);
  const read: Reading =
    height === undefined
      ? { misread: { says: 'loss should be one number.', yours: inWords(loss) } }
      : { answer: { loss: arrayOf(height) }, notes: [] };
  const words = { label: 'gradX', says: 'gradX should be an array of numbers.' };
  return joined([
    { name: 'loss', read },
    { name: 'gradX', read: readArray('gradX', fieldOf(value, 'gradX'), [n], words) },
  ]);
}
