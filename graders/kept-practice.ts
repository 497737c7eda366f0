/**
 * What a problem asks and what is right there, from one check of one's own work to the next: it follows from the seed that everybody
 * practises with, which is no secret, and from the program alone.
 */
import { bytesOf, valueOf } from './kept-values.ts';
import { keepBytes, knownBytes } from './remembered.ts';

/** What has this name, as it was kept; or made here, and kept if it is proven that a copy of it serves. */
export type Kept = <T>(name: string, make: () => T, serves: (copy: T, made: T) => boolean) => T;

/** Several hundred thousand numbers. */
const mostBytes = 8_000_000;

/** For the practice of one coursework of this program, at one seed. */
export const keptPractice =
  (slug: string, seed: number): Kept =>
  (name, make, serves) => {
    const of = `practice ${slug} ${seed} ${name}`;
    const known = knownBytes(of);
    if (known !== undefined) return valueOf(known) as ReturnType<typeof make>;
    const made = make();
    const bytes = bytesOf(made);
    if (bytes !== undefined && bytes.length <= mostBytes && serves(valueOf(bytes) as typeof made, made))
      keepBytes(of, bytes);
    return made;
  };
