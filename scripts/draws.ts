/**
 * How often right draws are called wrong, and how often wrong ones are seen: `independenceFault` and `permutationFault` at the
 * sizes at which checks ask. Prints the tables of docs/draws.md. `node scripts/draws.ts [right draws, 100000] [wrong draws, 200]`
 */
import { createRng } from '../assignments/mnist-sigmoid-relu-lab/starter/rng.ts';
import { independenceFault } from '../graders/numerics/independence.ts';
import { defaultRng } from '../graders/numerics/numpy-random.testing.ts';
import { permutationFault } from '../graders/numerics/permutations.ts';
import { createRandom } from '../graders/numerics/random.ts';
import { rightOrders, wrongOrders } from './draws/orders.ts';
import type { Source } from './draws/samples.ts';
import { rightSamples, wrongSamples } from './draws/samples.ts';

const [rightDraws = 100_000, wrongDraws = 200] = process.argv.slice(2).map(Number);
/** Numbers in a sample, and which share of the draws is made of it: long ones take long. */
const lengths = [
  { n: 40, share: 1 },
  { n: 200, share: 1 },
  { n: 2000, share: 0.1 },
] as const;
/** Examples, batch and epochs: descent and numpy, vectors, Boston. */
const designs = [
  { n: 24, batch: 4, epochs: 30 },
  { n: 20, batch: 4, epochs: 16 },
  { n: 200, batch: 32, epochs: 3 },
] as const;

const sources = (seed: number): Source[] => {
  const [xoshiro, given, numpy] = [createRandom(seed), createRng(100 + seed), defaultRng(seed)];
  return [
    { id: "the grader's xoshiro128**", next: () => xoshiro.next() },
    { id: 'the given rng.ts', next: () => given.uniform() },
    { id: 'Math.random of V8 (xorshift128+)', next: () => Math.random() },
    { id: "numpy's PCG64", next: () => numpy.uniform() },
  ];
};

/** Of `count` judgements, how many find a fault. */
const faults = (count: number, judge: () => string | undefined): number =>
  Array.from({ length: count }, judge).filter((fault) => fault !== undefined).length;

const print = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);
const heading = (cells: readonly string[]) => {
  print(cells);
  print(cells.map(() => '---'));
};

console.log(
  `\nRight samples called wrong, of ${rightDraws} (of a tenth at 2000 numbers), by law; all sources in turn\n`,
);
heading(['law', ...lengths.map(({ n }) => `${n} numbers`)]);
for (const { id, draw } of rightSamples) {
  const all = sources(1);
  print([
    id,
    ...lengths.map(({ n, share }) => {
      let turn = 0;
      return faults(rightDraws * share, () => independenceFault(draw(n, all[turn++ % all.length]!.next)));
    }),
  ]);
}

console.log(`\nWrong samples seen, of ${wrongDraws}\n`);
heading(['sample', ...lengths.map(({ n }) => `${n} numbers`)]);
for (const { id, draw } of wrongSamples) {
  const { next } = sources(2)[0]!;
  print([id, ...lengths.map(({ n }) => faults(wrongDraws, () => independenceFault(draw(n, next))))]);
}

const size = ({ n, epochs }: (typeof designs)[number]) => `${n} examples, ${epochs} epochs`;
console.log(`\nRight orders called wrong, of ${rightDraws} (of a tenth at 200 examples); all sources in turn\n`);
heading(['order', ...designs.map(size)]);
for (const { id, draw } of rightOrders) {
  const all = sources(3);
  print([
    id,
    ...designs.map(({ n, batch, epochs }) => {
      let turn = 0;
      const count = n > 100 ? rightDraws / 10 : rightDraws;
      return faults(count, () => permutationFault(draw(n, batch, epochs, all[turn++ % all.length]!.next)));
    }),
  ]);
}

console.log(`\nWrong orders seen, of ${wrongDraws}\n`);
heading(['order', ...designs.map(size)]);
for (const { id, draw } of wrongOrders) {
  const { next } = sources(4)[0]!;
  print([
    id,
    ...designs.map(({ n, batch, epochs }) => faults(wrongDraws, () => permutationFault(draw(n, batch, epochs, next)))),
  ]);
}
