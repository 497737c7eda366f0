/** `dL/da_j = …`: what a formula is said to be stands in front of it, and only the right-hand side is the formula. */
import { splitName, type Names } from './formula.ts';

/** The text with spaces in place of a left-hand side that names the result, so that places stay what they are. */
export function withoutLeftSide(text: string, names: Names): string {
  const signs = [...text.matchAll(/:?=/g)].filter(({ index }) => depthAt(text, index) === 0);
  const [sign] = signs;
  if (sign === undefined || signs.length > 1) return text;
  const left = text
    .slice(0, sign.index)
    .replace(/^\s*\${1,2}/, '')
    .trim();
  if (!namesTheResult(left, names)) return text;
  const end = sign.index + sign[0].length;
  return ' '.repeat(end) + text.slice(end);
}

/** Inside of braces, as in `\sum_{k=1}`, an equals sign is something else. */
const depthAt = (text: string, index: number) =>
  [...text.slice(0, index)].reduce((depth, sign) => depth + (sign === '{' ? 1 : sign === '}' ? -1 : 0), 0);

const d = String.raw`(?:∂|d|\\partial|\\mathrm\{d\})`;
const results = [
  // ∂L/∂a_j, dL / da, ∂ŷ_j/∂a_k
  new RegExp(String.raw`^\(?${d}[^=/]*\)?\s*/\s*\(?${d}[^=/+*]*\)?$`, 'u'),
  new RegExp(String.raw`^\\[dt]?frac\s*\{\s*${d}.*\}\s*\{\s*${d}.*\}$`, 'u'),
  // f'(x), σ′
  /^\\?\p{L}+(?:_\w)?\s*['′](?:\([^()]*\))?$/u,
  // ∇f, ∇_w L, grad_i
  /^\(?(?:∇|\\nabla|grad)[^=+*/-]*$/u,
];

/** A derivative, a gradient, or a name that the formula itself has no use for. */
function namesTheResult(left: string, names: Names): boolean {
  if (results.some((pattern) => pattern.test(left))) return true;
  const name = /^([\p{L}][\p{L}\p{N}]*(?:_\{?[\p{L}\p{N}, ]+\}?)?)(?:\([^()]*\))?$/u.exec(left)?.[1];
  if (name === undefined) return false;
  const { base } = splitName(name.replace(/[{}, ]/g, ''));
  return !names.known.some((known) => splitName(known).base === base);
}
