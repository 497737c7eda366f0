/** Problem 5, Question 1: the weights that initNet draws, from draws that the grader knows or from an rng with a seed. */
import type { Net } from '../../kinds/listed-net.ts';
import { readNet } from '../../kinds/listed-net.ts';
import type { Guest } from '../../model/guest.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';
import { inWords } from '../../values.ts';

export const unit = 'p5q1';
const target = { module: unit, name: 'initNet' };

/** A network of one layer, whose weights come from exactly these standard normal draws, in whatever order. */
export interface LayerProbe {
  sizes: readonly [number, number];
  normals: readonly number[];
}

export const layerQuestion: Question<LayerProbe> = {
  id: 'P5.Q1.layer',
  title: 'Spread of the initial weights',
  precision: 'double',
  describe: ({ sizes }) => `initNet([${sizes.join(', ')}]) with draws that the grader knows`,
  async ask(guest, { sizes, normals }) {
    const rng = { kind: 'rng', seed: 1, normals } as const;
    return { value: (await guest.call(target, [arrayOf([...sizes]), rng])).value };
  },
  read({ value }, { sizes }) {
    const net = readNet(value, sizes);
    if ('says' in net) return { misread: { yours: inWords(value), ...net } };
    return { answer: { weights: arrayOf(net.weights[0]!.flat().sort((a, b) => a - b)) }, notes: [] };
  },
  write: (answer, { sizes: [inputs, outputs] }) => ({
    kind: 'record',
    entries: {
      weights: { kind: 'list', items: [makeArray([inputs, outputs], answer['weights']!.data)] },
      biases: { kind: 'list', items: [makeArray([outputs], new Float64Array(outputs))] },
    },
  }),
};

/** A network from an rng with this seed; `elsewhere` seeds whatever else gives random numbers. */
export async function drawn(
  guest: Guest,
  sizes: readonly number[],
  seed: number,
  elsewhere = seed,
): Promise<Net | { says: string }> {
  await guest.seed(elsewhere);
  return readNet((await guest.call(target, [arrayOf([...sizes]), { kind: 'rng', seed }])).value, sizes);
}
