/** An assignment of two modules, one answer and one plot, and a folder of its own in which each test lays out what is handed in. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { afterEach, beforeEach } from 'vitest';
import type { Assignment, Task } from '../model/assignment.ts';
import type { Refusal, Submission } from '../model/submission.ts';
import type { IntakeLimits } from './limits.ts';
import { findHandedIn, type ReceiveOptions } from './receive.ts';

const code = (id: string): Task => ({ id, title: id, marks: 1, kinds: ['code'], unit: id, exports: ['f'] });
export const assignment: Assignment = {
  schema: 'gradmark/assignment/v1',
  slug: 'tiny-nets',
  title: 'Tiny nets',
  summary: 'Some questions.',
  imports: [],
  given: ['rng.ts'],
  limits: { callMs: 1000, submissionMs: 1000, memoryMb: 100 },
  tasks: [
    code('q1'),
    code('q2'),
    { id: 'q3', title: 'q3', marks: 2, kinds: ['derivation', 'plot'], answers: ['a'], plots: ['plots/q3.json'] },
  ],
};
export const all = {
  'q1.ts': 'export const f = 1;',
  'q2.ts': 'export const f = 2;',
  'answers.json': '{}',
  'plots/q3.json': '{}',
};

/** The submissions at the paths, one after the other, without whose they are; one that cannot be accepted never stops the others. */
export async function* receive(
  paths: string | readonly string[],
  options: ReceiveOptions,
): AsyncGenerator<Submission | Refusal> {
  for (const handedIn of await findHandedIn(paths, options)) {
    const { origin: _, ...item } = await handedIn.read();
    yield item;
  }
}

/** Registers the folder for every test of the file; its path is known once a test runs. */
export function handInFolder() {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'intake-'));
  });
  afterEach(() => rm(root, { recursive: true }));
  return {
    at: (...parts: string[]) => join(root, ...parts),
    /** Writes files by their paths in the folder. */
    async write(files: Record<string, string | Uint8Array>, below = ''): Promise<void> {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(root, below, path)), { recursive: true });
        await writeFile(join(root, below, path), content);
      }
    },
  };
}

/** Everything that intake makes of these paths. */
export const take = (...paths: string[]) => takeWithin({}, ...paths);

/** The same, with other limits than usual. */
export async function takeWithin(limits: Partial<IntakeLimits>, ...paths: string[]): Promise<(Submission | Refusal)[]> {
  const items: (Submission | Refusal)[] = [];
  for await (const item of receive(paths, { assignment, limits })) items.push(item);
  return items;
}

export const bytes = (files: Record<string, string>): Zippable =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
export const zip = (files: Record<string, string>) => zipSync(bytes(files));
export const paths = (item: Submission | Refusal | undefined) => (item as Submission).files.map((file) => file.path);
export const prefixed = (prefix: string, files: Record<string, string> = all) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [prefix + path, text]));
/** What is read of a complete submission. */
export const everything = ['answers.json', 'plots/q3.json', 'q1.ts', 'q2.ts'];
