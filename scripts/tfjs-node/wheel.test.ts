import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NotBuilt } from './run.ts';
import { fetchWheel, unpackWheel, versionOf } from './wheel.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-wheel-'));
});
afterEach(() => rm(folder, { recursive: true }));

const files: Record<string, string> = {
  'tensorflow/libtensorflow_cc.so.2': 'one library',
  'tensorflow/libtensorflow_framework.so.2': 'the other',
  'tensorflow/include/tensorflow/c/c_api.h': '// c',
  'tensorflow/include/tensorflow/c/eager/c_api.h': '// eager',
  'tensorflow/include/xla/tsl/c/tsl_status.h': '// status',
  'tensorflow/include/tensorflow/core/platform/ctstring.h': '// string',
  'tensorflow/include/tensorflow/core/graph/graph.h': '// not needed',
  'tensorflow/python/training/adam.py': 'not needed',
};

/** A wheel with these files and a record of them as `recorded` has them. */
async function wheelOf(held: Record<string, string>, recorded = held): Promise<string> {
  const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
  const record = Object.entries(recorded).map(([name, text]) => `${name},sha256=${digest(text)},${text.length}\n`);
  const all = { ...held, 'tensorflow_cpu-2.15.1.dist-info/RECORD': record.join('') };
  const bytes = Object.fromEntries(Object.entries(all).map(([name, text]) => [name, Buffer.from(text)]));
  const path = join(folder, 'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.whl');
  await writeFile(path, zipSync(bytes));
  return path;
}

const unpack = (wheel: string) => unpackWheel(wheel, join(folder, 'lib'), join(folder, 'headers'));

it('takes the two libraries and the headers that the binding includes, and nothing else', async () => {
  const wheel = await wheelOf(files);
  await unpack(wheel);
  expect(versionOf(wheel)).toBe('2.15.1');
  expect(await readFile(join(folder, 'lib/libtensorflow_cc.so.2'), 'utf8')).toBe('one library');
  const written = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(written.filter((entry) => entry.isFile() && !entry.name.endsWith('.whl')).length).toBe(6);
  expect(await readFile(join(folder, 'headers/xla/tsl/c/tsl_status.h'), 'utf8')).toBe('// status');
});

it('refuses a wheel whose files are not those of its record', async () => {
  const wheel = await wheelOf({ ...files, 'tensorflow/libtensorflow_cc.so.2': 'another library' }, files);
  await expect(unpack(wheel)).rejects.toThrow(/libtensorflow_cc.so.2 in .* is not what the wheel's record says/);
});

it('says that a wheel without the C library cannot be used', async () => {
  const { 'tensorflow/libtensorflow_cc.so.2': _, ...older } = files;
  const wheel = await wheelOf(older);
  await expect(unpack(wheel)).rejects.toThrow(NotBuilt);
  await expect(unpack(wheel)).rejects.toThrow(/holds no TensorFlow C library/);
});

it('goes on with the wheel that an interrupted build has left', async () => {
  const wheel = await wheelOf(files);
  expect(await fetchWheel(folder)).toBe(wheel);
});
