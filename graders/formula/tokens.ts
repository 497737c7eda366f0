/** A formula's text becomes tokens, with the spellings of mathematics brought to those of the keyboard. */
import { Unread } from './complaint.ts';
import { latexAt } from './latex.ts';
import type { Token } from './token.ts';

/** A sum with its index, and with its whole range where that is written: `Σ_{k=1}^{K}`. */
const sumOverRange =
  /(?:\\sum|[∑Σ])(?:\\limits)?\s*_\s*(?:\{\s*([a-z])\s*(?:=\s*[01]\s*)?\}|([a-z])(?![\p{L}\d_]))(?:\s*\^\s*(?:\{\s*[A-Za-z](?:\s*-\s*1)?\s*\}|[A-Z]))?/uy;

const patterns: readonly [Token['kind'], RegExp][] = [
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  // After an index as a small letter only further indices belong to the name: `xᵢgⱼ` are two.
  ['name', /[\p{L}∇](?:(?<![ᵢⱼₖₗₘₙ])[\p{L}\p{M}\d]|[ᵢⱼₖₗₘₙ]|_\{[\p{L}\d, ]*\}|_)*/uy],
  ['name', /[∑√](?:_\{?[a-z]\}?)?/uy],
  ['symbol', /\*\*|[-+*/^()[\]{},−–—·⋅×∗÷²³]/uy],
];

const symbolSpellings: Readonly<Record<string, string>> = {
  '**': '^',
  '−': '-',
  '–': '-',
  '—': '-',
  '·': '*',
  '⋅': '*',
  '×': '*',
  '∗': '*',
  '÷': '/',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
};

const letterSpellings: readonly [RegExp, string | ((match: string, index: string) => string)][] = [
  [/[ŷŶ]/gu, 'yhat'],
  [/(\p{L})\u0302/gu, '$1hat'],
  [/δ/gu, 'delta'],
  [/[σς]/gu, 'sigma'],
  [/μ|µ/gu, 'mu'],
  [/π/gu, 'pi'],
  [/∇/gu, 'grad'],
  [/[∑Σ]/gu, 'sum'],
  [/√/gu, 'sqrt'],
  [/_?([ᵢⱼₖₗₘₙ])/gu, (_, index) => `_${index.normalize('NFKC')}`],
  [/_?[Hh]at(?=_|$)/gu, 'hat'],
  [/[{}, ]/gu, ''],
  // `W_i_j`, and subscripts written as characters: the indices stand together after one underscore.
  [/_([a-z])_([a-z])$/gu, '_$1$2'],
];

/** Why a character that students do type has no place here. */
const advice: Readonly<Record<string, string>> = {
  '|': 'Write abs(…) instead of bars',
  '=': 'Write only the right-hand side, without an equals sign',
  "'": 'A formula speaks of single entries, which have no transpose and no prime',
  '"': 'Write the formula without quotes inside it',
  '<': 'There are no comparisons: use step(…), max(…) or delta_jk',
  '>': 'There are no comparisons: use step(…), max(…) or delta_jk',
  $: 'Write plain text, without dollar signs',
  '.': 'Write * for every product',
};

/** Splits a text into tokens; throws Unread at the first character that has no place in a formula. */
export function tokenise(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  let position = from;
  while (position < to) {
    if (/\s/.test(text[position]!)) {
      position++;
      continue;
    }
    const sum = sumAt(text, position);
    if (text[position] === '\\' && sum === undefined) {
      const { tokens: meant, end } = latexAt(text.slice(0, to), position, (begin, stop) => tokenise(text, begin, stop));
      tokens.push(...meant);
      position = end;
      continue;
    }
    const token = sum ?? tokenAt(text.slice(0, to), position);
    position += token.written.length;
    if (token.text === '²' || token.text === '³') {
      tokens.push({ ...token, text: '^' }, { ...token, kind: 'number', text: token.text === '²' ? '2' : '3' });
    } else tokens.push(token);
  }
  return tokens;
}

function sumAt(text: string, position: number): Token | undefined {
  sumOverRange.lastIndex = position;
  const [written, braced, bare] = sumOverRange.exec(text) ?? [];
  return written === undefined
    ? undefined
    : { kind: 'name', text: `sum_${braced ?? bare}`, written, column: position + 1 };
}

function tokenAt(text: string, position: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = position;
    const written = pattern.exec(text)?.[0];
    if (written === undefined) continue;
    const spelt = kind === 'name' ? spellName(written) : (symbolSpellings[written] ?? written);
    return { kind, text: spelt, written, column: position + 1 };
  }
  const character = String.fromCodePoint(text.codePointAt(position)!);
  const shown = /\p{C}/u.test(character) ? `U+${character.codePointAt(0)!.toString(16).padStart(4, '0')}` : character;
  throw new Unread(
    `${advice[character] ?? 'This character has no meaning in a formula'}: found ${shown}`,
    position + 1,
  );
}

function spellName(written: string): string {
  return letterSpellings.reduce((name, [from, to]) => name.replace(from, to as string), written.normalize('NFC'));
}
