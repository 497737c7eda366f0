/** The value of a formula at one point, by a walk over our own tree. */
import { functions } from './functions.ts';
import type { FormulaNode } from '../model/formula.ts';
import { splitName, type Formula, type Scope } from './formula.ts';

type Indices = Readonly<Record<string, number>>;

/** NaN where the formula is undefined: a logarithm of a negative number, an index outside its range, 0/0. */
export function evaluate(formula: Formula, scope: Scope): number {
  return value(formula.root, scope, scope.at ?? {}, formula);
}

function value(node: FormulaNode, scope: Scope, at: Indices, formula: Formula): number {
  switch (node.type) {
    case 'number':
      return node.value;
    case 'name':
      return entry(node.base, node.indices, scope, at);
    case 'delta':
      return position(node.indices[0], at) === position(node.indices[1], at) ? 1 : 0;
    case 'minus':
      return -value(node.of, scope, at, formula);
    case 'operator':
      return combine(node.op, value(node.left, scope, at, formula), value(node.right, scope, at, formula));
    case 'call':
      return functions.get(node.name)!.apply(...node.args.map((arg) => value(arg, scope, at, formula)));
    case 'over': {
      const count =
        rangeOf(node.index, node.of, scope) ??
        rangeOfKnown(node.index, formula, scope) ??
        rangeOfPartner(node.index, node.of, formula, scope);
      if (count === undefined) return NaN;
      const terms = Array.from({ length: count }, (_, i) => value(node.of, scope, { ...at, [node.index]: i }, formula));
      if (node.name === 'max' || node.name === 'min') return Math[node.name](...terms);
      const sum = terms.reduce((total, term) => total + term, 0);
      return node.name === 'mean' ? sum / count : sum;
    }
  }
}

function combine(op: '+' | '-' | '*' | '/' | '^', a: number, b: number): number {
  if (op === '+') return a + b;
  if (op === '-') return a - b;
  if (op === '*') return a * b;
  return op === '/' ? a / b : a ** b;
}

/** An entry of a number, vector or matrix; a missing base is our own mistake, an index out of range the student's. */
function entry(base: string, indices: readonly string[], scope: Scope, at: Indices): number {
  let inside: unknown = scope.values[base];
  if (inside === undefined) throw new Error(`The scope gives no value for ${base}`);
  for (const index of indices) inside = Array.isArray(inside) ? inside[position(index, at)] : undefined;
  return typeof inside === 'number' ? inside : NaN;
}

function position(index: string, at: Indices): number {
  const where = at[index];
  if (where === undefined) throw new Error(`The scope gives no position for the index ${index}`);
  return where;
}

/** How far an index runs: the length of the first vector, or side of the first matrix, that carries it. */
function rangeOf(index: string, node: FormulaNode, scope: Scope): number | undefined {
  if (node.type === 'name') return lengthAlong(node.base, node.indices, index, scope);
  const children =
    node.type === 'operator'
      ? [node.left, node.right]
      : node.type === 'call'
        ? node.args
        : 'of' in node
          ? [node.of]
          : [];
  if (node.type === 'over' && node.index === index) return undefined;
  return children.map((child) => rangeOf(index, child, scope)).find((length) => length !== undefined);
}

/** For a sum over deltas alone: the range that the letter has in the task's own names. */
function rangeOfKnown(index: string, formula: Formula, scope: Scope): number | undefined {
  const lengths = formula.names.known.map((name) => {
    const { base, indices } = splitName(name);
    return base === 'delta' ? undefined : lengthAlong(base, indices, index, scope);
  });
  return lengths.find((length) => length !== undefined);
}

/** For a letter of the student's own in deltas alone, `sum(delta_jm delta_mk)`: the range of the index that it is compared with. */
function rangeOfPartner(index: string, node: FormulaNode, formula: Formula, scope: Scope): number | undefined {
  const partners = deltasIn(node).flatMap((pair) => (pair.includes(index) ? pair.filter((one) => one !== index) : []));
  return partners.map((one) => rangeOfKnown(one, formula, scope)).find((length) => length !== undefined);
}

function deltasIn(node: FormulaNode): (readonly [string, string])[] {
  if (node.type === 'delta') return [node.indices];
  if (node.type === 'operator') return [node.left, node.right].flatMap(deltasIn);
  if (node.type === 'call') return node.args.flatMap(deltasIn);
  return 'of' in node ? deltasIn(node.of) : [];
}

function lengthAlong(base: string, indices: readonly string[], index: string, scope: Scope): number | undefined {
  const axis = indices.indexOf(index);
  let inside: unknown = scope.values[base];
  for (let i = 0; i < axis; i++) inside = Array.isArray(inside) ? inside[0] : undefined;
  return axis >= 0 && Array.isArray(inside) ? inside.length : undefined;
}
