/** What an assignment calls its files, and what a student may have called them instead. */
import type { Assignment, Task } from '../model/assignment.ts';
import { moduleOfUnit, programEndings, withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { pythonModuleOf, wholeNotebook, wholeProgram } from '../runtimes/python/language/unit-files.ts';
import type { Language } from './path-rules.ts';
import { folderApart, isLeftover, lookOf, nameFault } from './path-rules.ts';

export interface Vocabulary {
  slug: string;
  /** Modules, answers.json, answers.md and plots/*.json, as the sheet names them. */
  named: ReadonlySet<string>;
  modules: ReadonlySet<string>;
  /** Those that the graded tasks ask for: what else is absent is nothing to be told of. */
  asked: ReadonlySet<string>;
  /** Of all named files, without folder and ending: a name in which none of them stands means no file of the sheet. */
  stems: readonly string[];
  given: ReadonlySet<string>;
  /** Of the tasks that ask for words, in answers.md. */
  headings: readonly string[];
  /** `any` where files of several languages are names of the sheet; `each` then has the names in one language alone. */
  language: Language;
  each?: readonly Vocabulary[];
  /** The file that may stand for all modules together, where there is one. */
  whole?: string;
  /** The program that does, where no file has a name of the sheet's modules and no notebook is there. */
  lone?: string;
}

/** The words of an assignment, of which these tasks are graded (by default all), in every language in which it may be handed in. */
export function vocabularyOf(assignment: Assignment, only?: readonly string[]): Vocabulary {
  const node = vocabularyIn(assignment, only, 'node', moduleOfUnit, assignment.given);
  const { python } = assignment;
  if (python === undefined) return node;
  const each = [node, withNotebook(vocabularyIn(assignment, only, python.language, pythonModuleOf, python.given))];
  const all = (part: 'named' | 'modules' | 'asked' | 'given') => new Set(each.flatMap((one) => [...one[part]]));
  return {
    slug: assignment.slug,
    named: all('named'),
    modules: all('modules'),
    asked: all('asked'),
    given: all('given'),
    stems: [...new Set(each.flatMap(({ stems }) => stems))],
    headings: node.headings,
    whole: wholeNotebook,
    language: 'any',
    each,
  };
}

/** The names in the language in which these files answer most units; TypeScript's where it is as many, or none. */
export function inLanguageOf(paths: readonly string[], vocabulary: Vocabulary): Vocabulary {
  const [first, ...others] = vocabulary.each ?? [vocabulary];
  const answered = (one: Vocabulary) =>
    new Set(
      paths
        .filter((path) => !isLeftover(path))
        .flatMap((path) => [path, path.slice(path.lastIndexOf('/') + 1)])
        .flatMap((path) => standsFor(path, one) ?? [])
        .filter((name) => one.modules.has(name)),
    ).size;
  return others.reduce((best, one) => (answered(one) > answered(best) ? one : best), first!);
}

/** A notebook of whatever name may stand for all modules. */
const withNotebook = (own: Vocabulary): Vocabulary => ({
  ...own,
  named: new Set([...own.named, wholeNotebook]),
  modules: new Set([...own.modules, wholeNotebook]),
  whole: wholeNotebook,
});

/** The file of this name is where a program begins whose others help it. */
const isMain = (name: string): boolean => /^(?:__main__|main)\.py$/i.test(name);

/** With the one program of Python among these files, or the main one, as what stands for all modules, where nothing else answers any of them. */
export function withLoneProgram(paths: readonly string[], vocabulary: Vocabulary): Vocabulary {
  const { each = [] } = vocabulary;
  const own = paths.filter((path) => !isLeftover(path) && folderApart(path) === undefined);
  const isModule = (path: string) =>
    each.some((one) => one.modules.has(standsFor(path.replace(/^.*\//, ''), one) ?? ''));
  const programs = own.filter((path) => /\.py$/i.test(path) && !vocabulary.given.has(path.replace(/^.*\//, '')));
  const names = programs.map((path) => path.replace(/^.*\//, ''));
  const [lone, ...others] = names.length > 1 ? names.filter(isMain) : names;
  if (vocabulary.whole === undefined || lone === undefined || others.length > 0 || own.some(isModule))
    return vocabulary;
  const renamed = (names: ReadonlySet<string>) =>
    new Set([...names].map((name) => (name === wholeNotebook ? wholeProgram : name)));
  const known = (one: Vocabulary): Vocabulary =>
    one.whole === undefined
      ? one
      : { ...one, named: renamed(one.named), modules: renamed(one.modules), whole: wholeProgram, lone };
  return { ...known(vocabulary), each: each.map(known) };
}

/** Whether one program of Python among these files stands for all modules. */
export const isLoneProgram = (paths: readonly string[], vocabulary: Vocabulary): boolean =>
  withLoneProgram(paths, vocabulary) !== vocabulary;

const isNotebook = (path: string): boolean => /^[^/]+\.ipynb$/i.test(path);

const isWhole = (path: string, { whole, lone }: Vocabulary): boolean =>
  whole !== undefined && (lone === undefined ? isNotebook(path) : path === lone);

function vocabularyIn(
  assignment: Assignment,
  only: readonly string[] | undefined,
  language: Language,
  moduleOf: (unit: string) => string,
  given: readonly string[] = [],
): Vocabulary {
  const { modules, named } = filesOf(assignment.tasks, moduleOf);
  const isAsked = ({ id }: Task) => only === undefined || only.includes(id);
  const asked = filesOf(assignment.tasks.filter(isAsked), moduleOf);
  return {
    slug: assignment.slug,
    ...{ named, modules, asked: asked.named },
    stems: [...named].map((name) =>
      name
        .replace(/^.*\//, '')
        .replace(/\.\w+$/, '')
        .toLowerCase(),
    ),
    given: new Set(given),
    language,
    headings: assignment.tasks.flatMap(({ manual }) => manual?.heading ?? []),
  };
}

/** Modules first, then what else the tasks want. */
function filesOf(tasks: readonly Task[], moduleOf: (unit: string) => string): Pick<Vocabulary, 'named' | 'modules'> {
  const modules = new Set<string>();
  const others = new Set<string>();
  for (const task of tasks) {
    if (task.unit !== undefined) modules.add(moduleOf(task.unit));
    if (task.answers !== undefined) others.add('answers.json');
    if (task.manual !== undefined) others.add('answers.md');
    for (const plot of task.plots ?? []) others.add(plot);
  }
  return { modules, named: new Set([...modules, ...others]) };
}

/** The names under which the module `q3c.ts` may be handed in instead, best first. */
export const otherNamesOf = (module: string): string[] =>
  programEndings.map((ending) => withoutProgramEnding(module) + ending).filter((name) => name !== module);

/** `q3c.js`, `q3c.cjs` or `q3c.mts` may stand for the module `q3c.ts`: JavaScript is TypeScript without types. */
export function moduleFor(path: string, vocabulary: Vocabulary): string | undefined {
  const module = `${withoutProgramEnding(path)}.ts`;
  return module !== path && vocabulary.modules.has(module) ? module : undefined;
}

/**
 * The named file that this one is under another spelling: in other capitals, with another separator, with "(1)", "-2", " copy" or
 * "Copy of" of a second download, or with joiners that are not seen. It stands for the named file where nothing else does.
 */
export function spellingOf(path: string, vocabulary: Vocabulary): string | undefined {
  if (isWhole(path, vocabulary)) return vocabulary.whole;
  const look = lookOf(path);
  const [, stem, ending] = /^(.+)(\.\w+)$/s.exec(look) ?? [];
  if (stem === undefined || nameFault(path) !== undefined) return undefined;
  const plain = stem.replace(prefixOfCopy, '$1').replace(suffixOfCopy, '');
  const numbered = plain.replace(/-\d{1,2}$/, '');
  return (
    named(plain + ending!, vocabulary) ?? (numbered === plain ? undefined : numberedCopy(numbered, ending!, vocabulary))
  );
}

const prefixOfCopy = /^(.*\/)?(?:copy|kopie|copie|copia) (?:of|von|de|di) /;
/** What separates is read in one way only: of two ways for each of forty copies no end would be seen. */
const suffixOfCopy = /(?: ?\(\d{1,3}\)|(?: ?- ?| {0,2})(?:copy|kopie|copie|copia)(?: \d{1,3})?)+$| +$/;

/** Where the sheet itself numbers its files, `q1-2.ts` is no second copy of `q1.ts`. */
function numberedCopy(stem: string, ending: string, vocabulary: Vocabulary): string | undefined {
  const isNumbering = [...vocabulary.named].some((name) => name.toLowerCase().startsWith(`${stem}-`));
  return isNumbering ? undefined : named(stem + ending, vocabulary);
}

/** The named file that looks like this, or is this under another ending of programs. */
function named(look: string, vocabulary: Vocabulary): string | undefined {
  const stem = withoutProgramEnding(look);
  return [...vocabulary.named].find((name) => {
    const wanted = name.toLowerCase();
    if (wanted === look) return true;
    if (!vocabulary.modules.has(name)) return false;
    return [look, ...(stem === look ? [] : [`${stem}.ts`])].some((one) => separated(one) === separated(wanted));
  });
}

/** Whether a name is joined by hyphens, underscores or blanks is nobody's to remember: `q1_2b.ts` is `q1-2b.ts`. */
const separated = (look: string): string => look.replace(/[ _]/g, '-');

const endings: Record<string, readonly string[]> = {
  '.ts': ['txt', 'py', 'ipynb'],
  '.py': ['txt', 'pyc'],
  '.ipynb': ['json'],
  '.json': ['json5', 'jsonc', 'txt'],
  '.md': ['markdown', 'txt', 'rtf', 'doc', 'docx', 'pdf'],
};

/** The named file that this one was probably meant to be, but cannot stand for: it has the ending of another kind of file. */
export function meantBy(path: string, vocabulary: Vocabulary): string | undefined {
  const look = lookOf(path);
  for (const name of vocabulary.named) {
    const dot = name.lastIndexOf('.');
    const ending = name.slice(dot);
    const other = endings[ending]!.find((other) => look.endsWith(`.${other}`));
    if (other === undefined) continue;
    const stem = look.slice(0, -other.length - 1);
    // Any notebook stands for the sheet's, and not any `answers.json` for a notebook.
    const isOther = name === vocabulary.whole && stem + ending !== name;
    if ([stem, ...(isOther ? [] : [stem + ending])].some((meant) => standsFor(meant, vocabulary) === name)) return name;
  }
  return undefined;
}

/** True when a path, seen from the root of a submission, says that this is one. */
export const isTelling = (path: string, vocabulary: Vocabulary): boolean =>
  mayTell(path, vocabulary) && (standsFor(path, vocabulary) ?? meantBy(path, vocabulary)) !== undefined;

/** The file of the sheet that this one is, or stands for where that is not there. */
export function standsFor(path: string, vocabulary: Vocabulary): string | undefined {
  if (!mayTell(path, vocabulary)) return undefined;
  return vocabulary.named.has(path) ? path : (moduleFor(path, vocabulary) ?? spellingOf(path, vocabulary));
}

/** No longer path is read; an archive may hold paths of 65,000 letters. */
const longestPath = 255;

/** Asked first: a submission may hold a hundred thousand files of data. */
function mayTell(path: string, vocabulary: Vocabulary): boolean {
  if (path.length > longestPath) return false;
  if (isWhole(path, vocabulary)) return true;
  const look = separated(lookOf(path.slice(path.lastIndexOf('/') + 1)));
  return vocabulary.stems.some((stem) => look.includes(separated(stem)));
}
