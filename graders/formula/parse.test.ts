import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { Formula, Names, Scope } from './formula.ts';
import { parseFormula } from './parse.ts';

const softmax: Names = { known: ['yhat_j', 'yhat_k', 'y_j', 'y_k', 'a_j', 'a_k', 'delta_jk'], free: ['j', 'k'] };
const plain: Names = { known: ['x', 'y', 'yhat', 'mu', 'n', 'x_i', 'W_ij'], free: ['i', 'j'] };
const scope: Scope = {
  values: {
    yhat: [0.2, 0.5, 0.3],
    y: [0.1, 0.2, 0.7],
    a: [0.3, 1.2163, 0.7055],
    x: [2, 3, 5],
    W: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    mu: 4,
    n: 3,
  },
  at: { i: 2, j: 1, k: 0 },
};

function read(text: unknown, names: Names = softmax): Formula {
  const formula = parseFormula(text, names);
  if ('error' in formula) throw new Error(formula.error);
  return formula;
}

function valueOf(text: string, names: Names = softmax, at: Scope = scope): number {
  return evaluate(read(text, names), at);
}

function errorOf(text: unknown, names: Names = softmax): string {
  const formula = parseFormula(text, names);
  return 'error' in formula ? formula.error : `read without complaint: ${formula.text}`;
}

