import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyInstalled } from './installed.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-site-'));
});
afterEach(() => rm(folder, { recursive: true }));

const files = {
  'tensorflow/libtensorflow_cc.so.2': 'one library',
  'tensorflow/libtensorflow_framework.so.2': 'the other',
  'tensorflow/include/tensorflow/c/c_api.h': '// c',
  'tensorflow/python/training/adam.py': 'not needed',
};

/** A folder of packages with these files, and a record of them. */
async function sitePackages(held: Record<string, string>): Promise<void> {
  const record: string[] = [];
  for (const [name, text] of Object.entries(held)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
    record.push(`${name},sha256=${createHash('sha256').update(text).digest('base64url')},${text.length}`);
  }
  await mkdir(join(folder, 'tensorflow_cpu-2.15.1.dist-info'), { recursive: true });
  await writeFile(join(folder, 'tensorflow_cpu-2.15.1.dist-info', 'RECORD'), `${record.join('\n')}\n`);
}

const copy = () => copyInstalled({ folder, version: '2.15.1' }, join(folder, 'lib'), join(folder, 'headers'));

it('takes libraries and headers out of an environment as out of a wheel', async () => {
  await sitePackages(files);
  expect(await copy()).toBe(true);
  expect(await readFile(join(folder, 'lib/libtensorflow_cc.so.2'), 'utf8')).toBe('one library');
  expect(await readFile(join(folder, 'headers/tensorflow/c/c_api.h'), 'utf8')).toBe('// c');
});

it('leaves an environment whose TensorFlow has no C library, or is of another version', async () => {
  const { 'tensorflow/libtensorflow_cc.so.2': _, ...older } = files;
  await sitePackages(older);
  expect(await copy()).toBe(false);
  expect(await copyInstalled({ folder, version: '2.16.0' }, folder, folder)).toBe(false);
});

it('refuses files that are not those of the record', async () => {
  await sitePackages(files);
  await writeFile(join(folder, 'tensorflow/libtensorflow_cc.so.2'), 'another library');
  await expect(copy()).rejects.toThrow(/libtensorflow_cc.so.2 in .* is not what was installed/);
});
