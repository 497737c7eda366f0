/**
 * What the verdict of each check depends on besides the submission and the probes, as one hash a check: a verdict of the same hash
 * need not be found again. It covers the module that the check lies in and all that this imports, comments and unused code left
 * out, so that a change to one check grades that check anew and no other.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type BuildResult, type Plugin } from 'esbuild';
import type { Check } from './check.ts';
import type { Coursework } from './coursework.ts';
import { isShipped } from './coursework.ts';
import type { OtherLanguage } from './model/contract.ts';
import { packageRoot } from './package-root.ts';
import { pythonVersions } from './runtimes/python/stage-python.ts';
import { keep, known } from './remembered.ts';
import { importModule } from './own-module.ts';
import { ownModule } from './self-import.ts';

/** What all checks share: how work is read, how programs run, how a judgement becomes a verdict. */
const shared = [
  ...['runner', 'check-context', 'guest-factory', 'drawings', 'intake/receive', 'intake/as-handed-in'],
  'own-words',
];
/** Programs and parts of them that are started by path, which no import tells. */
const started = ['runtimes', 'sandbox/contain', 'sandbox/session', 'sandbox/stage', 'protocol'];

const room = fileURLToPath(new URL('.', import.meta.url));
const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** The hash of every check by its id. */
type Keys = ReadonlyMap<string, string>;

/**
 * The keys for work in a language, found once. Those for work in Python hold the versions of what `python` names, or of the first
 * on PATH: another numpy may answer otherwise. No other work has them asked for, which takes a process for each library.
 */
export function keysFor(coursework: Coursework, python?: string): (language?: OtherLanguage) => Promise<Keys> {
  const { checks, checksFile } = coursework;
  // Where checks were made by a program, the coursework's hash is the key of all. All sources are read for it: only when it is asked for.
  if (checksFile === undefined) return async () => new Map(checks.map(({ id }) => [id, coursework.hash]));
  let judging: Promise<Judging> | undefined;
  const found = new Map<OtherLanguage | undefined, Promise<Keys>>();
  return (language) => {
    judging ??= judgingOf(coursework, checksFile);
    const keys = found.get(language) ?? keysOf(coursework, judging, language, python);
    found.set(language, keys);
    return keys;
  };
}

async function keysOf(
  { checks, given, givenPython, assignment }: Coursework,
  whatJudges: Promise<Judging>,
  language: OtherLanguage | undefined,
  python: string | undefined,
): Promise<Keys> {
  const judging = await whatJudges;
  const common = digest(
    judging.common,
    JSON.stringify([given, assignment.imports, assignment.limits, await versions()]),
    language === undefined
      ? ''
      : JSON.stringify([givenPython, assignment.python, await pythonGuest(), await versionsOf(assignment, python)]),
  );
  const keys = new Map<string, string>();
  for (const check of checks) {
    const task = assignment.tasks.find(({ id }) => id === check.task);
    const needs = (check.needs ?? []).map((id) => keys.get(id) ?? '');
    keys.set(check.id, digest(common, judging.modules[check.id]!, check.id, JSON.stringify(task), ...needs));
  }
  return keys;
}

/** Digests of what all checks share, and of the module of each by its id. */
interface Judging {
  common: string;
  modules: Record<string, string>;
}

/** Those of a shipped coursework follow from everything that judges, and are remembered by the hash of it. */
async function judgingOf({ checks, folder, hash }: Coursework, checksFile: string): Promise<Judging> {
  const of = isShipped(folder) ? `what judges, as ${hash}` : undefined;
  const found = of === undefined ? undefined : (known(of) as Judging | undefined);
  if (found !== undefined) return found;
  const { common, modules, whole } = await bundlesOf(checksFile);
  const moduleOf = (id: string) => modules.find(({ exports }) => exports.has(id)) ?? whole;
  const digests = checks.map(({ id }) => [id, digest(moduleOf(id).text)]);
  const judging = { common: digest(common), modules: Object.fromEntries(digests) as Record<string, string> };
  if (of !== undefined) keep(of, judging);
  return judging;
}

