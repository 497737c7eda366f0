/** The rules of a task's policy for Python, applied to what a text imports and uses by name. */
import type { Policy } from '../../../model/assignment.ts';
import type { PolicyBreach, SourceFile } from '../../../model/submission.ts';
import type { SourceFacts } from '../../../protocol/messages.ts';
import { autodiffImport, autodiffUse, derivesInData } from './autodiff.ts';

/** Packages that differentiate, or are made to train networks: with them a task in plain numbers is not one's own work. */
const learners = new Set([
  'torch',
  'tensorflow',
  'keras',
  'jax',
  'jaxlib',
  'flax',
  'autograd',
  'theano',
  'mxnet',
  'tinygrad',
  'chainer',
  'micrograd',
  'paddle',
  'pytorch_lightning',
  'lightning',
  'fastai',
  'cupy',
  'tf_keras',
]);

/** Packages under whose names a tensor library is there as well. */
const partners = new Map([['tensorflow', ['keras']]]);

/** Ready-made answers of libraries that a sheet allows for its data. */
const answers = new Map([
  ['MLPClassifier', 'trains a whole network'],
  ['MLPRegressor', 'trains a whole network'],
  ['approx_fprime', 'differentiates'],
  ['approx_derivative', 'differentiates'],
  ['check_grad', 'differentiates'],
]);
/** Whole modules of them, by what is taken from them: `derivative`, `jacobian` and `hessian` may be names of one's own. */
const differentiator = /^scipy\.(?:differentiate|optimize\._numdiff)\.\w/;

/** What is there beside a program: modules that the grader gives in the place of others, and tensor libraries of the sheet. */
interface There {
  provided?: readonly string[];
  libraries?: readonly string[];
}

/**
 * What a file does against the policy, in the order of its text. A package that trains may be imported for its tables: what breaks
 * the rule is what is used of it, told once for each package.
 */
export function breachesOf(
  file: SourceFile,
  facts: SourceFacts,
  policy: Policy,
  { provided = [], libraries = [] }: There = {},
): PolicyBreach[] {
  if (policy === 'free') return [];
  // Beside a tensor library that may be used, what it differentiates with may not.
  const allowed = policy === 'no-autodiff' ? libraries.flatMap((name) => [name, ...(partners.get(name) ?? [])]) : [];
  const isAllowed = (name: string) => allowed.includes(topOf(name));
  const isProvided = (name: string, taken: readonly string[]) =>
    provided.includes(name) || (taken.length > 0 && taken.every((part) => provided.includes(`${name}.${part}`)));
  const derives = (name: string) => (allowed.length === 0 ? undefined : derivesInData(name));
  const derivesOf = (name: string, taken: readonly string[]) =>
    [name, ...taken.map((part) => `${name}.${part}`)].map(derives).find((message) => message !== undefined);
  const imported = (facts.imports ?? []).flatMap(({ name, taken, ...at }) => {
    const message = isProvided(name, taken)
      ? undefined
      : isAllowed(name)
        ? autodiffImport(name, taken)
        : (derivesOf(name, taken) ?? importBreach(name, taken));
    return message === undefined ? [] : [breach(file, at, `import ${name}`, message)];
  });
  const told = new Set<string>();
  const used = (facts.names ?? []).toSorted(inOrder).flatMap(({ name, of = name, ...at }) => {
    const [top, last] = [topOf(of), of.split('.').at(-1)!];
    // What is used by a name alone has been told where it was imported.
    if (name.includes('.')) {
      const does = differentiator.test(of) ? 'differentiates' : answers.get(last);
      const differentiates = allowed.length > 0 ? (autodiffUse(name) ?? autodiffUse(of) ?? derives(of)) : undefined;
      if (differentiates !== undefined) return [breach(file, at, name, differentiates)];
      if (does !== undefined) return [breach(file, at, name, `${last} ${does}, which is yours to write here.`)];
    }
    const isGiven = provided.some((module) => of === module || of.startsWith(`${module}.`));
    if (!learners.has(top) || isAllowed(of) || isGiven || isHarmless(of) || told.has(top)) return [];
    told.add(top);
    return [breach(file, at, name, notAllowed(top))];
  });
  return [...imported, ...used].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}

const inOrder = (a: At, b: At): number => (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line || a.column - b.column;

const topOf = (name: string): string => name.split('.')[0]!;
const notAllowed = (top: string): string =>
  `${top} is not allowed in this task: it is to be computed with numpy alone.`;

/** Parts of such a package in which nothing is computed, and what a name in them may be for: tables, and the seed of what is drawn. */
const places = new Set(['keras', 'src', 'utils', 'random', 'compat']);
const forData = /^(?:datasets?|data)$/;
const forSeeds = /^(?:manual_seed|set_seed|set_random_seed|__version__)$/;

/** Whether a use of a package that trains is none that a task in plain numbers forbids: it loads a table, or sets a seed. */
function isHarmless(name: string): boolean {
  const parts = name.split('.').slice(1);
  return (
    parts.some((part) => forData.test(part)) ||
    forSeeds.test(parts.at(-1) ?? '') ||
    parts.every((part) => places.has(part))
  );
}

/** An import binds a name and does nothing yet; what is taken with a star is used without a trace. */
function importBreach(name: string, taken: readonly string[]): string | undefined {
  const top = topOf(name);
  if (learners.has(top) && taken.includes('*') && !isHarmless(name)) return notAllowed(top);
  const does = (part: string) => (differentiator.test(`${name}.${part}`) ? 'differentiates' : answers.get(part));
  const ready = taken.find((part) => does(part) !== undefined);
  return ready === undefined ? undefined : `${ready} ${does(ready)}, which is yours to write here.`;
}

interface At {
  line: number;
  column: number;
  cell?: number;
}

/** The line of a program; of a notebook, whose text is no program's, what was found there. */
function breach(file: SourceFile, { cell, line, column }: At, found: string, message: string): PolicyBreach {
  const excerpt = cell === undefined ? (file.text.split('\n', line)[line - 1] ?? '').trim().slice(0, 200) : found;
  const path = cell === undefined ? file.path : `${file.path} cell ${cell}`;
  return { rule: 'library', place: { path, line, column }, excerpt, message };
}
