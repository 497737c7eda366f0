import { expect, test } from 'vitest';
import { meantInstead } from './meant-file.ts';

const paths = new Set(['q3c.ts', 'q3d.ts', 'lib/helpers.ts', 'own.js']);

test.each([
  ['./Q3c', "; did you mean './q3c'? The file is called q3c.ts, and capitals count"],
  ['./q3c/q3c', "; did you mean './q3c'? The file is called q3c.ts, and folders count"],
  ['./helpers.ts', "; did you mean './lib/helpers'? The file is called lib/helpers.ts, and folders count"],
  ['./lib/helper', "; did you mean './lib/helpers'? The file is called lib/helpers.ts, and every letter counts"],
  ['./q4c', ''],
  ['./q3e', ''],
  ['./q3d', ''],
])('%s', (specifier, words) => {
  expect(meantInstead('q3d.ts', specifier, paths)).toBe(words);
});

test('from a folder the way leads up first', () => {
  expect(meantInstead('lib/helpers.ts', './Own', paths)).toBe(
    "; did you mean '../own'? The file is called own.js, and capitals count",
  );
});