describe('what is read', () => {
  test.each([
    ['yhat_j*(delta_jk - yhat_k)', 0.5 * (0 - 0.2)],
    ['yhat_j - y_j', 0.3],
    ['-yhat_j^2', -0.25],
    ['2^-1', 0.5],
    ['2^3^2', 512],
    ['1 - 2 - 3', -4],
    ['8/2/2', 2],
    ['exp(log(y_k))', 0.1],
    ['max(y_j, y_k, 0.15)', 0.2],
    ['step(y_j - y_k) - sign(y_k - y_j)', 2],
    ['abs(-3) + sqrt(16) + tanh(0)', 7],
    ['sigma(0)', 0.5],
    ['e^0 + pi/pi', 2],
    ['1.5e1 + .5', 15.5],
  ])('%s', (text, expected) => {
    expect(valueOf(text)).toBeCloseTo(expected, 12);
  });

  test.each([
    ['ŷ_j − y_j', 'yhat_j - y_j'],
    ['y\u0302_j', 'yhat_j'],
    ['y_hat_j · δ_jk', 'yhat_j*delta_jk'],
    ['yhat_{j}*delta_{j,k}', 'yhat_j*delta_jk'],
    ['ŷⱼ', 'yhat_j'],
    ['yhatj', 'yhat_j'],
    ['deltajk', 'delta_jk'],
    ['delta_kj', 'delta_jk'],
    ['y_j²', 'y_j^2'],
    ['y_j**2', 'y_j^2'],
    ['ln(y_j) ÷ 2', 'log(y_j)/2'],
    ['σ(a_j) + sigmoid(a_j)', '2*sigma(a_j)'],
    ['∑(y_m)', 'sum(y_m)'],
    ['Σ_m(y_m)', 'sum(y_m)'],
    ['sum_k(y_k)', 'sum(y_m)'],
    ['sum(y_k, k)', 'sum(y_m)'],
  ])('%s is another spelling of %s', (text, same) => {
    expect(valueOf(text)).toBeCloseTo(valueOf(same), 12);
  });

  test.each([
    ['2y_j', '2*y_j'],
    ['y_j(1 - y_j)', 'y_j*(1 - y_j)'],
    ['(1 - y_j)(1 - y_k)', '(1 - y_j)*(1 - y_k)'],
    ['y_j(1 - y_k)^2', 'y_j*((1 - y_k)^2)'],
    ['2 y_j y_k', '2*y_j*y_k'],
    ['exp(a_j)(1 - y_j)', 'exp(a_j)*(1 - y_j)'],
    ['y_j/2 + 3(1 - y_k)', 'y_j/2 + 3*(1 - y_k)'],
    ['-2sum(y_m)', '-2*sum(y_m)'],
  ])('%s means %s', (text, same) => {
    expect(valueOf(text)).toBeCloseTo(valueOf(same), 12);
  });

  test.each([
    ['[yhat_j]*[delta_jk - yhat_k]', 'yhat_j*(delta_jk - yhat_k)'],
    ['{yhat_j}(1 - [yhat_j])', 'yhat_j*(1 - yhat_j)'],
    ['dL/da = yhat_j - y_j', 'yhat_j - y_j'],
    ['∂L/∂a_j = ŷ_j − y_j', 'yhat_j - y_j'],
    ['d L / d a_j := yhat_j - y_j', 'yhat_j - y_j'],
    ['∂ŷ_j/∂a_k = ŷ_j(δ_jk − ŷ_k)', 'yhat_j*(delta_jk - yhat_k)'],
    ["s'(a_j) = yhat_j", 'yhat_j'],
    ['∇_a L = yhat_j', 'yhat_j'],
    ['dLda = yhat_j', 'yhat_j'],
    ['\\frac{\\partial L}{\\partial a_j} = \\hat{y}_j - y_j', 'yhat_j - y_j'],
    ['$\\hat{y}_j - y_j$', 'yhat_j - y_j'],
    ['\\(\\hat y_j \\left( \\delta_{jk} - \\hat{y}_{k} \\right)\\)', 'yhat_j*(delta_jk - yhat_k)'],
    ['\\frac{\\hat{y_j}}{2} \\cdot \\frac{1}{y_k}', '(yhat_j/2)*(1/y_k)'],
    ['\\frac12 y_j', '(1/2)*y_j'],
    ['\frac{y_j}{y_k}\times 2', '(y_j/y_k)*2'],
    ['\\frac{e^{a_j}}{\\sum_{m} e^{a_m}}', 'exp(a_j)/sum(exp(a_m))'],
    ['\\sum_{m=1}^{K} y_m \\log \\hat{y}_m', 'sum(y_m*log(yhat_m))'],
    ['-\\sum_m y_m \\ln(\\hat y_m) + 1', '-sum(y_m*log(yhat_m)) + 1'],
    ['Σ_m y_m yhat_m - y_j', 'sum(y_m*yhat_m) - y_j'],
    ['∑_{m=1}^K y_m * (1 - yhat_m)', 'sum(y_m*(1 - yhat_m))'],
    ['sum_m y_m/yhat_m', 'sum(y_m/yhat_m)'],
    ['sum_m(y_m)*yhat_m', 'sum(y_m*yhat_m)'],
    ['sum_m(y_m)^2', '(sum(y_m))^2'],
    ['Σ_l Σ_m y_l yhat_m', 'sum(sum(y_l*yhat_m, l), m)'],
    ['Σ_m -y_m delta_jm', '-y_j'],
    ['exp(\\mathbf{a}_j)\\, y_{j}', 'exp(a_j)*y_j'],
    ['\\sqrt{y_j^{2}}', 'y_j'],
    ['\\sigma(a_j) \\times \\tanh\\left[a_k\\right]', 'sigma(a_j)*tanh(a_k)'],
  ])('%s is paper for %s', (text, same) => {
    expect(valueOf(text)).toBeCloseTo(valueOf(same), 12);
  });

  test('a sum runs over the one index that the result does not have', () => {
    expect(valueOf('sum(y_m*yhat_m)')).toBeCloseTo(0.02 + 0.1 + 0.21, 12);
    expect(valueOf('sum(x_k - mu)', { known: ['x_i', 'mu'] })).toBe(-2);
    expect(valueOf('mean(x_i)', { known: ['x_i'] })).toBeCloseTo(10 / 3, 12);
    expect(valueOf('max(x_i) - min(x_i)', { known: ['x_i'] })).toBe(3);
  });

  test('inner and outer sums keep their indices apart', () => {
    expect(valueOf('exp(a_j - max(a_m))/sum(exp(a_m - max(a_m)))')).toBeCloseTo(valueOf('exp(a_j)/sum(exp(a_m))'), 12);
    expect(valueOf('sum(sum(y_l*yhat_m, l), m)')).toBeCloseTo(1, 12);
    expect(valueOf('sum(y_m*sum(delta_ml*yhat_l, l))')).toBeCloseTo(valueOf('sum(y_m*yhat_m)'), 12);
  });

  test('a sum over a delta alone runs as far as the letter does in the other names', () => {
    expect(valueOf('sum(delta_jk, k)')).toBe(1);
  });

  test('matrices are read by row and column', () => {
    expect(valueOf('W_ij + x_i', plain)).toBe(6 + 5);
    expect(valueOf('sum_i(W_ij)', { known: ['W_ij'], free: ['j'] })).toBe(12);
  });

  test('an index beyond its range has no value', () => {
    const swapped = { ...scope, at: { i: 1, j: 2 } };
    expect(valueOf('W_ij', plain, swapped)).toBeNaN();
  });

  test('a number in JSON is a formula too', () => {
    expect(evaluate(read(0.5), scope)).toBe(0.5);
  });
});

