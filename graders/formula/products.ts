/** Products written without a sign: `2x`, `y_j(1 - y_j)`, `(a)(b)`. */
import { Unread } from './complaint.ts';
import { functionCalled } from './functions.ts';
import type { Token } from './token.ts';

/**
 * Inserts the missing `*`. After a division a product without sign can be read in two ways (`1/2x`), so there it is an
 * error that asks for brackets, not a guess.
 */
export function insertProducts(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  const divided = [false]; // for each open bracket: has the current product a division in it?
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    if (before && endsOperand(before, token) && startsOperand(token)) {
      if (before.kind === 'number' && token.kind === 'number')
        throw new Unread('Two numbers stand side by side; an operator is missing', token.column, token.written.length);
      if (divided.at(-1))
        throw new Unread(
          'This can be read in two ways: a product without * after a division. Write brackets, e.g. a/(b*c) or (a/b)*c',
          token.column,
          token.written.length,
        );
      result.push({ kind: 'symbol', text: '*', written: '', column: token.column });
    }
    if (token.kind === 'symbol') {
      if (token.text === '(') divided.push(false);
      else if (token.text === ')') divided.pop();
      else if (token.text === '/') divided[divided.length - 1] = true;
      else if (token.text !== '^' && before?.text !== '/') divided[divided.length - 1] = false;
    }
    result.push(token);
  }
  return result;
}

function endsOperand(token: Token, next: Token): boolean {
  if (token.kind === 'name') return !(next.text === '(' && functionCalled(token.text));
  return token.kind === 'number' || token.text === ')';
}

const startsOperand = (token: Token): boolean => token.kind !== 'symbol' || token.text === '(';
