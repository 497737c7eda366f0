import { expect, test } from 'vitest';
import type { Guest } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { arrayFrom } from '../values.ts';
import type { MakeObject } from './asked-again.ts';
import { askedAgain, saysKept } from './asked-again.ts';

/** An object that is asked for twice a number. */
type Make = MakeObject<number>;

const guest = { precision: 'single' } as Guest;

const questionOf = (make: Make, elsewhere?: (probe: number) => number) =>
  askedAgain(
    {
      id: 'double',
      title: 'Twice a number',
      precision: 'single' as const,
      describe: String,
      read: ({ value }) => ({ answer: { y: arrayFrom(value)! }, notes: [] }),
      write: ({ y }) => y,
    },
    make,
    (probe) => probe + 1,
    elsewhere,
  );

/** What is said of an object that is asked for twice 5. */
async function saidOf(make: Make, elsewhere?: (probe: number) => number): Promise<string | undefined> {
  const question = questionOf(make, elsewhere);
  const reading = question.read(await question.ask(guest, 5), 5);
  if (!('answer' in reading)) throw new Error('nothing was read');
  const kept = reading.misreads?.['y'];
  expect(kept === undefined || saysKept(kept)).toBe(true);
  if (kept === undefined) expect([...reading.answer['y']!.data]).toEqual([10]);
  return kept?.says;
}

const answering =
  (next: (probe: number, earlier: readonly number[]) => number): Make =>
  async () => {
    const earlier: number[] = [];
    return (probe) => {
      earlier.push(probe);
      return Promise.resolve({ value: arrayOf(next(probe, earlier)) });
    };
  };

test('an object that answers every call by itself is read as it answers, with other weights before or without', async () => {
  expect(await saidOf(answering((probe) => 2 * probe))).toBeUndefined();
  expect(
    await saidOf(
      answering((probe) => 2 * probe),
      (probe) => -probe,
    ),
  ).toBeUndefined();
});

test.each<[string, Make]>([
  ['a sum that grows', answering((_, earlier) => 2 * earlier.reduce((sum, v) => sum + v, 0))],
  ['the answer to the call before', answering((_, earlier) => 2 * (earlier.at(-2) ?? earlier.at(-1)!))],
  ['the first answer of all', answering((_, earlier) => 2 * earlier[0]!)],
])('%s is seen', async (_, make) => {
  expect(await saidOf(make)).toMatch(/worked on another input/);
  expect(await saidOf(make, (probe) => -probe)).toMatch(/worked (on another input|with other weights)/);
});
