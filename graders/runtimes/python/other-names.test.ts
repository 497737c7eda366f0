/** Modules that are imported by other names than the grader's for them: those that they had at home, and those with a wrong capital. */
import { describe, expect, test } from 'vitest';
import { pythonForwardersOf } from './language/forwarders.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const handedIn = [
  {
    path: 'layer.py',
    text: 'count = 0\ndef grow():\n    global count\n    count += 1\n    return count\n',
    knownAs: 'Layer.py',
  },
  { path: 'mlp.py', text: 'from Layer import grow\nimport layer\ndef both():\n    return [grow(), layer.grow()]\n' },
  { path: 'wrong.py', text: 'from Mlp import both\ndef ask():\n    return both()\n' },
];
const files = [...handedIn, ...pythonForwardersOf(handedIn)];

describe.skipIf(withoutPython !== undefined)('imports in Python', () => {
  const session = sharedPython(Object.fromEntries(files.map(({ path, text }) => [path, text])));

  test('a module that the grader calls otherwise is one module under both names', async () => {
    const { value } = await session().call({ module: 'mlp.py', name: 'both' }, []);
    expect(value).toMatchObject({ data: Float64Array.of(1, 2) });
  });

  test('a wrong capital is told, with the file that was meant', async () => {
    await expect(session().call({ module: 'wrong.py', name: 'ask' }, [])).rejects.toThrow(
      'Mlp.both is not there while this is graded; did you mean mlp? The file is called mlp.py, and capitals count',
    );
  });
});
