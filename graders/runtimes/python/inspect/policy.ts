/** The rules of a task's policy for Python, applied to what a text imports and uses by name. */
import type { Policy } from '../../../model/assignment.ts';
import type { PolicyBreach, SourceFile } from '../../../model/submission.ts';
import type { SourceFacts } from '../../../protocol/messages.ts';

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

/** Ready-made answers of libraries that a sheet allows for its data. */
const answers = new Map([
  ['MLPClassifier', 'trains a whole network'],
  ['MLPRegressor', 'trains a whole network'],
  ['approx_fprime', 'differentiates'],
  ['approx_derivative', 'differentiates'],
  ['check_grad', 'differentiates'],
]);

/** What a file does against the policy, in the order of its text. What the grader gives in a module's place may be imported. */
export function breachesOf(
  file: SourceFile,
  facts: SourceFacts,
  policy: Policy,
  provided: readonly string[] = [],
): PolicyBreach[] {
  if (policy === 'free') return [];
  const isProvided = (name: string, taken: readonly string[]) =>
    provided.includes(name) || (taken.length > 0 && taken.every((part) => provided.includes(`${name}.${part}`)));
  const imported = (facts.imports ?? []).flatMap(({ name, taken, ...at }) => {
    const message = isProvided(name, taken) ? undefined : importBreach(name, taken);
    return message === undefined ? [] : [breach(file, at, `import ${name}`, message)];
  });
  const used = (facts.names ?? []).flatMap(({ name, ...at }) => {
    const last = name.split('.').at(-1)!;
    const does = answers.get(last);
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
