/** An interpreter with numpy where every user may read it: the one that is used here may lie in somebody's home. */
import { cp, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setUpEnvironment } from '../../graders/runtimes/python/environment.ts';
import { findPython } from '../../graders/runtimes/python/find-python.ts';

/** Copies it into `folder`; what has to stand in the environment for it to be found, empty where there is none. */
export async function pythonForAll(folder: string): Promise<Record<string, string>> {
  const found = await findPython(['numpy'], await setUpEnvironment(['numpy'])).catch(() => undefined);
  if (found === undefined) return {};
  const [bin, lib] = [join(folder, 'bin'), join(folder, 'lib')];
  const home = join(lib, basename(found.stdlib));
  await mkdir(bin, { recursive: true });
  await cp(found.binary, join(bin, 'python3'));
  const wanted = (path: string) => !/[\\/](test|__pycache__|site-packages|idlelib|ensurepip)$/.test(path);
  await cp(found.stdlib, home, { recursive: true, dereference: true, filter: wanted });
  for (const { parts } of found.packages) {
    for (const [from, name] of parts)
      await cp(join(from, name), join(home, 'site-packages', name), { recursive: true, dereference: true });
  }
  // Its own library, where it is not one file.
  const beside = dirname(dirname(await realpath(found.binary)));
  await cp(join(beside, 'lib'), lib, {
    recursive: true,
    filter: (path) => path === join(beside, 'lib') || /libpython[^/]*\.so/.test(basename(path)),
  });
  return { PATH: `${bin}:/usr/bin:/bin`, LD_LIBRARY_PATH: lib };
}
