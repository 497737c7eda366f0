import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { submissionOf } from './audit/fixtures.ts';
import { openCoursework } from './coursework.ts';
import { lazyPython } from './lazy-python.ts';
import { packageRoot } from './package-root.ts';

test('a submission is accepted by what the interpreter says of itself: nothing is staged before a check asks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gradmark-lazy-'));
  // An interpreter that says what it is, and of which nothing can be copied.
  const numpy = { name: 'numpy', version: '2.0', folder, parts: [] };
  const nowhere = join(folder, 'nowhere');
  const says = { version: '3.12.0', packages: [numpy], binary: nowhere, stdlib: nowhere, dynload: nowhere };
  const interpreter = join(folder, 'python3');
  await writeFile(interpreter, `#!/bin/sh\necho '${JSON.stringify(says)}'\n`);
  await chmod(interpreter, 0o755);
  const coursework = await openCoursework(join(packageRoot, 'assignments/numpy-mlp-digits'));
  const python = lazyPython(coursework, interpreter, 1, undefined);
  const submission = { ...submissionOf('ann', [{ path: 'softmax.py', text: '' }]), language: 'python' as const };
  expect(await python.refuses(submission, 'A')).toBeUndefined();
  await expect(python.place()).rejects.toThrow('ENOENT');
  await python.close();
  await rm(folder, { recursive: true });
});
