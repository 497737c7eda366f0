/**
 * What all jobs of a batch need to know, once: which coursework, with its files where it is a teacher's own, which probes, and how it
 * is graded. It travels closed: what the probes follow from, and the answers in the checks, are for graders alone.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Coursework } from '../coursework.ts';
import { isShipped } from '../coursework.ts';
import type { Carried } from '../gradebook/round.ts';
import type { Backend, SandboxLevel } from '../model/guest.ts';
import { QueueError } from '../queue/postgres/trouble.ts';

export interface Sheet {
  assignment: string;
  /** Under which name the store has the files of a teacher's own coursework. */
  files?: string;
  carried: Carried;
  level: SandboxLevel;
  backend: Backend;
  full: boolean;
  only?: readonly string[];
  withData: boolean;
}

const mostBytes = 50_000_000;

/** All files of a teacher's coursework as text; undefined where it comes with gradmark. Throws QueueError where it is too large. */
export function filesOf({ folder }: Pick<Coursework, 'folder'>): string | undefined {
  if (isShipped(folder)) return undefined;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/(^|\/)(node_modules|\.git|fixtures|reference)\//.test(path))
    .sort();
  const bytes = paths.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  if (bytes > mostBytes) {
    throw new QueueError(
      `${folder} holds ${Math.ceil(bytes / 1e6)} MB: a coursework of more than 50 MB does not travel.`,
    );
  }
  return JSON.stringify(paths.map((path) => [path, readFileSync(join(folder, path)).toString('base64')]));
}

/** Lays the files of a coursework out in a folder, which belongs to this process. */
export function layOut(files: string, folder: string): void {
  for (const [path, content] of JSON.parse(files) as [string, string][]) {
    const place = normalize(join(folder, path));
    if (!place.startsWith(`${folder}/`)) throw new QueueError(`A coursework would write beside its folder: ${path}`);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    writeFileSync(place, Buffer.from(content, 'base64'), { mode: 0o600 });
  }
}
