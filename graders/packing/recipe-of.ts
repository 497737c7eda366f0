/** How a question is named in a practice pack: by its maker, or by the question file of the coursework that exports it. */
import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { importModule, ownModule } from '../own-module.ts';
import type { PackedQuestion } from '../practice/pack.ts';
import type { QuestionFiles } from '../practice/question-of.ts';
import type { AnyProblem } from '../problem.ts';

/** Everything that the question files of a coursework export, by `<file>#<name>`; fields of exported tables as well. */
export type Exported = readonly (readonly [path: string, value: unknown])[];

/** Loads the question files of a coursework. */
export async function exportedQuestions({ slug, folder, shipped }: QuestionFiles): Promise<Exported> {
  const place = shipped ? fileURLToPath(new URL('.', ownModule(`checks/${slug}/checks`))) : folder;
  const files = existsSync(place) ? readdirSync(place).filter((name) => /-question\.[mc]?[jt]s$/.test(name)) : [];
  const all: [string, unknown][] = [];
  for (const file of files.sort()) {
    const module = (await importModule(pathToFileURL(join(place, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      const path = `./${file.slice(0, -extname(file).length)}#${name}`;
      all.push([path, value]);
      if (isTable(value)) for (const [key, field] of Object.entries(value)) all.push([`${path}.${key}`, field]);
    }
  }
  return all;
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The name of the question of this problem, or undefined where no file that may travel makes it. */
export function recipeOf(problem: AnyProblem, exported: Exported): Pick<PackedQuestion, 'from' | 'given'> | undefined {
  const asked = (value: unknown) =>
    isTable(value) && (['ask', 'read', 'write', 'handedIn'] as const).every((part) => value[part] === problem[part]);
  const found = exported.find(([, value]) => asked(value));
  if (found !== undefined) return { from: found[0] };
  if (problem.recipe === undefined) return undefined;
  try {
    return { from: problem.recipe.maker, given: problem.recipe.given.map((one) => written(one, exported)) };
  } catch {
    return undefined;
  }
}

/** A given value as JSON, with a name where a question file exports it. `describe` is left out: the pack holds what it says. */
function written(value: unknown, exported: Exported): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function') throw new TypeError('a function cannot be written down');
    return value;
  }
  const known = exported.find(([, other]) => other === value);
  if (known !== undefined) return { $export: known[0] };
  if (Array.isArray(value)) return value.map((item) => written(item, exported));
  const entries = Object.entries(value).filter(([key, entry]) => key !== 'describe' || typeof entry !== 'function');
  return Object.fromEntries(entries.map(([key, entry]) => [key, written(entry, exported)]));
}
