/** Question 2.1b: pairs of input and target. 2 marks. */
import type { Check } from '../../check.ts';
import type { NdArray, Value } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Reading } from '../../question.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { arrayFrom, inWords, itemsOf, numberOf } from '../../values.ts';
import { noise, pixels, side } from './digits.ts';

interface PairsProbe {
  images: NdArray;
  targets: number[];
}

const paired = (inputs: NdArray, targets: readonly number[]): Answer => ({
  inputs,
  targets: makeArray([targets.length], targets),
});

const reordered = ({ images }: PairsProbe, order: readonly number[]): NdArray =>
  makeArray(
    [order.length, side, side],
    order.flatMap((i) => [...images.data.subarray(i * pixels, (i + 1) * pixels)]),
  );

const places = (n: number) => Array.from({ length: n }, (_, i) => i);

export const pairsProblem: Problem<PairsProbe> = {
  id: '2.1b.pairs',
  title: 'Pairs of input and target',
  precision: 'double',
  probes: (random) =>
    [5, 9].map((count) => {
      const { x, digits } = noise(random.fork(`${count}`), count);
      return { images: makeArray([count, side, side], x.flat()), targets: digits };
    }),
  describe: ({ targets }) => `${targets.length} images with their targets`,
  ask: async (guest, { images, targets }) => ({
    value: (await guest.call({ module: 'data.ts', name: 'toPairs' }, [images, arrayOf(targets)])).value,
  }),
  read: ({ value }) => readPairs(value),
  write: ({ inputs, targets }) => ({
    kind: 'list',
    items: [...targets!.data].map((target, i): Value => ({
      kind: 'list',
      items: [makeArray([side, side], inputs!.data.slice(i * pixels, (i + 1) * pixels)), target],
    })),
  }),
  oracle: ({ images, targets }) => paired(images, targets),
  mistakes: [
    {
      id: 'reversed',
      title: 'targets in reverse order',
      advice: 'Input i belongs to target i.',
      compute: ({ images, targets }) => paired(images, [...targets].reverse()),
    },
    {
      id: 'shifted',
      title: 'every input has the target of the next one',
      advice: 'Input i belongs to target i.',
      compute: ({ images, targets }) => paired(images, [...targets.slice(1), targets[0]!]),
    },
    {
      id: 'sorted',
      title: 'only the targets are sorted',
      advice: 'Keep every input beside its own target; there is nothing to sort here.',
      compute: ({ images, targets }) =>
        paired(
          images,
          [...targets].sort((a, b) => a - b),
        ),
    },
    {
      id: 'one-target',
      title: 'all pairs have the first target',
      advice: 'Take target i for input i.',
      compute: ({ images, targets }) =>
        paired(
          images,
          targets.map(() => targets[0]!),
        ),
    },
    {
      id: 'last-lost',
      title: 'the last pair is missing',
      advice: 'Run through all examples, the last one too.',
      compute: (p) => paired(reordered(p, places(p.targets.length - 1)), p.targets.slice(0, -1)),
    },
    {
      id: 'one-input',
      title: 'all pairs have the last input',
      advice: 'Put a new input into every pair.',
      compute: (p) =>
        paired(
          reordered(
            p,
            p.targets.map(() => p.targets.length - 1),
          ),
          p.targets,
        ),
    },
  ],
};

function readPairs(value: Value): Reading {
  const says = 'toPairs should return a list with one pair [input, target] for each example.';
  const items = itemsOf(value);
  if (items === undefined) return { misread: { says, yours: inWords(value) } };
  const inputs: number[] = [];
  const targets: number[] = [];
  for (const item of items) {
    const [first, second, ...rest] = itemsOf(item) ?? [];
    const input = arrayFrom(first);
    const target = numberOf(second);
    if (input?.data.length !== pixels || target === undefined || rest.length > 0) {
      return { misread: { says, yours: `an entry that is ${inWords(item)}` } };
    }
    inputs.push(...input.data);
    targets.push(target);
  }
  return { answer: paired(makeArray([items.length, side, side], inputs), targets), notes: [] };
}

export const checks: Check[] = [
  {
    id: '2.1b.pairs',
    task: '2.1b',
    title: 'toPairs puts every input beside its target, in order',
    asks: 'toPairs of 5 and of 9 images with targets.',
    points: 2,
    problems: [pairsProblem],
    run: async (desk) =>
      firstWrong(await evaluate(desk, pairsProblem), { inputs: 'The list of inputs', targets: 'The list of targets' }),
  },
];
