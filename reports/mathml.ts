/**
 * Formulas as they are set in books, in MathML, which browsers draw without scripts. What a formula is made of becomes parts with
 * names of elements that are all given here; the template writes them down and escapes every text.
 */
import type { FormulaNode } from '../graders/model/formula.ts';

export interface MathPart {
  tag: 'mi' | 'mn' | 'mo' | 'mrow' | 'mfrac' | 'msub' | 'msup' | 'msqrt' | 'munder' | 'mover';
  text: string;
  parts: MathPart[];
}

const leaf = (tag: 'mi' | 'mn' | 'mo', text: string): MathPart => ({ tag, text, parts: [] });
const of = (tag: MathPart['tag'], ...parts: MathPart[]): MathPart => ({ tag, text: '', parts });
const sign = (text: string) => leaf('mo', text);

const GREEK: Readonly<Record<string, string>> = {
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', eta: 'η', theta: 'θ', lambda: 'λ', mu: 'μ' },
  ...{ nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω' },
};

/** How strongly a formula holds together: what is weaker than its place stands in brackets. */
const SUM = 1;
const PRODUCT = 2;
const POWER = 3;
const ATOM = 4;

/** A formula, ready to be written down; deep ones are no trouble, since reading has bounded them. */
export const mathOf = (node: FormulaNode): MathPart => set(node).part;

interface Set {
  part: MathPart;
  holds: number;
}

function set(node: FormulaNode): Set {
  switch (node.type) {
    case 'number':
      return numberOf(node.value);
    case 'name':
      return { part: withIndices(nameOf(node.base), node.indices), holds: ATOM };
    case 'delta':
      return { part: withIndices(leaf('mi', 'δ'), node.indices), holds: ATOM };
    case 'minus':
      return { part: of('mrow', sign('−'), within(node.of, PRODUCT)), holds: SUM };
    case 'operator':
      return operation(node);
    case 'call':
      return callOf(node.name, node.args);
    case 'over':
      return over(node);
  }
}

function operation({ op, left, right }: FormulaNode & { type: 'operator' }): Set {
  if (op === '/') return { part: of('mfrac', mathOf(left), mathOf(right)), holds: POWER };
  if (op === '^') return { part: of('msup', within(left, ATOM), mathOf(right)), holds: POWER };
  // What stands behind a sum without brackets is summed as well.
  if (op === '*') {
    const first = within(left, left.type === 'over' ? ATOM : PRODUCT);
    return { part: of('mrow', first, sign('·'), within(right, POWER)), holds: PRODUCT };
  }
  // What is subtracted, or begins with a minus of its own, keeps its brackets.
  const second = within(right, PRODUCT);
  return { part: of('mrow', within(left, SUM), sign(op === '-' ? '−' : '+'), second), holds: SUM };
}

function callOf(name: string, args: readonly FormulaNode[]): Set {
  const [first] = args;
  if (name === 'sqrt' && first !== undefined) return { part: of('msqrt', mathOf(first)), holds: ATOM };
  if (name === 'abs' && first !== undefined)
    return { part: of('mrow', sign('|'), mathOf(first), sign('|')), holds: ATOM };
  const listed = args.flatMap((arg, i) => (i === 0 ? [mathOf(arg)] : [sign(','), mathOf(arg)]));
  return { part: of('mrow', nameOf(name), sign('('), ...listed, sign(')')), holds: ATOM };
}

function over({ name, index, of: inside }: FormulaNode & { type: 'over' }): Set {
  const head = of('munder', name === 'sum' ? sign('∑') : leaf('mi', name), leaf('mi', index));
  if (name === 'sum') return { part: of('mrow', head, within(inside, PRODUCT)), holds: PRODUCT };
  return { part: of('mrow', head, sign('('), mathOf(inside), sign(')')), holds: ATOM };
}

/** A formula in a place that asks for this much: in brackets where it holds together less. */
function within(node: FormulaNode, least: number): MathPart {
  const { part, holds } = set(node);
  return holds >= least ? part : of('mrow', sign('('), part, sign(')'));
}

function numberOf(value: number): Set {
  if (value === Math.E) return { part: leaf('mi', 'e'), holds: ATOM };
  if (value === Math.PI) return { part: leaf('mi', 'π'), holds: ATOM };
  if (!Number.isFinite(value)) return { part: leaf('mn', String(value)), holds: ATOM };
  const digits = leaf('mn', String(Math.abs(value)));
  return value < 0 ? { part: of('mrow', sign('−'), digits), holds: SUM } : { part: digits, holds: ATOM };
}

/** `yhat` is ŷ, `mu` is μ; any other name of several letters stands upright. */
function nameOf(base: string): MathPart {
  const hat = /^(.+)hat$/.exec(base)?.[1];
  if (hat !== undefined) return of('mover', nameOf(hat), sign('^'));
  return leaf('mi', GREEK[base] ?? base);
}

const withIndices = (part: MathPart, indices: readonly string[]): MathPart =>
  indices.length === 0 ? part : of('msub', part, of('mrow', ...indices.map((index) => leaf('mi', index))));
