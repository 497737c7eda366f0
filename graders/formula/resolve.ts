/** What a name in a formula stands for. */
import { closest, Unread } from './complaint.ts';
import { constants, functions, overNames } from './functions.ts';
import type { FormulaNode } from '../model/formula.ts';
import { offeredNames, splitName, type Names } from './formula.ts';
import type { Token } from './token.ts';

/** A value of the task, the Kronecker delta or a constant; throws Unread with the names there are, and the closest one. */
export function resolveName(token: Token, names: Names): FormulaNode {
  const base = named(token.text, names) ?? named(lackingUnderscore(token.text, names), names);
  if (base) return base;
  const constant = constants.get(token.text);
  if (constant !== undefined) return { type: 'number', value: constant };
  throw new Unread(unknownName(token, names), token.column, token.written.length);
}

/** Any index letter is allowed on a known base; whether the index is bound is decided where the sums are seen. */
function named(name: string | undefined, names: Names): FormulaNode | undefined {
  if (name === undefined) return undefined;
  const { base, indices } = splitName(name);
  if (!indices.every((index) => /^[a-z]$/.test(index))) return undefined;
  if (!names.known.map(splitName).some((one) => one.base === base && one.indices.length === indices.length))
    return undefined;
  if (base === 'delta' && indices.length === 2) return { type: 'delta', indices: [indices[0]!, indices[1]!] };
  return { type: 'name', base, indices };
}

/** `yhatj` and `Wij` can only mean `yhat_j` and `W_ij` when exactly one known name reads so. */
function lackingUnderscore(name: string, names: Names): string | undefined {
  const same = names.known.filter((one) => one.replaceAll('_', '') === name.replaceAll('_', ''));
  return same.length === 1 ? same[0] : undefined;
}

function unknownName(token: Token, names: Names): string {
  const { base, indices } = splitName(token.text);
  const sameBase = names.known.find((one) => splitName(one).base === base);
  const list = `Known names: ${offeredNames(names).join(', ')}`;
  if (sameBase && indices.length !== splitName(sameBase).indices.length) {
    const needs = splitName(sameBase).indices.length;
    const amount = needs === 0 ? 'no index' : needs === 1 ? 'one index' : `${needs} indices`;
    return `${token.written} needs ${amount}, as in ${sameBase}. ${list}`;
  }
  const guess = closest(token.text, [...offeredNames(names), ...functions.keys(), ...overNames]);
  return `Unknown name ${token.written}${guess ? `. Did you mean ${guess}?` : '.'} ${list}`;
}
