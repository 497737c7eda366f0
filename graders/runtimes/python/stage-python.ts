/** Stages Python: interpreter, standard library, packages and guest where the sandbox's user can read them, compiled beforehand. */
import { cp, mkdir, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTools, librariesOf } from '../../sandbox/contain/host-tools.ts';
import { cacheFolder } from '../../sandbox/stage/cache-folder.ts';
import { digest, once } from '../../sandbox/stage/sealed-folder.ts';
import { stageGuest, type StagedRuntime } from '../../sandbox/stage/stage.ts';
import { deviceMounts, writeDeviceFiles } from './device-files.ts';
import { setUpEnvironment } from './environment.ts';
import { findPython, type FoundPackage, type FoundPython } from './find-python.ts';
import { copyCompiled } from './compiled-copies.ts';
import { HOME, PACKAGES, pythonProcess } from './process.ts';

export interface PythonRuntime extends StagedRuntime {
  /** `Python 3.11.7, numpy 2.4.6` */
  versions: string;
}

/** Another one whenever what is copied, or how, is another. */
const LAYOUT = 4;

const guest = join(dirname(fileURLToPath(import.meta.url)), 'guest');

/** Stages the guest beside these packages of the interpreter, for a class or not; throws NoPython where there is no usable one. */
export async function stagePython(
  packages: readonly string[],
  command?: string,
  forMany = false,
): Promise<PythonRuntime> {
  const found = await chosenPython(packages, command);
  const interpreter = await stageInterpreter(found);
  const site = packages.length === 0 ? undefined : await stagePackages(found, interpreter);
  const staged = { interpreter, ...(site && { packages: site }), names: packages };
  const devices = site === undefined ? [] : await deviceMounts(site);
  const process = pythonProcess({ ...staged, devices, forMany });
  const base = await stageGuest({
    binary: found.binary,
    entry: 'main.py',
    closesItself: true,
    fingerprint: async () => digest(found.version, ...(await guestTexts())),
    write: (into) =>
      copyCompiled(found.binary, [{ from: guest, to: into, withSource: true }], { into, seenAt: '/app' }),
  });
  return {
    ...base,
    libraries: [...new Set([...base.libraries.filter(isOfSystem), ...(await systemLibraries(interpreter, site))])],
    processFor: () => process,
    hasTensors: (imports) => imports.length > 0,
    versions: versionsOf(found),
  };
}

/** What programs would be run by, as `stagePython` says it, found out once; throws NoPython where there is no usable one. */
export function pythonVersions(packages: readonly string[], command = ''): Promise<string> {
  const asked = [command, ...packages].join('\n');
  const known = versions.get(asked) ?? chosenPython(packages, command || undefined).then(versionsOf);
  versions.set(asked, known);
  return known;
}
const versions = new Map<string, Promise<string>>();

/** What is named, or else what was set up, or else what is on PATH. */
const chosenPython = async (packages: readonly string[], command?: string): Promise<FoundPython> =>
  findPython(packages, command ?? (await setUpEnvironment(packages)));

const versionsOf = ({ version, packages }: FoundPython): string =>
  [`Python ${version}`, ...packages.map((it) => `${it.name} ${it.version}`)].join(', ');

/** Others lie where the sandbox's user may not read; copies of them are staged. */
const isOfSystem = (path: string): boolean => /^\/(usr\/)?lib/.test(path);

const guestTexts = async (): Promise<string[]> => {
  const names = (await readdir(guest)).filter((name) => name.endsWith('.py')).sort();
  return Promise.all(names.map(async (name) => `${name}\n${await readFile(join(guest, name), 'utf8')}`));
};

async function stageInterpreter(found: FoundPython): Promise<string> {
  const { mtimeMs, size } = await stat(found.binary);
  const name = `python-${digest(LAYOUT, found.binary, found.version, size, mtimeMs)}`;
  return once(await cacheFolder(), name, async (into) => {
    const home = join(into, 'lib', `python${found.version.split('.').slice(0, 2).join('.')}`);
    const beside = found.dynload.startsWith(`${found.stdlib}/`)
      ? []
      : [{ from: found.dynload, to: join(home, 'lib-dynload') }];
    await copyCompiled(found.binary, [{ from: found.stdlib, to: home }, ...beside], { into, seenAt: HOME });
    await keepLibraries(into, [found.binary]);
  });
}

async function stagePackages(found: FoundPython, interpreter: string): Promise<string> {
  const about = await Promise.all(
    found.packages.map(async (it) => [it.name, it.version, it.folder, await changedAt(it)]),
  );
  return once(await cacheFolder(), `packages-${digest(interpreter, JSON.stringify(about))}`, async (into) => {
    const parts = new Map(
      found.packages.flatMap((it) => it.parts).map(([folder, name]) => [join(into, name), join(folder, name)]),
    );
    const copies = [...parts].map(([to, from]) => ({ from, to, withSource: readsItself.has(basename(to)) }));
    await copyCompiled(found.binary, copies, { into, seenAt: PACKAGES });
    await keepLibraries(into, []);
    await writeDeviceFiles(
      found.packages.map((it) => it.name),
      into,
    );
  });
}

/** Libraries that read their own source while they are imported. */
const readsItself = new Set(['torch', 'torchgen']);

const changedAt = async ({ folder, name }: FoundPackage): Promise<number> => (await stat(join(folder, name))).mtimeMs;

/** What every extension module below `into` loads from the system, and copies of what lies where others cannot read. */
async function keepLibraries(into: string, binaries: readonly string[]): Promise<void> {
  const own = (await readdir(into, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.so(\.|$)/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const needed = await librariesOf([...binaries, ...own], findTools());
  const outside = needed.filter((path) => !path.startsWith(`${into}/`));
  const system = outside.filter(isOfSystem);
  for (const path of outside.filter((other) => !system.includes(other))) {
    await mkdir(join(into, 'lib', 'shared'), { recursive: true });
    await cp(await realpath(path), join(into, 'lib', 'shared', basename(path)));
  }
  await writeFile(join(into, 'libraries.json'), JSON.stringify(system));
}

async function systemLibraries(...folders: (string | undefined)[]): Promise<string[]> {
  const lists = await Promise.all(
    folders.flatMap((folder) => (folder === undefined ? [] : [readFile(join(folder, 'libraries.json'), 'utf8')])),
  );
  return lists.flatMap((text) => JSON.parse(text) as string[]);
}
