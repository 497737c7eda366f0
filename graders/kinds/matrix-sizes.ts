/** Sizes of matrices as students write them into answers.json, `{ X: "n×d", w: "d×1" }`, in any notation. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { ProgramStopped } from '../stopped.ts';

interface MatrixSizes {
  /** The key in answers.json. */
  key: string;
  right: Readonly<Record<string, string>>;
  /** What the sizes have to fit, where more is wrong than rows and columns exchanged. */
  hint: string;
}

/** An equal share of the marks for each size. */
export function judgeSizes(context: CheckContext, { key, right, hint }: MatrixSizes): Judgement {
  const given = context.answers()[key];
  const entries = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const texts = Object.keys(right).map((name) => [name, textOf(entries, name)] as const);
  if (texts.every(([, text]) => text === '')) {
    throw new ProgramStopped('missing', `answers.json has no sizes under "${key}".`);
  }
  const wrong = texts.filter(([name, text]) => normal(text) !== right[name]);
  if (wrong.length === 0) return pass();
  const transposed = wrong.every(([name, text]) => normal(text).split('×').reverse().join('×') === right[name]);
  return fail(
    {
      says: `The size of ${wrong.map(([name]) => name).join(' and ')} is another one.`,
      yours: texts.map(([name, text]) => `${name}: ${text || 'nothing'}`).join(', '),
      expected: Object.entries(right)
        .map(([name, size]) => `${name}: ${size}`)
        .join(', '),
      hint: transposed ? 'Rows come first: a matrix with n rows and d columns is n×d.' : hint,
    },
    { earned: 1 - wrong.length / texts.length },
  );
}

const textOf = (entries: Record<string, unknown>, name: string): string => {
  const value = Object.hasOwn(entries, name) ? entries[name] : '';
  const text = Array.isArray(value) ? value.slice(0, 3).map(String).join('×') : value;
  return typeof text === 'string' ? text.slice(0, 60) : '';
};

/** `n*d`, `n x d`, `(n, d)`, `R^{n×d}`, `ℝⁿˣᵈ`, `\mathbb{R}^{n \times d}` and `n×d` are one; a vector `n` or `(n,)` is `n×1`. */
function normal(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\\(mathbb|mathbf|mathrm)|[\s(){}[\]$]/g, '')
    .replace(/^(?:[a-z]?(?:∈|\\in))?(?:r\^?(?=.))?/, '')
    .replace(/,$/, '')
    .replace(/-?by-?|\\times|\\cdot|[*x,·⋅∙•∗✕⨯]/g, '×');
  return /^[a-z]$/.test(plain) ? `${plain}×1` : plain;
}
