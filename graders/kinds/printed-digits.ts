/** Numbers that a program rounded when it printed them, as sheets have it print a loss: what the digits leave open. */

/** From so many decimals on a sheet takes a printed number, and up to so many digits are what somebody would print. */
const [fewest, most] = [4, 8];

/**
 * By how much numbers may be off because they came with so few decimals: half a unit of the last one that any of them has;
 * nothing where they have all digits that there are.
 *
 * `0.9740` and `0.97398` say the same loss; whoever prints fewer than four decimals has not said which one it is.
 */
export function leftOpen(numbers: readonly number[]): number {
  const decimals = Math.max(fewest, ...numbers.filter((number) => Number.isFinite(number)).map(decimalsOf));
  return decimals > most ? 0 : 0.5 * 10 ** -decimals;
}

/** Decimals of the shortest text that is this number. */
function decimalsOf(number: number): number {
  const [digits = '', exponent = '0'] = String(number).split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
}
