/** Are two formulas the same function? Tried at random points; a difference comes with the point that shows it. */
import type { Random } from '../numerics/random.ts';
import { evaluate } from './evaluate.ts';
import type { FormulaNode } from '../model/formula.ts';
import type { Formula, Scope } from './formula.ts';

/** Draws one point; it should reach every case of the truth (equal and unequal indices, both signs …). */
export type Domain = (random: Random) => Scope;

interface Difference {
  same: false;
  scope: Scope;
  yours: number;
  expected: number;
  /** The point in words, e.g. `j = 1, k = 2, yhat_j = 0.25`. */
  at: string;
}

interface Options {
  /** Number of random points. */
  n?: number;
  rtol?: number;
}

/**
 * Agreement within `rtol` of the expected value at every point; where that is tiny or 0, within `rtol` of the largest
 * expected value (at most 1), because two exact forms of 0 differ by rounding. Among differences, the largest is returned.
 */
export function equivalent(
  formula: Formula,
  truth: Formula | ((scope: Scope) => number),
  domain: Domain,
  random: Random,
  { n = 40, rtol = 1e-9 }: Options = {},
): { same: true } | Difference {
  const right = typeof truth === 'function' ? truth : (scope: Scope) => evaluate(truth, scope);
  const points = Array.from({ length: n }, () => {
    const scope = domain(random);
    return { scope, yours: evaluate(formula, scope), expected: right(scope) };
  });
  if (points.length === 0) throw new Error('A comparison needs at least one point');
  if (!points.every((point) => Number.isFinite(point.expected)))
    throw new Error('The true formula is not finite on its domain');

  const scale = Math.min(1, Math.max(...points.map((point) => Math.abs(point.expected))));
  const wrong = points.filter((point) => !(off(point) <= rtol * Math.max(Math.abs(point.expected), scale)));
  const worst = wrong.reduce((a, b) => (off(b) > off(a) ? b : a), wrong[0]!);
  return worst === undefined ? { same: true } : { same: false, ...worst, at: inWords(formula, worst.scope) };
}

/** Infinitely far off when the formula has no value there. */
function off({ yours, expected }: { yours: number; expected: number }): number {
  return Number.isFinite(yours) ? Math.abs(yours - expected) : Infinity;
}

/** The indices and the values that the formula uses at a point; `_j` counts from 1, as on paper. */
function inWords(formula: Formula, scope: Scope): string {
  const parts = Object.entries(scope.at ?? {}).map(([index, position]) => `${index} = ${position + 1}`);
  const bases = new Set<string>();
  visit(formula.root, (node) => node.type === 'name' && bases.add(node.base));
  // A formula without names is still wrong at a certain point.
  if (parts.length === 0 && bases.size === 0) for (const base of Object.keys(scope.values)) bases.add(base);
  for (const base of bases) parts.push(`${base} = ${show(scope.values[base])}`);
  return parts.join(', ');
}

function visit(node: FormulaNode, see: (node: FormulaNode) => void): void {
  see(node);
  if (node.type === 'operator') [node.left, node.right].forEach((child) => visit(child, see));
  else if (node.type === 'call') node.args.forEach((child) => visit(child, see));
  else if ('of' in node) visit(node.of, see);
}

function show(value: unknown): string {
  return Array.isArray(value) ? `(${value.map(show).join(', ')})` : String(Number(Number(value).toPrecision(4)));
}
