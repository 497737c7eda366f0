/** A class with one pair of similar programs and one person who was not compared. */
import type { Similarity } from '../graders/similarity/compare.ts';

const module = (path: string, name: string) => ({
  path,
  lines: Array.from(
    { length: 30 },
    (_, i) => `  const ${name}${i} = someFunctionOfALongName(${name}, ${i}); // and so on`,
  ),
  shape: { tokens: [], places: [] },
});

export const sampleSimilarity: Similarity = {
  compared: 12,
  more: 3,
  leftOut: [{ id: 'noor-k', why: 'has fewer than 300 nodes in modules that are not short' }],
  pairs: [
    {
      left: { id: 'ada-l', modules: [module('q1a.ts', 'weights')] },
      right: { id: 'a-very-long-name-of-somebody', modules: [module('q1a.js', 'w'), module('helpers.js', 'v')] },
      ...{ share: 0.913, common: 41, heldBy: 2.1 },
      fragments: [
        { left: { module: 0, from: 3, to: 9 }, right: { module: 1, from: 20, to: 25 } },
        { left: { module: 0, from: 20, to: 22 }, right: { module: 0, from: 1, to: 4 } },
      ],
    },
  ],
};
