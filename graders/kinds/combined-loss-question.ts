/** A loss may be combined with the softmax before it: what the program says of that, beside a gradient. */
import type { Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { Answer, Reading } from '../question.ts';
import { unlessStopped } from '../stopped.ts';
import { arrayFrom, fieldOf, record } from '../values.ts';
import { make } from './layer-objects.ts';
import { readOne } from './named-arrays.ts';

/** Whether the student's CCE says that its gradient goes through the softmax already; one that does not run says nothing. */
export const saysCombined = (guest: Guest): Promise<boolean> =>
  unlessStopped(async () => {
    const { id } = await make(guest, 'CCE');
    // A static field says it as well; an object that was made without a class has none.
    const both = await unlessStopped(() => guest.getAll(id, ['combined', 'constructor.combined']), undefined);
    return (both ?? [await guest.get(id, 'combined')]).includes(true);
  }, false);

/** Whether a program says `combined`, as a number of an answer: 2 for yes, 1 for no, never 0, so that an error has a scale. */
export const flag = (combined: boolean): NdArray => makeArray([], [combined ? 2 : 1]);

/** A gradient of this name and shape, read beside `combined`; and such an answer as it would come back. */
export const besideCombined = (name: string, call: string) => ({
  read(value: Value, shape: readonly number[]): Reading {
    const read = readOne(name, fieldOf(value, name), shape, call);
    if ('misread' in read) return read;
    return { ...read, answer: { ...read.answer, combined: arrayFrom(fieldOf(value, 'combined'))! } };
  },
  write: (answer: Answer): Value => record({ [name]: answer[name], combined: answer['combined'] }),
});
