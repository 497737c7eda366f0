/** The figures by which the form of the house is judged, counted anew from the sources. */
import { openCoursework, listCourseworks } from '../../graders/coursework.ts';
import { unusedExports } from './exports.ts';
import type { SourceText } from './sources.ts';
import { importsOf, isTest, reachedFrom, sourcesIn } from './sources.ts';

export interface Figure {
  says: string;
  value: number;
  /** The most (or, where `atLeast` is set, the least) that it may be. */
  goal: number;
  atLeast?: true;
  /** What makes up the value, where it is above its goal. */
  because?: readonly string[];
}

/** All figures; what a goal is for stands in docs/architecture.md. */
export async function figuresOfTheHouse(): Promise<Figure[]> {
  const all = sourcesIn('graders', 'reports', 'reference', 'assignments', 'scripts', 'fixtures/endings');
  const ours = all.filter((file) => !isTest(file));
  const checks = ours.filter(({ path }) => path.startsWith('graders/checks/'));
  const kinds = ours.filter(({ path }) => path.startsWith('graders/kinds/'));
  const imports = new Map(all.map((file) => [file.path, importsOf(file)]));
  return [
    { says: 'lines in graders/checks', value: lines(checks), goal: 12_500 },
    { says: 'checks in five courseworks', value: await countChecks(), goal: 190, atLeast: true },
    ...courseworkDepths(checks, imports),
    single('the helper for a known mistake', ours, makesMistakes),
    single('the first wrong judgement', ours, picksFirstWrong),
    single('the rule by which two answers of a student agree', ours, /(?:const|function) agree(?:s|ment)?\b/g),
    ...sameBands(ours),
    {
      says: "strings in checks and kinds that end in a language's file ending",
      ...listed([...checks, ...kinds].flatMap((file) => stringsWithEndings(file).map((at) => `${file.path}: ${at}`))),
      goal: 0,
    },
    {
      says: 'ways from a question, the protocol or a guest to an oracle or a mistake',
      ...listed(waysToAnswers(ours, imports)),
      goal: 0,
    },
    { says: 'exports without a user', ...listed(unusedExports(all)), goal: 0 },
  ];
}

const lines = (files: readonly SourceText[]) => files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);

async function countChecks(): Promise<number> {
  let count = 0;
  for (const [, folder] of await listCourseworks([])) count += (await openCoursework(folder)).checks.length;
  return count;
}

/** How many imports in a row stay inside the folder of a coursework, on the longest way. */
function courseworkDepths(checks: readonly SourceText[], imports: ReadonlyMap<string, readonly string[]>): Figure[] {
  const folders = [...new Set(checks.map(({ path }) => path.split('/')[2]!))].filter((name) => !name.endsWith('.ts'));
  return folders.map((slug) => {
    const inside = (path: string) => path.startsWith(`graders/checks/${slug}/`);
    const depths = new Map<string, number>();
    const depth = (path: string): number => {
      const known = depths.get(path);
      if (known !== undefined) return known;
      const below = (imports.get(path) ?? []).filter(inside).map((target) => 1 + depth(target));
      const deepest = Math.max(0, ...below);
      depths.set(path, deepest);
      return deepest;
    };
    const files = checks.filter(({ path }) => inside(path));
    const arrows = files.reduce((sum, { path }) => sum + (imports.get(path) ?? []).filter(inside).length, 0);
    return {
      says: `imports in a row inside ${slug} (${files.length} files, ${arrows} imports)`,
      value: Math.max(0, ...files.map(({ path }) => depth(path))),
      goal: 4,
    };
  });
}

/** A maker of `{ id, title, advice, … }` out of its arguments, whatever it is called and whether it has a name. */
const makesMistakes = /\bid: string,\s*title: string,(?:[^()]|\([^()]*\))*?\badvice\b/g;

/** A search for a judgement below 1 among several. */
const picksFirstWrong = /\.find\(\((\w+)\) => \1\.earned < 1\)/g;

function single(what: string, files: readonly SourceText[], pattern: RegExp): Figure {
  const found = files.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(() => path));
  return { says: `definitions of ${what}`, ...listed(found), goal: 1 };
}

/** Bands whose sentence (figures left out) is said in more than one place. */
function sameBands(files: readonly SourceText[]): Figure[] {
  const places = new Map<string, string[]>();
  for (const { path, text } of files) {
    for (const [, name] of text.matchAll(/scaledBand\(\s*'([^']+)'/g)) {
      places.set(name!, [...(places.get(name!) ?? []), path]);
    }
  }
  const twice = [...places]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => `${name}: ${paths.join(', ')}`);
  return [{ says: 'bands of one name that stand in several places', ...listed(twice), goal: 0 }];
}

/** What a task is handed in as is a unit; which file that is, the language says. Imports of ours are left out. */
const stringsWithEndings = ({ text }: SourceText): string[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*(\*|\/\/|\/\*\*)|\bfrom '|new URL\(|\bimport\(/.test(line))
    .flatMap((line) => [...line.matchAll(/(['"`])(?:(?!\1).)*?\.(?:ts|js|py|mjs|tsx)\1/g)].map(([found]) => found));

function waysToAnswers(ours: readonly SourceText[], imports: ReadonlyMap<string, readonly string[]>): string[] {
  const asks = (path: string) =>
    /-question\.ts$|^graders\/(question\.ts|protocol\/|runtimes\/[^/]+\/guest\/)/.test(path);
  const answers = (path: string) => /-key\.ts$|^graders\/(key\.ts|mistakes\/)|^reference\//.test(path);
  return ours
    .filter(({ path }) => asks(path))
    .flatMap(({ path }) => [...reachedFrom(path, imports)].filter(answers).map((target) => `${path} → ${target}`));
}

const listed = (because: readonly string[]) => ({ value: because.length, because });