interface Module {
  text: string;
  /** How many files it consists of. */
  files: number;
  /** The ids of what it exports. */
  exports: ReadonlySet<unknown>;
}

/** The modules of a coursework's checks, the smallest first, each with all that it imports. */
async function bundlesOf(checksFile: string): Promise<{ common: string; whole: Module; modules: Module[] }> {
  const folder = dirname(checksFile);
  const inside = Object.keys((await bundle([checksFile], '')).metafile.inputs).map((path) =>
    resolve(packageRoot, path),
  );
  const entries = inside.filter((path) => dirname(path) === folder);
  const parts = [...shared.map((path) => join(room, `${path}${ending}`)), ...(await startedFiles())];
  const all = parts.map((path, i) => `export * as part${i} from ${JSON.stringify(path)};`).join('\n');
  const { outputFiles, metafile } = await bundle(entries, all);
  const modules: Module[] = [];
  let common = '';
  for (const { path, text } of outputFiles) {
    const { entryPoint, inputs } = Object.entries(metafile.outputs).find(
      ([name]) => resolve(packageRoot, name) === path,
    )![1];
    if (entryPoint === undefined || entryPoint === '<stdin>') {
      common = text;
      continue;
    }
    const loaded = (await importModule(pathToFileURL(resolve(packageRoot, entryPoint)).href)) as object;
    const exports = Object.values(loaded).flat() as unknown[];
    const ids = exports.map((one) => (one as Partial<Check> | null | undefined)?.id);
    modules.push({ text, files: Object.keys(inputs).length, exports: new Set(ids) });
  }
  modules.sort((a, b) => a.files - b.files);
  return { common, whole: modules.at(-1)!, modules };
}

/** Nothing is written; what comes back is the code alone, as it would run. */
const bundle = (entryPoints: string[], stdin: string) =>
  build({
    entryPoints,
    ...(stdin !== '' && { stdin: { contents: stdin, resolveDir: room } }),
    ...{ bundle: true, write: false, metafile: true, minifyWhitespace: true, legalComments: 'none' },
    ...{ format: 'esm', platform: 'node', packages: 'external', logLevel: 'silent', tsconfigRaw: '{}' },
    ...{ absWorkingDir: packageRoot, outbase: '/', outdir: join(packageRoot, 'nowhere'), plugins: [ownModules] },
  } as const) as Promise<BuildResult<{ write: false; metafile: true }>>;

/** What a teacher's checks import as `gradmark/…` is this very program. */
const ownModules: Plugin = {
  name: 'own-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^gradmark\// }, ({ path }) => {
      const own = ownModule(path);
      return own === undefined ? undefined : { path: own };
    });
  },
};

/** The guest for Python, which is no module of this program's. */
async function pythonGuest(): Promise<string[]> {
  const folder = join(room, 'runtimes', 'python', 'guest');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.py')).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}

/** What programs in Python would be run with. Of a machine without Python: none, which is a version of its own. */
export async function versionsOf({ python }: Coursework['assignment'], command?: string): Promise<string> {
  const { packages, libraries = [] } = python!;
  const ways = [packages, ...libraries.map((library) => [...packages, library])];
  return (await Promise.all(ways.map((way) => pythonVersions(way, command).catch(() => 'none')))).join('; ');
}

async function startedFiles(): Promise<string[]> {
  const found = await Promise.all(
    started.map(async (name) => {
      const entries = await readdir(join(room, name), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return found
    .flat()
    .filter((path) => path.endsWith(ending) && !/\.(test|testing|test-d|d)\.[tj]s$/.test(path))
    .sort();
}

/** Whatever of other people's code judges. */
async function versions(): Promise<unknown> {
  const { dependencies } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  return dependencies;
}

function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update('\0').update(part);
  return hash.digest('hex');
}
