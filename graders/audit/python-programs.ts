/** Correct programs in Python of a shipped coursework: the model solution as files, and the same as a notebook. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile, Submission } from '../model/submission.ts';
import { packageRoot } from '../package-root.ts';
import { wholeNotebook } from '../runtimes/python/language/unit-files.ts';
import { readTree, submissionOf } from './fixtures.ts';

/** Undefined where there is no model solution in Python. */
export async function pythonPrograms(slug: string): Promise<Submission[] | undefined> {
  const reference = join(packageRoot, 'reference', 'python', slug);
  if (!existsSync(reference)) return undefined;
  const files = await readTree(reference);
  const written = files.filter(({ path }) => !path.endsWith('.py'));
  const book = { path: wholeNotebook, text: await readFile(`${reference}.ipynb`, 'utf8') };
  return [inPython('reference', files), inPython('notebook', [book, ...written])];
}

const inPython = (id: string, files: readonly SourceFile[]): Submission => ({
  ...submissionOf(id, files),
  language: 'python',
});
