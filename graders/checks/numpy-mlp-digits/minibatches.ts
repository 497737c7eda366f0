/** Questions 2.1g and 2.1h: a generator that shuffles, and its mini-batches. 5 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { sameShape } from '../../numerics/arrays.ts';
import { inWords } from '../../values.ts';
import { classes, pixels } from './digits.ts';
import type { Example } from './epoch.ts';
import { classOf, partsOf } from './epoch.ts';
import { count, epochOf, ids, judgeOrder, threeEpochs } from './minibatch-order.ts';
import { unlessStopped } from '../../stopped.ts';

export const checks: Check[] = [
  {
    id: '2.1g.all',
    task: '2.1g',
    title: 'Every example comes once in an epoch',
    asks: 'Three epochs of minibatches over 24 planted examples, in mini-batches of 6.',
    points: 1,
    run: judgeAll,
  },
  {
    id: '2.1g.pairs',
    task: '2.1g',
    title: 'Inputs and targets stay together',
    asks: 'Three epochs over 24 planted examples whose target can be read off the input.',
    points: 1,
    run: judgePairs,
  },
  {
    id: '2.1g.order',
    task: '2.1g',
    title: 'Every epoch has a new order',
    asks: 'The orders of three epochs, whether the first is the order of the data; and 30 more, as random orders drawn with `rng`.',
    points: 1,
    run: judgeOrder,
  },
  {
    id: '2.1h.sizes',
    task: '2.1h',
    title: 'Mini-batches have the size that was asked for, as rows of 64 inputs and rows of 10 targets',
    asks: 'minibatches over 23 examples with sizes 5, 8 and 23, over 4 examples with size 6 and over 3 with size 1.',
    points: 2,
    run: judgeSizes,
  },
];

async function judgeAll(desk: Desk): Promise<Judgement> {
  for (const epoch of await threeEpochs(desk)) {
    if (epoch.examples.length === 0) return fail({ says: epoch.trouble ?? 'The generator yields no examples.' });
    const seen = new Set(ids(epoch));
    if (seen.has(-1)) {
      return fail({
        says: 'Some inputs are none of the examples that were given.',
        hint: 'Hand the inputs on as they are.',
      });
    }
    const missing = count - seen.size;
    if (missing > 0 || epoch.examples.length !== count) {
      return fail({
        says: 'An epoch does not hold every example exactly once.',
        yours: `${epoch.examples.length} examples, ${seen.size} different ones`,
        expected: `${count}, all different`,
        hint: 'Shuffle the indices and go through them once: drawing at random each time repeats some and misses others.',
      });
    }
  }
  return pass();
}

async function judgePairs(desk: Desk): Promise<Judgement> {
  for (const epoch of await threeEpochs(desk)) {
    if (epoch.examples.length === 0) return fail({ says: epoch.trouble ?? 'The generator yields no examples.' });
    const torn = epoch.examples.find(({ id, label }: Example) => id < 0 || label !== classOf(id));
    if (torn !== undefined) {
      return fail({
        says: 'An input has lost its target.',
        yours: torn.label === undefined ? 'no target beside it' : `the target of another example (class ${torn.label})`,
        hint: 'Shuffle the pairs, or one list of indices for both: inputs and targets that are shuffled separately no longer belong together.',
      });
    }
  }
  return pass();
}

async function judgeSizes(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const notes = new Set<string>();
  for (const [n, size] of [
    [23, 5],
    [23, 8],
    [23, 23],
    [4, 6],
    [3, 1],
  ] as const) {
    const asked = `${n} examples, mini-batches of ${size}`;
    const batches = await epochOf(guest, n, size, { kind: 'rng', seed: 21 });
    const rows: number[] = [];
    for (const batch of batches) {
      const [inputs, targets] = partsOf(batch);
      if (inputs === undefined || targets === undefined) {
        const says = 'A mini-batch should be { inputs, targets }, each with one row of numbers for every example.';
        return fail({ says, asked, yours: inWords(batch) });
      }
      const rowsHere = inputs.data.length / pixels;
      if (!hasRows(inputs, pixels) || !hasRows(targets, classes) || targets.data.length / classes !== rowsHere) {
        return fail({
          says: 'The arrays of a mini-batch have the wrong shape.',
          asked,
          yours: `inputs ${inputs.shape.join('×')}, targets ${targets.shape.join('×')}`,
          expected: `${size}×${pixels} and ${size}×${classes}`,
        });
      }
      rows.push(rowsHere);
    }
    const full = Math.floor(n / size);
    const rest = n % size;
    const kept = [...new Array<number>(full).fill(size), ...(rest > 0 ? [rest] : [])];
    const dropped = kept.slice(0, full);
    if (rows.join() !== kept.join() && rows.join() !== dropped.join()) {
      return fail({
        says: 'The mini-batches do not have the size that was asked for.',
        asked,
        yours: rows.join(', ') || 'none',
        expected: rest > 0 ? `${kept.join(', ')} (the last may be left out)` : kept.join(', '),
      });
    }
    if (rest > 0)
      notes.add(
        rows.length > full ? 'The last, smaller mini-batch is kept.' : 'The last, smaller mini-batch is left out.',
      );
  }
  return pass({ notes: [...notes] });
}

/** (rows, width), also as (rows, 1, width). */
const hasRows = (array: { shape: readonly number[]; data: { length: number } }, width: number): boolean => {
  const rows = array.data.length / width;
  return sameShape(array.shape, [rows, width]) || sameShape(array.shape, [rows, 1, width]);
};

/** Whether shuffling and mini-batches are right: what builds on them may have been misled otherwise. */
export const minibatchesRight = (desk: Desk): Promise<boolean> =>
  unlessStopped(async () => {
    const judgements = [await judgeAll(desk), await judgePairs(desk), await judgeSizes(desk)];
    return judgements.every(({ earned }) => earned === 1);
  }, false);
