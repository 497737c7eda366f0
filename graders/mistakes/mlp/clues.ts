/** What a gradient shows about a program even when no single known mistake explains it. */
import { maxAbs } from '../../numerics/arrays.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { Clues } from '../../key.ts';
import type { Quantity } from '../../numerics/scale.ts';
import type { Program } from '../program.ts';
import type { MlpCase, MlpRules } from './backprop.ts';
import { familiesOf } from './families.ts';
import type { MlpKind } from './kind.ts';
import type { View } from './views.ts';

interface Task<Probe> {
  kind: MlpKind;
  view: View;
  toCase(probe: Probe): MlpCase;
}

/** Rounding in single precision stays below this share of the largest entry. */
const NEGLIGIBLE = 1e-4;

export function mlpClues<Probe>(task: Task<Probe>, program: Program<Probe, MlpRules>): Clues<Probe> {
  const { kind, view, toCase } = task;
  const backwards = [...view].sort((a, b) => depth(b, kind) - depth(a, kind) || (a.part === 'b' ? -1 : 1));
  const find = (name: string) => view.find((tensor) => tensor.name === name);
  return {
    quantities: (probe) => quantitiesOf(toCase(probe)),
    families: familiesOf(program, kind),
    order: backwards.map(({ name }) => name),
    suspect: (wrong, right) => {
      const tensor = find(wrong);
      if (!tensor) return undefined;
      const layer = depth(tensor, kind);
      const bias = view.find((other) => other.part === 'b' && depth(other, kind) === layer);
      if (tensor.part === 'W' && bias && right.includes(bias.name))
        return `${bias.name} is right, so the error of that layer is right: look at what the layer received as input, and at the order of the factors in ${wrong}.`;
      const kernel = view.find((other) => other.part === 'W' && depth(other, kind) === layer);
      if (tensor.part === 'b' && kernel && right.includes(kernel.name))
        return `${kernel.name} is right, so the error of that layer is right: look at how ${wrong} is made of it, and at what is done with it.`;
      if (layer === kind.layers - 1)
        return `Look at the output layer first: its forward pass, the error (prediction minus target), and what it is divided by.`;
      return `The layers above are right: look at how the error reaches this layer, first through the transposed weights, then times the derivative of the activation.`;
    },
    relations: view.flatMap(({ name, layer, part }) => {
      const isLast = depth({ layer }, kind) === kind.layers - 1;
      return [
        ...(isLast && kind.output === 'softmax-cce'
          ? [
              {
                says: `${part === 'W' ? `every row of ${name} sums` : `${name} sums`} to zero over the classes, because probabilities and labels both sum to 1`,
                holds: (answer: Readonly<Record<string, NdArray>>) => answer[name] && rowsSumToZero(answer[name]),
              },
            ]
          : []),
        ...(part === 'W'
          ? [
              {
                says: `for a single sample ${name} is one column times one row (input times error)`,
                holds: (answer: Readonly<Record<string, NdArray>>, probe: Probe) =>
                  toCase(probe).X.length === 1 && answer[name] ? isOuterProduct(answer[name]) : undefined,
              },
            ]
          : []),
      ];
    }),
  };
}

const depth = ({ layer }: { layer: number }, kind: MlpKind): number => (layer < 0 ? layer + kind.layers : layer);

function quantitiesOf(net: MlpCase): Quantity[] {
  const all: Quantity[] = [
    { symbol: 'N', value: net.X.length, means: 'the batch size' },
    { symbol: 'C', value: net.Y[0]!.length, means: 'the number of outputs' },
    { symbol: 'd', value: net.X[0]!.length, means: 'the number of input features' },
  ];
  if (net.learningRate !== undefined) all.push({ symbol: 'η', value: net.learningRate, means: 'the learning rate' });
  return all.filter(({ value }) => value !== 1 && value !== 2);
}

function rowsSumToZero(a: NdArray): boolean {
  const width = a.shape.at(-1) ?? 1;
  const sums = new Float64Array(a.data.length / width);
  a.data.forEach((v, i) => (sums[Math.floor(i / width)]! += v));
  return sums.every((sum) => Math.abs(sum) <= NEGLIGIBLE * maxAbs(a));
}

/** Every 2×2 minor with the largest entry vanishes. */
function isOuterProduct(a: NdArray): boolean {
  const width = a.shape[1] ?? 1;
  const largest = maxAbs(a);
  if (largest === 0) return true;
  const pivot = a.data.findIndex((v) => Math.abs(v) === largest);
  const [row, col] = [Math.floor(pivot / width), pivot % width];
  return a.data.every((v, i) => {
    const left = a.data[Math.floor(i / width) * width + col]!;
    const up = a.data[row * width + (i % width)]!;
    return Math.abs(v - (left * up) / a.data[pivot]!) <= NEGLIGIBLE * largest;
  });
}
