/**
 * A function `(sizes, rng)` that returns a network `{ weights, biases }` as it is before training: from draws that the grader
 * knows, or from an rng with a seed.
 */
import type { Net } from './listed-net.ts';
import { listOf, readNet } from './listed-net.ts';
import type { Arg, Guest, Value } from '../model/guest.ts';
import { arrayOf, makeArray } from '../numerics/arrays.ts';
import type { Question } from '../question.ts';
import { traced } from '../question.ts';
import { fieldOf, inWords, isHeld } from '../values.ts';

/** Where the function stands. */
export interface AskedInitialNet {
  task: string;
  unit: string;
  name: string;
  /** Sizes as the sheet names them: a network that stands in variables begins and ends with them. */
  sheet: readonly number[];
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

export interface DrawnNet extends Net {
  /** It stood in variables, where the sheet asks for numbers and names no source of them. */
  held?: true;
}

/**
 * A network from an rng with this seed; `elsewhere` seeds whatever else gives random numbers. One that stands in variables
 * may be made of numbers that the program names in its own way: then it is as it stands, whatever the sizes.
 */
export async function drawn(
  guest: Guest,
  { unit, name, sheet }: AskedInitialNet,
  sizes: readonly number[],
  seed: number,
  elsewhere = seed,
): Promise<DrawnNet | { says: string }> {
  await guest.seed(elsewhere);
  const ask = async (given: Arg) => (await guest.call({ module: unit, name }, [given, { kind: 'rng', seed }])).value;
  const value = await ask(arrayOf([...sizes]));
  const net = readNet(value, sizes);
  if (!isHeld(value)) return net;
  if (!('says' in net)) return { ...net, held: true };
  const own = await ask(null);
  return { ...readNet(own, ownSizes(own, sheet)), held: true };
}

/** The sizes of a network's own matrices, where they begin and end as the sheet's do; else the sheet's. */
function ownSizes(value: Value, sheet: readonly number[]): readonly number[] {
  const shapes = listOf(fieldOf(value, 'weights'))
    ?.take()
    .map(({ shape }) => shape);
  const sizes = [shapes?.[0]?.[0], ...(shapes ?? []).map((shape) => shape[1])];
  return sizes[0] === sheet[0] && sizes.at(-1) === sheet.at(-1) && sizes.every(isSize) ? sizes : sheet;
}

const isSize = (size: number | undefined): size is number => size !== undefined && size > 0;
