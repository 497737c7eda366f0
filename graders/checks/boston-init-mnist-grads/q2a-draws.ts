/** Drawing twice from a student's initialiser, so that a rejection can be confirmed on fresh draws. */
import type { Finding, Guest, Value } from '../../model.ts';
import { independenceFault } from '../../numerics/independence.ts';
import type { Variant } from '../../key.ts';
import type { Answered } from '../../question.ts';
import { fieldOf } from '../../values.ts';

export interface DrawProbe {
  /** Units of the input and of every layer. */
  sizes: readonly number[];
  seeds: readonly [number, number];
}

/** A mistake in what is drawn. */
export const known = (
  id: string,
  title: string,
  advice: string,
  compute: Variant<DrawProbe>['compute'],
): Variant<DrawProbe> => ({ id, title, advice, compute });
/** What both of two draws show not to be drawn number by number, of something that `what` names; undefined where one does not. */
export function dependence(what: string, draws: readonly ArrayLike<number>[]): Finding | undefined {
  const fault = independenceFault(draws[0]!);
  // Another draw is searched only where the first one shows something: the search takes time.
  if (fault === undefined || draws.slice(1).some((draw) => independenceFault(draw) === undefined)) return undefined;
  return {
    says: `${what} are not drawn independently of each other: ${fault}.`,
    hint: 'Draw all numbers at once, or every one by itself.',
  };
}
/** A seed for each of the two draws. */
export const seedsOf = (start: number): [number, number] => [1 + start, 2_000_000 + start];
/** A function of q2a.ts. */
export const callIt = async (guest: Guest, name: string, args: Parameters<Guest['call']>[1]) =>
  (await guest.call({ module: 'q2a.ts', name }, args)).value;

/** Both draws as one answer. */
export async function drawTwice(
  seeds: readonly [number, number],
  draw: (seed: number) => Promise<Value>,
): Promise<Answered> {
  return { value: { kind: 'record', entries: { check: await draw(seeds[0]), confirm: await draw(seeds[1]) } } };
}
/** The first draw and the one that confirms it. */
export const bothDraws = ({ value }: Answered): [Value, Value] => [fieldOf(value, 'check'), fieldOf(value, 'confirm')];
/** The answer of a program that makes this of each seed. */
export const inBoth = (seeds: readonly [number, number], make: (seed: number) => Value): Value => ({
  kind: 'record',
  entries: { check: make(seeds[0]), confirm: make(seeds[1]) },
});
