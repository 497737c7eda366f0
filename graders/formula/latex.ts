/**
 * Simple LaTeX, as it stands in reports: fractions, hats, sums, Greek letters, functions and the signs that only set them.
 * What a command means beyond doubt becomes the tokens of the keyboard's spelling; any other keeps its complaint.
 */
import { Unread } from './complaint.ts';
import { functionCalled } from './functions.ts';
import type { Token } from './token.ts';

/** Tokens of a part of the text, in keyboard spelling. */
type Tokenise = (from: number, to: number) => Token[];

/** What only sets a formula: nothing of it remains. */
const spacing = /^(?:left|right|[bB]igg?[lr]?|displaystyle|limits|quad|qquad|[,;:! ])$/;
const products = ['cdot', 'times', 'ast'];
const hats = ['hat', 'widehat'];
const fonts = ['mathbf', 'mathrm', 'mathit', 'boldsymbol', 'bm', 'vec', 'operatorname', 'text', 'textbf'];
const letters = ['alpha', 'beta', 'delta', 'eta', 'gamma', 'lambda', 'mu', 'pi', 'sigma', 'theta', 'nabla'];

const subscript = /\s*(_(?:\{[\p{L}\d, ]*\}|[\p{L}\d]))/uy;

/** The tokens of the command that begins at a backslash, and where the text goes on; throws Unread for any other command. */
export function latexAt(text: string, position: number, tokenise: Tokenise): { tokens: Token[]; end: number } {
  const command = /^\\([A-Za-z]+|.)/su.exec(text.slice(position));
  const name = command?.[1] ?? '';
  const after = position + (command?.[0].length ?? 1);
  const column = position + 1;
  const token = (kind: Token['kind'], spelt: string, end = after): Token => ({
    ...{ kind, text: spelt, column, written: text.slice(position, end) },
  });
  const symbol = (spelt: string): Token => ({ kind: 'symbol', text: spelt, written: '', column });
  const inBrackets = ({ from, to }: Group) => [symbol('('), ...tokenise(from, to), symbol(')')];

  if (spacing.test(name)) return { tokens: [], end: after };
  if (products.includes(name)) return { tokens: [token('symbol', '*')], end: after };
  if (name === 'div') return { tokens: [token('symbol', '/')], end: after };
  if (/^[dt]?frac$/.test(name)) {
    const above = groupAt(text, after);
    const below = groupAt(text, above.end);
    const tokens = [symbol('('), ...inBrackets(above), symbol('/'), ...inBrackets(below), symbol(')')];
    return { tokens, end: below.end };
  }
  if (name === 'sqrt') {
    const root = groupAt(text, after);
    return { tokens: [token('name', 'sqrt'), ...inBrackets(root)], end: root.end };
  }
  if (hats.includes(name) || fonts.includes(name)) {
    const of = groupAt(text, after);
    return named(inner(text, of), hats.includes(name) ? 'hat' : '', of.end);
  }
  if (letters.includes(name)) return named(name === 'nabla' ? 'grad' : name, '', after);
  if (functionCalled(name) !== undefined) return { tokens: [token('name', name)], end: after };
  const says = `The LaTeX command \\${name} is not read: write yhat_j, delta_jk, sum(…) as plain text`;
  throw new Unread(`${says}: found \\`, column, command?.[0].length ?? 1);

  /** A name with what hangs on it: `\hat{y}_j`, `\hat{y_j}`, `\delta_{jk}`. */
  function named(base: string, hat: string, end: number): { tokens: Token[]; end: number } {
    const [whole, index] = /^(\\?[\p{L}\d]+?)(?:_\{?([\p{L}\d, ]+)\}?)?$/u.exec(base)?.slice(1) ?? [];
    if (whole === undefined) throw new Unread(`\\${name} stands over a single name`, column, end - position);
    const letter = whole.replace('\\', '');
    if (functionCalled(letter) !== undefined && hat === '') return { tokens: [token('name', letter, end)], end };
    subscript.lastIndex = end;
    const below = index === undefined ? subscript.exec(text) : null;
    const indices = (index ?? below?.[1] ?? '').replace(/[_{}, ]/g, '');
    const last = end + (below?.[0].length ?? 0);
    const spelt = `${letter}${hat}${indices === '' ? '' : `_${indices}`}`;
    return { tokens: [token('name', spelt, last)], end: last };
  }
}

interface Group {
  from: number;
  to: number;
  end: number;
}

/** What a command is about: `{…}`, or the one letter, digit or command that follows. */
function groupAt(text: string, position: number): Group {
  const start = position + (/^\s*/.exec(text.slice(position))?.[0].length ?? 0);
  if (text[start] === '{') {
    let depth = 0;
    for (let at = start; at < text.length; at++) {
      if (text[at] === '{') depth++;
      if (text[at] === '}' && --depth === 0) return { from: start + 1, to: at, end: at + 1 };
    }
    throw new Unread('This bracket is never closed', start + 1);
  }
  const one = /^(?:\\[A-Za-z]+|[\p{L}\d])/u.exec(text.slice(start))?.[0];
  if (one === undefined) throw new Unread('Something in { } is missing here', start + 1);
  return { from: start, to: start + one.length, end: start + one.length };
}

const inner = (text: string, { from, to }: Group) => text.slice(from, to).trim();
