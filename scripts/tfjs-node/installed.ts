/** TensorFlow's C library out of the environment that programs in Python are run with: what is there is not fetched a second time. */
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setUpEnvironment } from '../../graders/runtimes/python/environment.ts';
import { findPython } from '../../graders/runtimes/python/find-python.ts';
import { isLibrary, targetOf, writeHashed } from './wheel.ts';

interface Installed {
  version: string;
  /** Folder that holds the package. */
  folder: string;
}

/** What `gradmark python setup --with tensorflow` has installed; undefined where it has not. */
export async function installedTensorFlow(): Promise<Installed | undefined> {
  const environment = await setUpEnvironment(['tensorflow']);
  if (environment === undefined) return undefined;
  const found = await findPython(['tensorflow'], environment).catch(() => undefined);
  return found?.packages.find(({ name }) => name === 'tensorflow');
}

/** Copies libraries and headers as `unpackWheel` does; false where there is not all of it, and throws where it is not what was installed. */
export async function copyInstalled({ folder, version }: Installed, libraries: string, headers: string) {
  const records = (await readdir(folder)).filter((name) =>
    new RegExp(`^tensorflow(_cpu)?-${version.replaceAll('.', '\\.')}\\.dist-info$`).test(name),
  );
  if (records.length !== 1) return false;
  const record = await readFile(join(folder, records[0]!, 'RECORD'), 'utf8');
  let count = 0;
  for (const [name, digest] of record.split('\n').map((line) => line.trim().split(',') as [string, string?])) {
    const target = targetOf(name, libraries, headers);
    if (target === undefined) continue;
    const found = await writeHashed(createReadStream(join(folder, name)), target);
    if (`sha256=${found}` !== digest) throw new Error(`${name} in ${folder} is not what was installed.`);
    if (isLibrary(name)) count++;
  }
  return count === 2;
}
