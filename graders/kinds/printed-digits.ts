/** Numbers that a program rounded when it printed them, as sheets have it print a loss: what the digits leave open. */
import type { Value } from '../model/guest.ts';
import { itemsOf } from '../values.ts';

/** From so many decimals on a sheet takes a printed number, and up to so many digits are what somebody would print. */
const [fewest, most] = [2, 8];

/**
 * By how much the numbers of a record, or of a list of records, may be off because they were read from what was printed: half a
 * unit of the last decimal that any of them has. Numbers that were returned are the program's own to the last digit, and
 * nothing is left open, whatever they look like.
 *
 * `0.9740` and `0.97398` say the same loss; whoever prints fewer than two decimals has not said which one it is.
 */
export function leftOpen(value: Value): number {
  const items = itemsOf(value) ?? [value];
  const decimals = items.reduce<number>((longest, item) => Math.max(longest, printedDecimals(item)), fewest);
  return decimals > most ? 0 : 0.5 * 10 ** -decimals;
}

/** Without end where the numbers were not printed. */
const printedDecimals = (value: Value): number =>
  typeof value === 'object' && value?.kind === 'record' ? (value.printed ?? Infinity) : Infinity;
