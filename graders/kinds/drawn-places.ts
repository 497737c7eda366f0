/** Different places drawn at random by a seed, e.g. three of forty images: the same for the same seed, and from everywhere. */
import type { Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';

/** Judges six draws of three of forty places by six seeds, and the first of them once more. */
export async function judgePlaces(
  drawWith: (seed: number) => Promise<readonly number[] | undefined>,
): Promise<Judgement> {
  const draws: (readonly number[])[] = [];
  // Six times 3 of 40: that an honest program draws the same three each time has probability below 1e-19.
  for (const seed of [1, 2, 3, 4, 5, 6, 1]) {
    const places = await drawWith(seed);
    if (places === undefined) return fail({ says: 'The samples cannot be read; see the check before.' });
    if (places.length !== 3 || new Set(places).size !== 3) {
      return fail({ says: 'There should be three different images.', yours: `indices ${places.join(', ')}` });
    }
    draws.push(places);
  }
  const drawn = draws.map((places) => places.join(', '));
  if (drawn.at(-1) !== drawn[0]) {
    return fail({ says: 'The same seed gives other images.', yours: `${drawn[0]}, then ${drawn.at(-1)}` });
  }
  if (new Set(drawn).size === 1)
    return fail({ says: 'Every seed gives the same images: draw them at random.', yours: drawn[0]! });
  const says = placesFault(draws.slice(0, -1));
  return says === undefined ? pass() : fail({ says, yours: drawn.slice(0, -1).join('; ') });
}

/** What is not random about six times 3 of 40 places; an honest program is told so with probability below 1e-6. */
function placesFault(draws: readonly (readonly number[])[]): string | undefined {
  const inARow = (draw: readonly number[]) => Math.max(...draw) - Math.min(...draw) === draw.length - 1;
  if (draws.every(inARow)) return 'The images stand in a row: draw each of them at random.';
  const all = draws.flat();
  // 18 of 18 among 17 of 40 places, at either end: 2 · (17/40)^18 = 4e-7.
  return Math.max(...all) < 17 || Math.min(...all) >= 23
    ? 'All images come from one part of the test set: draw from all of it.'
    : undefined;
}
