/** The programs of the host that containment is made of, and the libraries that a binary needs to start. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { keep, known } from '../../remembered.ts';

const TOOLS = ['bwrap', 'prlimit', 'unshare', 'setpriv', 'ldd'] as const;
type Tool = (typeof TOOLS)[number];
/** Absolute paths; a tool that is not installed is absent. */
export type HostTools = Partial<Record<Tool, string>>;

/** Where each tool lies: the system's own folders first, so that a folder planted early in PATH does not choose our sandbox. */
export function findTools(path = process.env['PATH'] ?? ''): HostTools {
  const folders = [
    '/usr/bin',
    '/bin',
    '/usr/sbin',
    '/sbin',
    '/usr/local/bin',
    ...path.split(delimiter).filter(isAbsolute),
  ];
  const entries = TOOLS.map((tool) => [tool, folders.map((folder) => join(folder, tool)).find(isExecutable)] as const);
  return Object.fromEntries(entries.filter(([, found]) => found !== undefined));
}

/** What this process has asked for, by all that it depends on. */
const listed = new Map<string, readonly string[]>();

/** The shared libraries (loader included) that the binaries load, as absolute paths in the form the loader asks for them. */
export async function librariesOf(binaries: string[], tools: HostTools): Promise<string[]> {
  if (!tools.ldd) return [];
  // Installing a library anywhere writes the loader's own list anew.
  const of = `libraries ${JSON.stringify([...binaries, tools.ldd, '/etc/ld.so.cache'].map((path) => [path, ...fileIdentity(path)]))}`;
  const found = listed.get(of) ?? known(of);
  if (Array.isArray(found) && found.every((path) => typeof path === 'string' && existsSync(path)))
    return found as string[];
  // A statically linked binary makes ldd complain with a non-zero exit: it needs no library.
  const alone = { env: { PATH: '/usr/bin:/bin' }, extendEnv: false, reject: false } as const;
  // Loaded where something has to be asked: both answers are known to most commands.
  const { execa } = await import('execa');
  const { stdout = '' } = await execa(tools.ldd, binaries, alone);
  const libraries = [...new Set(parseLdd(stdout))];
  listed.set(of, libraries);
  keep(of, libraries);
  return libraries;
}

/** What changes when a file is another, whatever links to it come and go; empty where there is none. */
export function fileIdentity(path: string): number[] {
  const info = statSync(path, { throwIfNoEntry: false });
  return info === undefined ? [] : [info.dev, info.ino, info.size, info.mtimeMs, info.mode, info.uid];
}

/** Paths in ldd's lines `name => /path (address)` and `/loader (address)`. */
export function parseLdd(text: string): string[] {
  return text.split('\n').flatMap((line) => /(?:=>\s+|^\s+)(\/\S+)\s+\(0x/.exec(line)?.[1] ?? []);
}

/** First line that `<tool> --version` prints, or undefined when it does not run. */
export async function toolVersion(file: string): Promise<string | undefined> {
  const { execa } = await import('execa');
  const { failed, stdout } = await execa(file, ['--version'], { timeout: 5000, extendEnv: false, reject: false });
  return failed ? undefined : stdout.split('\n')[0];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
