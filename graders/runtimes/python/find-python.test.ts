/** Which Python runs programs, and what is told where none can. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPython } from './find-python.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-find-python-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A virtual environment whose interpreter says this of itself. */
async function environment(says: object): Promise<string> {
  await mkdir(join(folder, 'bin'));
  const python = join(folder, 'bin', 'python');
  await writeFile(python, `#!/bin/sh\necho '${JSON.stringify(says)}'\n`);
  await chmod(python, 0o755);
  return folder;
}

test('an environment is named by its folder, and what it has is what it says', async () => {
  const says = {
    binary: '/b',
    version: '3.12.1',
    stdlib: '/s',
    dynload: '/d',
    packages: [{ name: 'numpy', version: '2' }],
  };
  expect(await findPython(['numpy'], await environment(says))).toEqual(says);
});

test('an older Python, one without the packages, and none at all are told with what to do', async () => {
  const place = await environment({ version: '3.9.2', packages: [] });
  await expect(findPython([], place)).rejects.toThrow(
    /is Python 3\.9\.2; programs are run by Python 3\.11 or newer\.$/,
  );
  await rm(join(folder, 'bin'), { recursive: true });
  await environment({ version: '3.11.0', packages: [] });
  await expect(findPython(['numpy'], place)).rejects.toThrow(/has no numpy\. Run "gradmark python setup"/);
  await expect(findPython([], join(folder, 'nowhere'))).rejects.toThrow(
    /nowhere cannot be used as Python: there is no such program\.$/,
  );
  await expect(findPython([], '/bin/sh')).rejects.toThrow(
    /^\/bin\/sh cannot be used as Python: it ended with \d+ and said .*\.$/,
  );
});
