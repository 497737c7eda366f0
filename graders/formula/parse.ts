/** A student's text becomes a formula, or a sentence that says why it cannot be read. */
import { createRequire } from 'node:module';
import type { MathNode } from 'mathjs';
import { buildFormula } from './build.ts';
import { complain, Unread } from './complaint.ts';
import type { Formula, Names, Unreadable } from './formula.ts';
import { withoutLeftSide } from './left-side.ts';
import { insertProducts } from './products.ts';
import type { Token } from './token.ts';
import { tokenise } from './tokens.ts';
import { bracketArguments, bracketSums } from './unwritten-brackets.ts';

const require = createRequire(import.meta.url);

const MAX_LENGTH = 400;
const MAX_BRACKETS = 30;

/**
 * Reads one entry of answers.json. The text is parsed, never evaluated, by the expression parser; its tree is then copied
 * into our own nodes, so that nothing but the grammar of formula.ts survives.
 */
export function parseFormula(text: unknown, names: Names): Formula | Unreadable {
  if (typeof text === 'number' && Number.isFinite(text)) return parseFormula(String(text), names);
  if (typeof text !== 'string') return { error: `A formula is a text in quotes, got ${kindOf(text)}`, column: 1 };
  if (text.length > MAX_LENGTH)
    return {
      error: `The formula has ${text.length} characters; at most ${MAX_LENGTH} are read`,
      column: MAX_LENGTH + 1,
    };
  if (text.trim() === '') return { error: 'The formula is empty', column: 1 };
  try {
    const written = tokenise(withoutLeftSide(withoutDollars(unescaped(text)), names));
    checkBrackets(written);
    const tokens = insertProducts(bracketSums(bracketArguments(written), names.free ?? []));
    return { text, names, root: buildFormula(expressionTree(tokens, text), tokens, names) };
  } catch (error) {
    if (error instanceof Unread) return complain(error.message, text, error.column, error.length);
    throw error;
  }
}

/** `$…$` around the whole. */
function withoutDollars(text: string): string {
  const [, open, inside, close] = /^(\s*\${1,2}|\s*\\[([])([^$]*?)(\${1,2}|\\[)\]])\s*$/s.exec(text) ?? [];
  return open === undefined ? text : ' '.repeat(open.length) + inside! + ' '.repeat(close!.length);
}

/** JSON reads `\frac`, `\times`, `\nabla`, `\right` with one backslash as signs that no formula has. */
const unescaped = (text: string): string =>
  text
    .replace(/\f(?=rac)/g, '\\f')
    .replace(/\t(?=imes|anh|ext|heta)/g, '\\t')
    .replace(/\n(?=abla)/g, '\\n')
    .replace(/\r(?=ight)/g, '\\r')
    .replace(/[\b](?=eta|ig|m\{|oldsymbol)/g, '\\b');

/** Every bracket has its partner of the same kind, and they are not nested deeper than a formula needs. */
function checkBrackets(tokens: readonly Token[]): void {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.text === '(') open.push(token);
    if (token.text === ')') {
      const partner = open.pop();
      if (!partner) throw new Unread('This bracket closes nothing', token.column);
      const kinds = partner.written + token.written;
      if (!['()', '[]', '{}', ''].includes(kinds))
        throw new Unread(`This bracket closes one of another kind, ${partner.written}`, token.column);
    }
    if (open.length > MAX_BRACKETS)
      throw new Unread(`Brackets are nested deeper than ${MAX_BRACKETS} times`, token.column);
  }
  const unclosed = open.at(-1);
  if (unclosed) throw new Unread('This bracket is never closed', unclosed.column);
}

/**
 * The library as one file, loaded when the first formula is read: its modules, 650 of them, take seven times as long to load,
 * and most runs read no formula.
 */
const parseExpression = (expression: string): MathNode =>
  (require('mathjs/lib/browser/math.js') as { parse(expression: string): MathNode }).parse(expression);

/** The parser sees `t0`, `t1` … for names and numbers: no word of the student's can mean anything to it. */
function expressionTree(tokens: readonly Token[], text: string): MathNode {
  const starts: number[] = [];
  let expression = '';
  for (const [i, token] of tokens.entries()) {
    starts.push(expression.length);
    expression += token.kind === 'symbol' ? `${token.text} ` : `t${i} `;
  }
  try {
    return parseExpression(expression);
  } catch (error) {
    const at = (error as { char?: unknown }).char;
    if (!(error instanceof SyntaxError) || typeof at !== 'number') throw error;
    const index = starts.findLastIndex((start) => start < at);
    const token = tokens[index];
    if (!token || at > expression.trimEnd().length)
      throw new Unread(
        'The formula ends too early: a number, a name or a bracket is missing',
        text.trimEnd().length + 1,
      );
    throw new Unread(`${token.written || token.text} does not fit here`, token.column, token.written.length);
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
