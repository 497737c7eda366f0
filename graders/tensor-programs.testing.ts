/** Programs beside a tensor library through the whole grader: what each of them loses, and the mistakes that are named. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { openCoursework } from './coursework.ts';
import { gradeBatch } from './grade.ts';
import { packageRoot } from './package-root.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';

export type Files = Record<string, string>;

export interface Program {
  write: (files: Files) => Files;
  /** What fails, with the mistakes that are named. Everything else of it passes. */
  fails: Record<string, readonly string[]>;
  /** The tasks that it can have changed; all where nothing is said. */
  only?: readonly string[];
}

/** A text with one part changed, which has to be there. */
export const changed = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, () => to);
};

export const withChange =
  (file: string, from: string, to: string) =>
  (files: Files): Files => ({ ...files, [file]: changed(files[file]!, from, to) });

/** The files of a folder, and of those in it. */
export async function filesIn(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** Grades what lies in folders of `class`. */
export async function gradedClass(slug: string, folder: string, only: string[], python?: string) {
  const { submissions } = await gradeBatch({
    coursework: await openCoursework(join(packageRoot, 'assignments', slug)),
    paths: [join(folder, 'class')],
    seed: 11,
    level: await bestLevel(),
    ...(python === undefined ? {} : { python }),
    backend: 'cpu',
    feedback: 'full',
    graderVersion: 'test',
    jobs: 1,
    only,
    full: false,
    now: () => new Date(0),
    clock: () => 0,
  });
  return submissions;
}

/** Hands in what each program makes of the model solution, and compares what it loses. */
export async function gradePrograms(
  { slug, folder, only, right }: { slug: string; folder: string; only: string[]; right: Files },
  programs: Record<string, Program>,
): Promise<void> {
  const found: [string, Record<string, readonly string[]>][] = [];
  const groups = Map.groupBy(Object.entries(programs), ([, program]) => (program.only ?? only).join());
  for (const [tasks, members] of groups) {
    for (const [student, { write }] of members) {
      for (const [name, text] of Object.entries(write(right))) {
        const path = join(folder, tasks, 'class', student, name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }
    }
    for (const { id, tasks: judged } of await gradedClass(slug, join(folder, tasks), tasks.split(','))) {
      const verdicts = judged.flatMap(({ checks }) => checks).filter(({ outcome }) => outcome !== 'manual');
      const failed = verdicts.filter(({ outcome }) => outcome !== 'pass');
      found.push([
        id,
        Object.fromEntries(failed.map(({ id: check, diagnosis }) => [check, diagnosis?.mistakes ?? []])),
      ]);
    }
  }
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.entries(programs).map(([student, { fails }]) => [student, fails])),
  );
}
