/** A packed question as a question: its maker called again, or what a question file of the coursework exports. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importModule, ownModule } from '../own-module.ts';
import type { Question } from '../question.ts';
import type { PackedQuestion } from './pack.ts';

/** Where the question files of a coursework lie: among this package's own checks, or in the folder of a lecturer's. */
export interface QuestionFiles {
  slug: string;
  folder: string;
  shipped: boolean;
}

/** The question, asked at `probes`; throws where the file or the name in it is missing. */
export async function questionOf(
  packed: PackedQuestion,
  probes: readonly unknown[],
  files: QuestionFiles,
): Promise<Question<unknown>> {
  const { from, given, says, ...words } = packed;
  const found = await exportOf(from, files);
  const asked =
    given === undefined
      ? found
      : (found as (...given: unknown[]) => unknown)(...(await Promise.all(given.map((one) => givenOf(one, files)))));
  return {
    ...(asked as Question<unknown>),
    ...words,
    describe: (probe) => says[probes.indexOf(probe)] ?? words.title,
  };
}

/** What a question file exports under `<file>#<name>`; `asked.input` is a field of an export. */
async function exportOf(path: string, files: QuestionFiles): Promise<unknown> {
  const [file, name] = path.split('#') as [string, string];
  const module = await importModule(questionFile(file, files));
  const found = name.split('.').reduce((within, key) => (within as Record<string, unknown> | undefined)?.[key], module);
  if (found === undefined) throw new Error(`The practice pack asks for ${path}, which this version does not have.`);
  return found;
}

async function givenOf(value: unknown, files: QuestionFiles): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  if ('$export' in value) return exportOf(value.$export as string, files);
  if (Array.isArray(value)) return Promise.all(value.map((item) => givenOf(item, files)));
  const entries = Object.entries(value).map(async ([key, entry]) => [key, await givenOf(entry, files)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function questionFile(file: string, { slug, folder, shipped }: QuestionFiles): string {
  // The schema lets only these two forms through, and no way up.
  const [, own] = /^\.\/([a-z0-9-]+-question)$/.exec(file) ?? [];
  if (own === undefined) return ownModule(file).href;
  if (shipped) return ownModule(`checks/${slug}/${own}`).href;
  const path = ['.ts', '.js'].map((ending) => join(folder, `${own}${ending}`)).find(existsSync);
  return pathToFileURL(path ?? join(folder, `${own}.ts`)).href;
}
