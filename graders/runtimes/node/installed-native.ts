/**
 * tfjs-node as npm has installed it: its binding and TensorFlow, and our own bundle of its kernels, which runs where the package
 * itself no longer does. Taken into the cache once; a copy that cannot be loaded is left, and why is kept.
 */
import { cp, mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileIdentity } from '../../sandbox/contain/host-tools.ts';
import { digest, once } from '../../sandbox/stage/sealed-folder.ts';
import { BINDING, NATIVE_ENV, NATIVE_NAME, TFJS_NODE_VERSION } from './native-names.ts';

/** What was made of an installed copy, or why nothing was. */
interface Adopted {
  /** The folder of the installed package. */
  from: string;
  /** The folder in the cache. */
  place: string;
  because?: string;
}

/** Where npm has installed the package for whoever runs this; null where it has not. */
export function installedPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json'));
  } catch {
    return null;
  }
}

/** The copy at `from`, made ready under `base`; the first time takes seconds. */
export async function adoptInstalled(base: string, from: string): Promise<Adopted> {
  const { binding = '', libraries } = await filesOf(from);
  const parts = [join(from, 'package.json'), binding, ...libraries.map(([, path]) => path)];
  const name = `${NATIVE_NAME}-npm-${digest(JSON.stringify(parts.map((path) => [path, ...fileIdentity(path)]))).slice(0, 12)}`;
  const place = await once(base, name, async (into) => {
    const about = await takeOver(from, into).catch((error: Error) => ({ because: error.message }));
    await writeFile(join(into, 'about.json'), `${JSON.stringify({ tfjsNode: TFJS_NODE_VERSION, from, ...about })}\n`);
  });
  const { because } = JSON.parse(await readFile(join(place, 'about.json'), 'utf8')) as { because?: string };
  return { from, place, ...(because === undefined ? {} : { because }) };
}

/** Copies and bundles; throws with a reason where the copy is not whole or does not run here. */
async function takeOver(from: string, into: string): Promise<{ tensorflow: string }> {
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { version: string };
  if (version !== TFJS_NODE_VERSION) throw new Error(`it is ${version}, and ${TFJS_NODE_VERSION} is needed`);
  const { binding, libraries } = await filesOf(from);
  if (binding === undefined || libraries.length === 0)
    throw new Error('it has no binding or no TensorFlow: its install script could not fetch them');
  const lib = join(into, 'lib');
  await mkdir(lib);
  await writeFile(join(lib, BINDING), lookingBeside(await readFile(binding)));
  for (const [name, path] of libraries) await cp(await realpath(path), join(lib, name));
  const tensorflow = await triedOut(lib);
  const { bundleKernels, writeSeedBytes } = await import('./native-parts.ts');
  await writeSeedBytes(lib);
  await bundleKernels(from, join(into, 'kernels.cjs'));
  return { tensorflow };
}

/** The binding as it looks for TensorFlow beside itself, and not at the place in the package: the path in it gets shorter. */
function lookingBeside(binding: Buffer): Buffer {
  const [place, beside] = ['$ORIGIN/../../deps/lib', '$ORIGIN'];
  const at = binding.indexOf(`${place}\0`);
  return at < 0
    ? binding
    : Buffer.from(binding)
        .fill(0, at, at + place.length)
        .fill(beside, at, at + beside.length);
}

/** The version of TensorFlow that a process of its own says it has loaded. */
async function triedOut(lib: string): Promise<string> {
  const script = 'process.stdout.write(String(require(process.argv[1]).TF_Version))';
  const { execa } = await import('execa');
  const { failed, stdout, stderr } = await execa(process.execPath, ['-e', script, join(lib, BINDING)], {
    env: NATIVE_ENV,
    reject: false,
    timeout: 120_000,
  });
  if (failed) throw new Error(`it cannot be loaded (${/^.*Error: (.*)$/m.exec(stderr)?.[1] ?? 'it ended'})`);
  return stdout;
}

/** Its binding, built for the newest of Node's C interfaces, and TensorFlow's libraries by the names that it asks for. */
async function filesOf(from: string): Promise<{ binding?: string; libraries: [name: string, path: string][] }> {
  const built = join(from, 'lib');
  const versions = (await readdir(built).catch(() => [])).filter((name) => /^napi-v\d+$/.test(name));
  const newest = versions.sort((a, b) => Number(b.slice(6)) - Number(a.slice(6)))[0];
  const folder = join(from, 'deps', 'lib');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^libtensorflow[\w.]*\.so\.\d+$/.test(name));
  return {
    ...(newest === undefined ? {} : { binding: join(built, newest, BINDING) }),
    libraries: names.map((name) => [name, join(folder, name)]),
  };
}
