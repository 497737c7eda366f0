import { expect, test } from 'vitest';
import { forwardersOf, pythonForwardersOf } from './forwarders.ts';

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

test('a module of Python is one module under the name that it had at home, too', () => {
  const forwarding = 'import sys\nimport layer as own\nsys.modules[__name__] = own\n';
  expect(
    pythonForwardersOf([
      { path: 'layer.py', text: 'a', handedInAs: 'Layer.py', knownAs: 'Layer.py' },
      { path: 'mlp.py', text: 'b', knownAs: 'src/Mlp.py' },
      { path: 'notebook.ipynb', text: '{}', knownAs: 'homework.ipynb' },
      { path: 'cce.py', text: '', knownAs: 'my-loss.py' },
      { path: 'data.py', text: '' },
    ]),
  ).toEqual([
    { path: 'Layer.py', text: forwarding },
    { path: 'src/Mlp.py', text: forwarding.replace('layer', 'mlp') },
  ]);
});
