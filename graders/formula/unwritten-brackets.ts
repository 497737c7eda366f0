/**
 * Brackets that paper leaves out. Sums: `Σ_k y_k log(yhat_k)` runs over the whole product that follows. Brackets are set around it; with a bracket
 * right behind the sign, only where what comes after it needs the index too.
 */
import { Unread } from './complaint.ts';
import { functionCalled, overNames } from './functions.ts';
import { splitName } from './formula.ts';
import type { Token } from './token.ts';

/** `\\log \\hat{y}_k`: the one name behind a function in LaTeX is its argument; what `\\log a b` means nobody knows. */
export function bracketArguments(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token, i) => {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    if (!takesBare(before, token)) return [token];
    const last = after === undefined || (after.kind === 'symbol' && !['(', '^'].includes(after.text));
    return last ? [bracket('(', token), token, bracket(')', token)] : [token];
  });
}

const takesBare = (before: Token | undefined, { kind, text }: Token) =>
  before?.kind === 'name' &&
  before.written.startsWith('\\') &&
  functionCalled(before.text) !== undefined &&
  functionCalled(before.text)?.index === undefined &&
  kind === 'name' &&
  functionCalled(text) === undefined;

/** Sets the brackets around what a sum runs over; `free` are the indices of the result. */
export function bracketSums(tokens: readonly Token[], free: readonly string[]): Token[] {
  const result = [...tokens];
  // From the last to the first: inner sums have their brackets when the outer ones get theirs.
  for (let at = result.length - 1; at >= 0; at--) {
    const token = result[at]!;
    const called = token.kind === 'name' ? functionCalled(token.text) : undefined;
    const next = result[at + 1];
    if (called?.index === undefined || !overNames.has(called.name) || next === undefined) continue;
    const end = endOfProduct(result, at + 1);
    if (next.text === '(') {
      const close = closing(result, at + 1);
      if (result[close + 1]?.text === '^' && /[∑Σ]|\\sum/.test(token.written)) throw twoWays(token);
      const after = result.slice(close + 1, end);
      const needed = !free.includes(called.index) && after.some((it) => hasIndex(it, called.index!));
      if (!needed) continue;
    }
    if (end === at + 1) continue;
    result.splice(end, 0, bracket(')', token));
    result.splice(at + 1, 0, bracket('(', token));
  }
  return result;
}

const bracket = (text: '(' | ')', { column }: Token): Token => ({ kind: 'symbol', text, written: '', column });

const hasIndex = (token: Token, index: string) =>
  token.kind === 'name' && splitName(token.text).indices.includes(index);

const twoWays = ({ column, written }: Token) =>
  new Unread(
    'This can be read in two ways: a power behind a sum. Write sum((…)^2) or (sum(…))^2',
    column,
    written.length,
  );

/** Where the product ends that begins at a place: at a sum, a comma or a bracket that closes around it. */
function endOfProduct(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    if (kind !== 'symbol') continue;
    if (text === '(') depth++;
    else if (text === ')' && --depth < 0) return at;
    else if (depth > 0) continue;
    else if (text === ',') return at;
    else if ((text === '+' || text === '-') && at > from && endsOperand(tokens[at - 1]!)) return at;
  }
  return tokens.length;
}

const endsOperand = ({ kind, text }: Token) => kind !== 'symbol' || text === ')';

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]!.text === '(') depth++;
    if (tokens[at]!.text === ')' && --depth === 0) return at;
  }
  return tokens.length;
}
