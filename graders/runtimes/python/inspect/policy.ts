/** The rules of a task's policy for Python, applied to what a text imports and uses by name. */
import type { Policy } from '../../../model/assignment.ts';
import type { PolicyBreach, SourceFile } from '../../../model/submission.ts';
import type { SourceFacts } from '../../../protocol/messages.ts';
import { autodiffImport, autodiffUse } from './autodiff.ts';

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

/** What is there beside a program: modules that the grader gives in the place of others, and tensor libraries of the sheet. */
interface There {
  provided?: readonly string[];
  libraries?: readonly string[];
}

/** What a file does against the policy, in the order of its text. What the grader gives in a module's place may be imported. */
export function breachesOf(
  file: SourceFile,
  facts: SourceFacts,
  policy: Policy,
  { provided = [], libraries = [] }: There = {},
): PolicyBreach[] {
  if (policy === 'free') return [];
  // Beside a tensor library that may be used, what it differentiates with may not.
  const allowed = policy === 'no-autodiff' ? libraries.flatMap((name) => [name, ...(partners.get(name) ?? [])]) : [];
  const isProvided = (name: string, taken: readonly string[]) =>
    provided.includes(name) || (taken.length > 0 && taken.every((part) => provided.includes(`${name}.${part}`)));
  const imported = (facts.imports ?? []).flatMap(({ name, taken, ...at }) => {
    const message = isProvided(name, taken)
      ? undefined
      : allowed.includes(name.split('.')[0]!)
        ? autodiffImport(name, taken)
        : importBreach(name, taken);
    return message === undefined ? [] : [breach(file, at, `import ${name}`, message)];
  });
  const used = (facts.names ?? []).flatMap(({ name, ...at }) => {
    const last = name.split('.').at(-1)!;
    const does = answers.get(last);
    const differentiates = allowed.length > 0 ? autodiffUse(name) : undefined;
    if (differentiates !== undefined) return [breach(file, at, name, differentiates)];
    return does === undefined ? [] : [breach(file, at, name, `${last} ${does}, which is yours to write here.`)];
  });
  return [...imported, ...used].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}

function importBreach(name: string, taken: readonly string[]): string | undefined {
  const top = name.split('.')[0]!;
  if (learners.has(top)) return `${top} is not allowed in this task: it is to be computed with numpy alone.`;
  const ready = taken.find((part) => answers.has(part));
  return ready === undefined ? undefined : `${ready} ${answers.get(ready)}, which is yours to write here.`;
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