describe('what is not read', () => {
  test('an unknown name comes with the closest one and with all of them', () => {
    expect(errorOf('yhut_j - y_j')).toBe(
      'Unknown name yhut_j. Did you mean yhat_j? Known names: yhat_j, yhat_k, y_j, y_k, a_j, a_k, delta_jk (column 1)\n' +
        '  yhut_j - y_j\n' +
        '  ^^^^^^',
    );
  });

  test.each([
    ['yhat - y_j', 'yhat needs one index, as in yhat_j', 1],
    ['y_j - (yhat_j', 'never closed', 7],
    ['y_j)', 'closes nothing', 4],
    ['y_j -', 'ends too early', 6],
    ['y_j * / 2', '/ does not fit here', 7],
    ['* y_j', '* does not fit here', 1],
    ['()', ') does not fit here', 2],
    ['1/2y_j', 'read in two ways', 4],
    ['y_j/yhat_j(1 - yhat_j)', 'read in two ways', 11],
    ['1/-2 y_j', 'read in two ways', 6],
    ['y_j = yhat_j', 'right-hand side', 5],
    ['\\overline{y}_j', 'LaTeX', 1],
    ['yhat_j * \\begin{x}', 'LaTeX', 10],
    ['(y_j]', 'another kind', 5],
    ['[y_j', 'never closed', 1],
    ['y_j = yhat_j = 1', 'right-hand side', 5],
    ['Σ_m(y_m)^2', 'read in two ways', 1],
    ['\\log y_j y_k', 'write log(…)', 1],
    ['\\frac{y_j}', 'missing here', 11],
    ['\\sum_{m \\neq j} y_m', 'no meaning', 5],
    ['y_j + 2 = dL/da', 'right-hand side', 9],
    ['|y_j|', 'abs', 1],
    ['y_j; y_k', 'no meaning', 4],
    ['y_j, y_k', 'does not fit here', 4],
    ['y_j if 1', 'Unknown name if', 5],
    ['1 2', 'side by side', 3],
    ['exp y_j', 'write exp(…)', 1],
    ['exp()', 'does not fit here|one argument', 1],
    ['exp(y_j, y_k)', 'one argument', 1],
    ['sum(y_j)', 'j is an index of the result. Use another letter inside, e.g. l', 1],
    ['sum(2)', 'nothing to run over', 1],
    ['sum(y_l*yhat_m)', 'l or m', 1],
    ['y_m - y_j', 'no sum runs over it', 1],
    ['softmax(a_j)', 'Unknown name softmax', 1],
    ['', 'empty', 1],
    ['   ', 'empty', 1],
  ])('%s', (text, says, column) => {
    const formula = parseFormula(text, softmax);
    if (!('error' in formula)) throw new Error('read without complaint');
    expect(formula.error).toMatch(new RegExp(says.replace(/[().*/]/g, '\\$&')));
    expect(formula.column).toBe(column);
  });

  test('the caret stands under the place, combining marks or not', () => {
    expect(errorOf('y\u0302_j + q').split('\n').at(-1)).toBe('        ^');
    expect(errorOf('ŷ_j + q').split('\n').at(-1)).toBe('        ^');
  });

  test('values that are no text are named', () => {
    expect(errorOf(undefined)).toContain('got nothing');
    expect(errorOf(['yhat_j'])).toContain('got a list');
    expect(errorOf({ a: 1 })).toContain('got an object');
    expect(errorOf(true)).toContain('got a boolean');
  });

  test.each([
    ['constructor', 'Unknown name'],
    ['import("fs")', 'Unknown name import|quotes'],
    ['f(x) = x', 'Unknown name x'],
    ['y_j(k) = y_k', 'right-hand side'],
    ['\\constructor', 'LaTeX'],
    ['\\log '.repeat(60), 'does not fit|ends too early|write log'],
    ['\\frac{'.repeat(60), 'never closed'],
    ['y_j.constructor', 'no meaning|every product'],
    ['[1, 2][1]', 'does not fit here'],
    ['1:10', 'no meaning'],
    ['5 cm to inch', 'Unknown name'],
    ['y_j ? 1 : 2', 'no meaning'],
    ['t0 + t1', 'Unknown name'],
    ['createUnit("a")', 'quotes|Unknown'],
    ['#comment', 'no meaning'],
    ['y_j\u0000', 'U\\+0000'],
    ['__proto__', 'no meaning'],
    ['constructor(1)', 'Unknown name'],
    ['toString(1)', 'Unknown name'],
  ])('nothing but the grammar gets in: %s', (text, says) => {
    expect(errorOf(text)).toMatch(new RegExp(says));
  });

  test('size, nesting and sums are bounded', () => {
    expect(errorOf('1+'.repeat(300) + '1')).toContain('601 characters');
    expect(errorOf('('.repeat(40) + '1' + ')'.repeat(40))).toContain('nested deeper');
    expect(errorOf('-'.repeat(200) + '1')).toContain('too large');
    expect(errorOf('1+'.repeat(150) + '1')).toContain('too large');
    expect(errorOf('sum_l(sum_m(sum_n(sum_o(y_l))))')).toContain('inside each other');
  });
});
