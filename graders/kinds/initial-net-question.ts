/**
 * A function `(sizes, rng)` that returns a network `{ weights, biases }` as it is before training: from draws that the grader
 * knows, or from an rng with a seed.
 */
import type { Net } from './listed-net.ts';
import { readNet } from './listed-net.ts';
import type { Guest } from '../model/guest.ts';
import { arrayOf, makeArray } from '../numerics/arrays.ts';
import type { Question } from '../question.ts';
import { traced } from '../question.ts';
import { inWords } from '../values.ts';

/** Where the function stands. */
export interface AskedInitialNet {
  task: string;
  unit: string;
  name: string;
}

/** A network of one layer, whose weights come from exactly these standard normal draws, in whatever order. */
export interface LayerProbe {
  sizes: readonly [number, number];
  normals: readonly number[];
}

export const layerQuestion = traced('kinds/initial-net-question#layerQuestion')(
  ({ task, unit, name }: AskedInitialNet): Question<LayerProbe> => ({
    id: `${task}.layer`,
    title: 'Spread of the initial weights',
    precision: 'double',
    describe: ({ sizes }) => `${name}([${sizes.join(', ')}]) with draws that the grader knows`,
    async ask(guest, { sizes, normals }) {
      const rng = { kind: 'rng', seed: 1, normals } as const;
      return { value: (await guest.call({ module: unit, name }, [arrayOf([...sizes]), rng])).value };
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
  }),
);

/** A network from an rng with this seed; `elsewhere` seeds whatever else gives random numbers. */
export async function drawn(
  guest: Guest,
  { unit, name }: AskedInitialNet,
  sizes: readonly number[],
  seed: number,
  elsewhere = seed,
): Promise<Net | { says: string }> {
  await guest.seed(elsewhere);
  return readNet((await guest.call({ module: unit, name }, [arrayOf([...sizes]), { kind: 'rng', seed }])).value, sizes);
}
