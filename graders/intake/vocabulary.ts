/** What an assignment calls its files, and what a student may have called them instead. */
import type { Assignment } from '../model.ts';
import { programEndings, withoutProgramEnding } from '../program-files.ts';

export interface Vocabulary {
  slug: string;
  /** Modules, answers.json, answers.md and plots/*.json, as the sheet names them. */
  named: ReadonlySet<string>;
  modules: ReadonlySet<string>;
  given: ReadonlySet<string>;
}

export function vocabularyOf(assignment: Assignment): Vocabulary {
  const modules = new Set<string>();
  const named = new Set<string>();
  for (const task of assignment.tasks) {
    if (task.module !== undefined) modules.add(task.module);
    if (task.answers !== undefined) named.add('answers.json');
    if (task.manual !== undefined) named.add('answers.md');
    for (const plot of task.plots ?? []) named.add(plot);
  }
  return {
    slug: assignment.slug,
    named: new Set([...modules, ...named]),
    modules,
    given: new Set(assignment.given ?? []),
  };
}

/** The names under which the module `q3c.ts` may be handed in instead, best first. */
export const otherNamesOf = (module: string): string[] =>
  programEndings.map((ending) => withoutProgramEnding(module) + ending).filter((name) => name !== module);

/** `q3c.js`, `q3c.cjs` or `q3c.mts` may stand for the module `q3c.ts`: JavaScript is TypeScript without types. */
export function moduleFor(path: string, vocabulary: Vocabulary): string | undefined {
  const module = `${withoutProgramEnding(path)}.ts`;
  return module !== path && vocabulary.modules.has(module) ? module : undefined;
}

const endings: Record<string, readonly string[]> = {
  '.ts': [...programEndings.map((ending) => ending.slice(1)), 'txt', 'py', 'ipynb'],
  '.json': ['json', 'json5', 'jsonc'],
  '.md': ['md', 'markdown', 'txt', 'rtf', 'doc', 'docx', 'pdf'],
};

/** The named file that this one was probably meant to be: other capitals, another ending, "(1)" or " copy" of a second download. */
export function meantBy(path: string, vocabulary: Vocabulary): string | undefined {
  const plain = path.toLowerCase();
  for (const name of vocabulary.named) {
    const dot = name.lastIndexOf('.');
    const stem = name.slice(0, dot).toLowerCase();
    if (!plain.startsWith(stem)) continue;
    const rest = plain.slice(stem.length).replace(/^( ?\(\d+\)| ?- ?copy| copy)+/, '');
    const ending = rest.replace(/\.txt$/, '') || rest;
    if (endings[name.slice(dot)]!.includes(ending.slice(1)) && ending.startsWith('.')) return name;
  }
  return undefined;
}

/** True when a path, seen from the root of a submission, says that this is one. */
export const isTelling = (path: string, vocabulary: Vocabulary): boolean =>
  vocabulary.named.has(path) || moduleFor(path, vocabulary) !== undefined || meantBy(path, vocabulary) !== undefined;
