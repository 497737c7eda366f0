/** The activations of a deep tanh network whose weights the grader knows. */
import type { Guest, NdArray, Value } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered } from '../../question.ts';
import { fieldOf, inWords, isArray, itemsOf } from '../../values.ts';
import { makeArray, sizeOf, transpose } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { unlessStopped } from '../../stopped.ts';

/** W[k] has one row for each unit of layer k + 1. */
export interface ForwardProbe {
  sizes: readonly number[];
  W: Mat[];
  b: Vec[];
  x: Vec;
}

/** How the student stores parameters and inputs, seen from what their own functions return. */
export interface Convention {
  /** W is [in, out] and the input a row, instead of [out, in] and a column. */
  inputsFirst: boolean;
  /** Of a bias of n units and of an input of n entries. */
  biasShape(n: number): number[];
  inputShape(n: number): number[];
}

const column = (n: number): number[] => [n, 1];

/** The convention of initStandardNormal and sampleInput; the sheet's where they do not say. */
export async function conventionOf(guest: Guest): Promise<Convention> {
  const sizes = [3, 5, 2];
  const weights = await shapeFrom(guest, 'initStandardNormal', [makeArray([3], sizes)], 'weights');
  const bias = await shapeFrom(guest, 'initStandardNormal', [makeArray([3], sizes)], 'biases');
  const input = await shapeFrom(guest, 'sampleInput', [3], undefined);
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

const shapeFrom = (guest: Guest, name: string, args: Parameters<Guest['call']>[1], field: string | undefined) =>
  unlessStopped(async () => {
    const { value } = await guest.call({ module: 'q2a.ts', name }, args);
    const found = field === undefined ? value : itemsOf(fieldOf(value, field))?.[0];
    return isArray(found ?? null) ? (found as NdArray).shape : undefined;
  }, undefined);

interface Steps {
  affine(h: Vec, probe: ForwardProbe, k: number): Vec;
  activate(z: Vec, probe: ForwardProbe, k: number): Vec;
  /** What is stored and what the next layer receives. */
  stored(z: Vec, h: Vec): Vec;
  passed(z: Vec, h: Vec): Vec;
}

const product = (W: Mat, h: Vec): Vec => W.map((row) => row.reduce((sum, w, j) => sum + w * h[j]!, 0));
const tanh = (z: Vec): Vec => z.map(Math.tanh);
const right: Steps = {
  affine: (h, { W, b }, k) => product(W[k]!, h).map((value, i) => value + b[k]![i]!),
  activate: tanh,
  stored: (_, h) => h,
  passed: (_, h) => h,
};

function activations(probe: ForwardProbe, changed: Partial<Steps> = {}): Answer {
  const steps = { ...right, ...changed };
  const answer: Record<string, NdArray> = {};
  let h = probe.x;
  probe.W.forEach((_, k) => {
    const z = steps.affine(h, probe, k);
    const a = steps.activate(z, probe, k);
    answer[`h${k + 1}`] = makeArray([z.length], steps.stored(z, a));
    h = steps.passed(z, a);
  });
  return answer;
}

const mistake = (id: string, title: string, advice: string, changed: Partial<Steps>): Variant<ForwardProbe> => ({
  id,
  title,
  advice,
  compute: (probe) => activations(probe, changed),
});
const unlessLast = (k: number, { W }: ForwardProbe) => k < W.length - 1;

export const forwardProblem: Problem<ForwardProbe> = {
  id: 'q2a.forward',
  title: 'Activations of a tanh network',
  precision: 'single',
  probes: (random) =>
    [
      [5, 9, 7, 6, 4, 3],
      [8, 3, 11, 4, 6, 7],
      // The shapes of the first again, which is then asked once more: who keeps something for each shape gives the other's.
      [5, 9, 7, 6, 4, 3],
    ].map((sizes) => {
      const draw = (n: number, sd: number) => Array.from({ length: n }, () => Math.fround(random.normal(0, sd)));
      return {
        sizes,
        W: sizes.slice(1).map((n, k) => Array.from({ length: n }, () => draw(sizes[k]!, 1.2 / Math.sqrt(sizes[k]!)))),
        b: sizes.slice(1).map((n) => draw(n, 0.4)),
        x: draw(sizes[0]!, 1),
      };
    }),
  describe: ({ sizes }) => `a network ${sizes.join('–')} with random weights and biases that are not zero`,
  async ask(guest, probe): Promise<Answered> {
    const { inputsFirst, biasShape, inputShape } = await conventionOf(guest);
    const variable = { container: 'variable', dtype: 'float32' } as const;
    const weights = probe.W.map((W) => {
      const array = makeArray([W.length, W[0]!.length], W.flat(), variable);
      return inputsFirst ? transpose(array) : array;
    });
    const biases = probe.b.map((b) => makeArray(biasShape(b.length), b, variable));
    const x = makeArray(inputShape(probe.x.length), probe.x, { container: 'tensor', dtype: 'float32' });
    const sent = [x, { kind: 'list', items: weights }, { kind: 'list', items: biases }] as const;
    return { value: (await guest.call({ module: 'q2a.ts', name: 'layerActivations' }, sent)).value };
  },
  read({ value }, { sizes }) {
    const items = itemsOf(value);
    if (items === undefined) {
      return { misread: { says: 'layerActivations should return a list of tensors.', yours: inWords(value) } };
    }
    if (items.length !== sizes.length - 1) {
      const hint =
        items.length === sizes.length ? 'Leave the input out: the list begins with the first layer.' : undefined;
      return {
        misread: {
          says: 'layerActivations should return one tensor for each layer.',
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
  oracle: (probe) => activations(probe),
  mistakes: [
    mistake('linear-last', 'tanh missing on the last layer', 'Apply tanh to the last layer too.', {
      activate: (z, probe, k) => (unlessLast(k, probe) ? tanh(z) : z),
    }),
    mistake('before-tanh', 'stored before tanh', 'Store the values behind tanh, not the pre-activations.', {
      stored: (z) => z,
    }),
    mistake('no-tanh', 'no tanh at all', 'Apply tanh to every layer.', { activate: (z) => z }),
    mistake('tanh-twice', 'tanh applied twice', 'Apply tanh once: what you store has gone through it twice.', {
      stored: (_, h) => tanh(h),
    }),
    mistake(
      'tanh-not-passed',
      'next layer receives the pre-activation',
      'Pass the activation, not the pre-activation, on to the next layer.',
      {
        passed: (z) => z,
      },
    ),
    mistake('no-bias', 'biases left out', 'Add the bias before tanh: it is zero only at the start.', {
      affine: (h, { W }, k) => product(W[k]!, h),
    }),
    mistake('bias-after', 'bias added after tanh', 'Add the bias before tanh.', {
      affine: (h, { W }, k) => product(W[k]!, h),
      activate: (z, { b }, k) => z.map((value, i) => Math.tanh(value) + b[k]![i]!),
    }),
    mistake('bias-subtracted', 'bias subtracted', 'Add the bias; you subtract it.', {
      affine: (h, { W, b }, k) => product(W[k]!, h).map((value, i) => value - b[k]![i]!),
    }),
    mistake('sigmoid', 'sigmoid instead of tanh', 'The network uses tanh.', {
      activate: (z) => z.map((value) => 1 / (1 + Math.exp(-value))),
    }),
    mistake('relu', 'ReLU instead of tanh', 'The network uses tanh.', {
      activate: (z) => z.map((v) => Math.max(0, v)),
    }),
  ],
  clues: { order: ['h1', 'h2', 'h3', 'h4', 'h5'] },
};
