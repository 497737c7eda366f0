/** A notebook that is named by itself: what lies beside it is no part of it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAssignment } from '../assignment/load-assignment.ts';
import { packageRoot } from '../package-root.ts';
import { findHandedIn } from './receive.ts';
import { handInFolder } from './receive.testing.ts';

const { at, write } = handInFolder();

test('a notebook is a submission, whatever lies beside it; another file is none', async () => {
  const assignment = await loadAssignment(join(packageRoot, 'assignments', 'numpy-mlp-digits'));
  await write({
    'My work (2).ipynb': '{"nbformat":4,"cells":[]}',
    'softmax.py': 'x = 1',
    'notes.txt': '',
  });
  const [found, ...more] = await findHandedIn(at('My work (2).ipynb'), {
    assignment,
  });
  expect(more).toEqual([]);
  expect(await found!.read()).toMatchObject({
    language: 'python',
    files: [{ path: 'notebook.ipynb', text: '{"nbformat":4,"cells":[]}' }],
  });
  await expect(findHandedIn(at('notes.txt'), { assignment })).rejects.toThrow('is neither a folder nor a .zip');
});
