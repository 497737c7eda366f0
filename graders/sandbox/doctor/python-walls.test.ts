/** What the doctor says of Python. */
import { expect, test } from 'vitest';
import { examinePython, pythonText } from './python-walls.ts';

test('without Python, or without a box, it says why, and what still works', async () => {
  expect(pythonText(await examinePython('C')).join()).toContain('level A or A− only. Everything else works without.');
  expect(pythonText(await examinePython('A', '/nowhere')).join()).toMatch(
    /^Programs in Python cannot be run here: .*nowhere/,
  );
  const open = {
    versions: 'Python 3',
    sound: false,
    tried: [{ id: 'x', title: 'write', state: 'hole' as const }],
  };
  expect(pythonText(open)).toEqual([expect.stringContaining('NOT SOUND, 0 of 1'), '  may write: OPEN']);
});
