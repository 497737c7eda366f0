/** The functions of the formula grammar; every other name is a value of the task. */

interface FormulaFunction {
  /** Number of arguments: smallest and largest. */
  arity: readonly [number, number];
  apply(...args: number[]): number;
}

const one = (apply: (x: number) => number): FormulaFunction => ({ arity: [1, 1], apply });

export const functions: ReadonlyMap<string, FormulaFunction> = new Map([
  ['exp', one(Math.exp)],
  ['log', one(Math.log)],
  ['sqrt', one(Math.sqrt)],
  ['abs', one(Math.abs)],
  ['tanh', one(Math.tanh)],
  ['sign', one(Math.sign)],
  ['step', one((x) => (x > 0 ? 1 : x <= 0 ? 0 : NaN))],
  ['sigma', one((x) => 1 / (1 + Math.exp(-x)))],
  ['max', { arity: [2, 10], apply: Math.max }],
  ['min', { arity: [2, 10], apply: Math.min }],
]);

/** Functions that run over an index: `sum(y_k)`, or with the index named, `sum_k(y_k)` and `sum(y_k, k)`. */
export const overNames: ReadonlySet<string> = new Set(['sum', 'mean', 'max', 'min']);

/** Other spellings that students use. */
const functionSynonyms: ReadonlyMap<string, string> = new Map([
  ['ln', 'log'],
  ['sgn', 'sign'],
  ['sigmoid', 'sigma'],
  ['heaviside', 'step'],
]);

export const constants: ReadonlyMap<string, number> = new Map([
  ['e', Math.E],
  ['pi', Math.PI],
]);

/** `sum_k` → `sum` over the index `k`; `ln` → `log`; undefined for what is no function. */
export function functionCalled(word: string): { name: string; index?: string } | undefined {
  const [, base, index] = /^(\w+?)(?:_([a-z]))?$/.exec(word) ?? [];
  const name = functionSynonyms.get(base ?? '') ?? base ?? '';
  if (index !== undefined) return overNames.has(name) ? { name, index } : undefined;
  return functions.has(name) || overNames.has(name) ? { name } : undefined;
}
