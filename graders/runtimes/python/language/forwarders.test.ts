import { expect, test } from 'vitest';
import { pythonForwardersOf } from './forwarders.ts';

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
