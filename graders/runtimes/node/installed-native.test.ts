/** Copies of tfjs-node that are not what they seem: each is left, with its reason, and what was built here stays in use. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { once } from '../../sandbox/stage/sealed-folder.ts';
import { adoptInstalled } from './installed-native.ts';
import { BINDING, NATIVE_NAME } from './native-names.ts';
import { findNative, nativeWords } from './native.ts';

let base: string;
let from: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'gradmark-installed-'));
  from = join(base, 'package');
  await mkdir(from);
});
afterEach(() => rm(base, { recursive: true }));

const installed = async (version: string, parts: Record<string, string> = {}) => {
  await writeFile(join(from, 'package.json'), JSON.stringify({ version }));
  for (const [path, text] of Object.entries(parts)) {
    await mkdir(join(from, path, '..'), { recursive: true });
    await writeFile(join(from, path), text);
  }
};

test('a copy of another version, one without its binding and one that cannot be loaded are left', async () => {
  await installed('4.21.0');
  expect((await adoptInstalled(base, from)).because).toBe('it is 4.21.0, and 4.22.0 is needed');
  await installed('4.22.0');
  expect((await adoptInstalled(base, from)).because).toMatch(/^it has no binding or no TensorFlow/);
  await installed('4.22.0', { [`lib/napi-v8/${BINDING}`]: 'no library', 'deps/lib/libtensorflow.so.2': 'none' });
  expect((await adoptInstalled(base, from)).because).toMatch(/^it cannot be loaded \(.*(too short|invalid ELF header)/);
});

test('what was built here is used where the installed copy does not work, and both are told', async () => {
  await installed('4.22.0');
  expect(await findNative(base, from)).toBeUndefined();
  await once(base, NATIVE_NAME, (into) => writeFile(join(into, 'about.json'), '{"tensorflow":"2.0.1"}'));
  expect(await findNative(base, from)).toMatchObject({ tensorflow: '2.0.1' });
  expect(await nativeWords(base, null)).toBe('node (TensorFlow 2.0.1, built here)');
  expect(await nativeWords(base, from)).toBe(
    `node (TensorFlow 2.0.1, built here); the copy in ${from} is not used: it has no binding or no TensorFlow: its install script could not fetch them`,
  );
});
