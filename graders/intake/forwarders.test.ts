import { expect, test } from 'vitest';
import { forwardersOf } from './forwarders.ts';

test('a program forwards from where it lay, data is there twice, a text is not imported', () => {
  expect(
    forwardersOf([
      { path: 'q1.ts', text: 'a', handedInAs: 'Q1.ts', knownAs: 'Q1.ts' },
      { path: 'help.ts', text: 'b', knownAs: 'part/one/help.ts' },
      { path: 'w.json', text: '[1]', knownAs: 'src/w.json' },
      { path: 'notes.md', text: 'c', knownAs: 'src/notes.md' },
      { path: 'q2.ts', text: 'd' },
    ]),
  ).toEqual([
    { path: 'Q1.ts', text: 'module.exports = require("./q1.ts");\n' },
    { path: 'part/one/help.ts', text: 'module.exports = require("../../help.ts");\n' },
    { path: 'src/w.json', text: '[1]' },
  ]);
});

test('a file that is really there is not replaced', () => {
  expect(
    forwardersOf([
      { path: 'q1.ts', text: '', knownAs: 'Q1.ts' },
      { path: 'Q1.ts', text: '' },
    ]),
  ).toEqual([]);
});
