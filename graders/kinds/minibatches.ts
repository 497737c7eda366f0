/** Mini-batches from a generator that shuffles: every example once, with its target, in batches of the asked size. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { sameShape } from '../numerics/arrays.ts';
import { inWords } from '../values.ts';
import type { Generator } from './minibatch-order.ts';
import { count, epochOf, threeEpochs } from './minibatch-order.ts';
import type { Example } from './planted-examples.ts';
import { classes, classOf, partsOf, pixels } from './planted-examples.ts';

/** Whether every example comes once in an epoch. */
export async function judgeAll(context: CheckContext, generator: Generator): Promise<Judgement> {
  for (const epoch of await threeEpochs(context, generator)) {
    if (epoch.examples.length === 0) return fail({ says: epoch.trouble ?? 'The generator yields no examples.' });
    const seen = new Set(epoch.examples.map(({ id }) => id));
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

/** Whether inputs and targets stay together. */
export async function judgePairs(context: CheckContext, generator: Generator): Promise<Judgement> {
  for (const epoch of await threeEpochs(context, generator)) {
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

/** Whether mini-batches have the asked sizes and shapes; each of `sizes` is a number of examples with a size. */
export async function judgeSizes(
  context: CheckContext,
  generator: Generator,
  sizes: readonly (readonly [n: number, size: number])[],
): Promise<Judgement> {
  const guest = await context.guest();
  const notes = new Set<string>();
  for (const [n, size] of sizes) {
    const asked = `${n} examples, mini-batches of ${size}`;
    const batches = await epochOf(guest, generator, n, size, { kind: 'rng', seed: 21 });
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
