/** What is copied for a class beside TensorFlow holds what many of its programs load besides, and a program alone does not wait for it. */
import { expect, test } from 'vitest';
import { isNight } from '../../nightly.testing.ts';
import { openCopies } from '../../sandbox/session/copies.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { startHere } from '../../sandbox/session/start-here.ts';
import { besideLibrary, withoutTensorFlow } from './python.testing.ts';

const program = `
import sys
known = [name for name in ("sklearn.model_selection", "sklearn.preprocessing", "sklearn.metrics") if name in sys.modules]
from sklearn.model_selection import train_test_split

def loaded():
    return len(known)

def parted():
    return len(train_test_split(list(range(8)), test_size=0.25)[0])
`;

test.skipIf(!isNight || withoutTensorFlow !== undefined).each([
  ['a class', true, 3],
  ['one program', false, 0],
])('for %s', { timeout: 300_000 }, async (_, forMany, modules) => {
  const packages = ['numpy', 'scipy', 'sklearn', 'tensorflow'];
  const copies = openCopies(startHere);
  const session = await openSession({
    launch: { ...(await besideLibrary(packages, forMany)), copies },
    modules: [{ path: 'p.py', code: program }],
    imports: packages,
  });
  expect((await session.call({ module: 'p.py', name: 'loaded' }, [])).value).toBe(modules);
  expect((await session.call({ module: 'p.py', name: 'parted' }, [])).value).toBe(6);
  await session.close();
  await copies.close();
});
