/**
 * Makes the order of a dataset's shuffle follow from Math.random, which the grader seeds: where a program gives no seed, the
 * package takes the time of day, and the same program would be told other things each time that it is graded.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const ofTheClock = 'tf.util.now().toString()';

/** Throws where the package no longer says what is replaced, so that another version is noticed. */
export const seededShuffle: Plugin = {
  name: 'seeded-shuffle',
  setup(build) {
    build.onLoad({ filter: /tfjs-data[\\/]dist[\\/](dataset|iterators[\\/]lazy_iterator)\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes(ofTheClock)) throw new Error(`${path} no longer seeds a shuffle with ${ofTheClock}.`);
      return { contents: text.replaceAll(ofTheClock, 'Math.random().toString()') };
    });
  },
};
