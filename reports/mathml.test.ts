import { expect, test } from 'vitest';
import { parseFormula } from '../graders/formula/parse.ts';
import type { Names } from '../graders/formula/formula.ts';
import { mathOf, type MathPart } from './mathml.ts';

const names: Names = { known: ['x', 'mu', 'y_k', 'yhat_j', 'W_ij', 'delta_jk', 'g'], free: ['i', 'j', 'k'] };

/** The formula as one reads it aloud from the page: brackets stand where the page has them. */
function read(text: string): string {
  const formula = parseFormula(text, names);
  if ('error' in formula) throw new Error(formula.error);
  return line(mathOf(formula.root));
}

function line({ tag, text, parts }: MathPart): string {
  const [first, second] = parts.map(line);
  if (tag === 'mfrac') return `⟨${first} over ${second}⟩`;
  if (tag === 'msup') return `${first}^⟨${second}⟩`;
  if (tag === 'msub' || tag === 'munder') return `${first}_${second}`;
  if (tag === 'mover') return `${first} with ${second}`;
  if (tag === 'msqrt') return `√⟨${parts.map(line).join('')}⟩`;
  return text + parts.map(line).join('');
}

test.each([
  ['x + 2 x', 'x+2·x'],
  ['(x + 1) * 3', '(x+1)·3'],
  ['x - (mu - 1)', 'x−(μ−1)'],
  ['x - -x', 'x−(−x)'],
  ['-(x + 1)', '−(x+1)'],
  ['(-x)^2', '(−x)^⟨2⟩'],
  ['-x^2', '−x^⟨2⟩'],
  ['(x / 2)^2', '(⟨x over 2⟩)^⟨2⟩'],
  ['x / (mu + 1) * 2', '⟨x over μ+1⟩·2'],
  ['x * (mu * g)', 'x·(μ·g)'],
  ['sqrt(x^2 + 1)', '√⟨x^⟨2⟩+1⟩'],
  ['abs(x) + exp(-x)', '|x|+exp(−x)'],
  ['yhat_j - delta_jk', 'y with ^_j−δ_jk'],
  ['sum(y_k - 1, k)', '∑_k(y_k−1)'],
  ['mean(y_k * x, k)', 'mean_k(y_k·x)'],
  ['sum(y_k, k) * x', '(∑_ky_k)·x'],
  ['x * mean(y_k, k)', 'x·mean_k(y_k)'],
  ['sum_k(y_k)^2', '(∑_ky_k)^⟨2⟩'],
  ['e^x', 'e^⟨x⟩'],
])('%s is set as %s', (written, wanted) => {
  expect(read(written)).toBe(wanted);
});
