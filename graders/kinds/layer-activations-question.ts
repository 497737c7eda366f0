/** The activations of a network, layer by layer, whose weights the grader knows, stored as the student's own functions store them. */
import type { Arg, Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray, sizeOf, transpose } from '../numerics/arrays.ts';
import { canonicalise } from '../numerics/canonical.ts';
import type { Answered, Question } from '../question.ts';
import { traced } from '../question.ts';
import { unlessStopped } from '../stopped.ts';
import { fieldOf, inWords, isArray, itemsOf } from '../values.ts';

/** W[k] has one row for each unit of layer k + 1. */
export interface ForwardProbe {
  sizes: readonly number[];
  W: number[][][];
  b: number[][];
  x: number[];
}

/** The student's functions that draw weights and biases, draw an input, and compute the activations of all layers. */
export interface LayerFunctions {
  unit: string;
  weights: string;
  input: string;
  activations: string;
}

/** How the student stores parameters and inputs, seen from what their own functions return. */
interface Convention {
  /** W is [in, out] and the input a row, instead of [out, in] and a column. */
  inputsFirst: boolean;
  /** Of a bias of n units and of an input of n entries. */
  biasShape(n: number): number[];
  inputShape(n: number): number[];
}

const column = (n: number): number[] => [n, 1];

/** The convention of what is drawn; the sheet's where that does not say. */
async function conventionOf(
  guest: Guest,
  { unit, weights: draws, input: samples }: LayerFunctions,
): Promise<Convention> {
  const sizes = [3, 5, 5, 5, 2, 2];
  const weights = await shapeFrom(guest, { module: unit, name: draws }, [makeArray([sizes.length], sizes)], 'weights');
  const bias = await shapeFrom(guest, { module: unit, name: draws }, [makeArray([sizes.length], sizes)], 'biases');
  const input = await shapeFrom(guest, { module: unit, name: samples }, [3], undefined);
  const inputsFirst = weights?.[0] === 3 && weights[1] === 5;
  const fallback = inputsFirst ? (n: number) => [1, n] : column;
  return {
    inputsFirst,
    biasShape: likeShape(bias, 5) ?? (inputsFirst ? (n) => [n] : column),
    inputShape: likeShape(input, 3) ?? fallback,
  };
}

function likeShape(shape: readonly number[] | undefined, n: number): ((n: number) => number[]) | undefined {
  if (shape === undefined || shape.length > 2 || sizeOf(shape) !== n) return undefined;
  return (size) => shape.map((length) => (length === n ? size : 1));
}

const shapeFrom = (guest: Guest, target: { module: string; name: string }, args: Arg[], field: string | undefined) =>
  unlessStopped(async () => {
    const { value } = await guest.call(target, args);
    const found = field === undefined ? value : itemsOf(fieldOf(value, field))?.[0];
    return isArray(found ?? null) ? (found as NdArray).shape : undefined;
  }, undefined);

export const activationsQuestion = traced('kinds/layer-activations-question#activationsQuestion')(
  (id: string, functions: LayerFunctions): Question<ForwardProbe> => ({
    id,
    title: 'Activations of a tanh network',
    precision: 'single',
    describe: ({ sizes }) => `a network ${sizes.join('–')} with random weights and biases that are not zero`,
    async ask(guest, probe): Promise<Answered> {
      const { inputsFirst, biasShape, inputShape } = await conventionOf(guest, functions);
      const variable = { container: 'variable', dtype: 'float32' } as const;
      const weights = probe.W.map((W) => {
        const array = makeArray([W.length, W[0]!.length], W.flat(), variable);
        return inputsFirst ? transpose(array) : array;
      });
      const biases = probe.b.map((b) => makeArray(biasShape(b.length), b, variable));
      const x = makeArray(inputShape(probe.x.length), probe.x, { container: 'tensor', dtype: 'float32' });
      const sent = [x, { kind: 'list', items: weights }, { kind: 'list', items: biases }] as const;
      return { value: (await guest.call({ module: functions.unit, name: functions.activations }, sent)).value };
    },
    read({ value }, { sizes }) {
      const items = itemsOf(value);
      if (items === undefined) {
        return {
          misread: { says: `${functions.activations} should return a list of tensors.`, yours: inWords(value) },
        };
      }
      if (items.length !== sizes.length - 1) {
        const hint =
          items.length === sizes.length ? 'Leave the input out: the list begins with the first layer.' : undefined;
        return {
          misread: {
            says: `${functions.activations} should return one tensor for each layer.`,
            yours: `${items.length} for ${sizes.length - 1} layers`,
            ...(hint === undefined ? {} : { hint }),
          },
        };
      }
      const answer: Record<string, NdArray> = {};
      for (const [k, item] of items.entries()) {
        const n = sizes[k + 1]!;
        if (!isArray(item)) return { misread: { says: `Layer ${k + 1} is no tensor.`, yours: inWords(item) } };
        const read = canonicalise(`layer ${k + 1}`, item, [n]);
        if ('misread' in read) return { misread: read.misread };
        answer[`h${k + 1}`] = read.array;
      }
      return { answer, notes: [] };
    },
    write: (answer): Value => ({ kind: 'list', items: Object.values(answer) }),
  }),
);
