/**
 * A formula as it was read: what it is made of, in a tree that can be kept, evaluated and typeset.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { FormulaNode } from 'gradmark/model/formula';
 *
 * const y_k: FormulaNode = { type: 'name', base: 'y', indices: ['k'] };
 * const sum: FormulaNode = { type: 'over', name: 'sum', index: 'k', of: y_k };
 * assert.equal(sum.of, y_k);
 * ```
 */

export type FormulaNode =
  | { type: 'number'; value: number }
  | { type: 'name'; base: string; indices: readonly string[] }
  | { type: 'delta'; indices: readonly [string, string] }
  | { type: 'operator'; op: '+' | '-' | '*' | '/' | '^'; left: FormulaNode; right: FormulaNode }
  | { type: 'minus'; of: FormulaNode }
  | { type: 'call'; name: string; args: readonly FormulaNode[] }
  | { type: 'over'; name: OverName; index: string; of: FormulaNode };

/** Functions of one argument that run over an index. */
export type OverName = 'sum' | 'mean' | 'max' | 'min';
