import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../numerics/random.ts';
import { simplex, twoIndices, uniforms } from './domains.ts';
import { equivalent, type Domain } from './equivalent.ts';
import type { Formula, Names } from './formula.ts';
import { parseFormula } from './parse.ts';

function read(text: string, names: Names): Formula {
  const formula = parseFormula(text, names);
  if ('error' in formula) throw new Error(formula.error);
  return formula;
}

function same(names: Names, text: string, truth: string, domain: Domain) {
  return equivalent(read(text, names), read(truth, names), domain, createRandom(7, 'formula'));
}

/** Softmax outputs and soft targets of 3 to 10 classes, at equal and unequal indices. */
function classes(random: Random) {
  const count = 3 + random.integer(8);
  const [j, k] = twoIndices(random, count);
  return { values: { yhat: simplex(random, count), y: simplex(random, count) }, at: { j, k } };
}

const jacobian: Names = { known: ['yhat_j', 'yhat_k', 'delta_jk'], free: ['j', 'k'] };
const gradient: Names = { known: ['yhat_j', 'yhat_k', 'y_j', 'y_k', 'delta_jk'], free: ['j'] };

describe('right answers in other forms are the same', () => {
  test.each([
    'yhat_j*delta_jk - yhat_j*yhat_k',
    'yhat_k(delta_jk - yhat_j)',
    'delta_jk*yhat_j*(1 - yhat_j) - (1 - delta_jk)*yhat_j*yhat_k',
    'yhat_j*(delta_jk - yhat_k)*sum(yhat_m)',
  ])('softmax: %s', (text) => {
    expect(same(jacobian, text, 'yhat_j*(delta_jk - yhat_k)', classes)).toEqual({ same: true });
  });

  test.each(['-(y_j - yhat_j)', 'yhat_j*sum(y_k) - y_j', '-sum(y_k*(delta_jk - yhat_j))'])('delta: %s', (text) => {
    expect(same(gradient, text, 'yhat_j - y_j', classes)).toEqual({ same: true });
  });

  test('an exact zero of one form may be a rounding error of the other', () => {
    const twice = 'delta_jk*(0.1 + 0.2) - 0.3*delta_jk + delta_jk*yhat_j';
    expect(same(jacobian, twice, 'delta_jk*yhat_j', classes)).toEqual({ same: true });
  });

  test('vectors, matrices and sums', () => {
    const points: Domain = (random) => ({ values: { x: uniforms(random, 5), mu: random.normal(), n: 5 } });
    const mean = { known: ['x_i', 'mu', 'n'] };
    expect(same(mean, '2*n*mu - 2*sum(x_i)', '-2*sum(x_i - mu)', points)).toEqual({ same: true });

    const fits: Domain = (random) => ({
      values: { y: uniforms(random, 4), f: uniforms(random, 4), gradf: uniforms(random, 4) },
    });
    const squared = { known: ['y_i', 'f_i', 'gradf_i'] };
    const truth = '-2*sum((y_i - f_i)*gradf_i)';
    expect(same(squared, '2*sum((f_i - y_i) ∇f_i)', truth, fits)).toEqual({ same: true });
    expect(same(squared, '-sum((y_i - f_i)*gradf_i)', truth, fits)).toMatchObject({ same: false });

    const layer: Domain = (random) => ({
      values: { x: uniforms(random, 3), dy: uniforms(random, 4), W: [0, 1, 2].map(() => uniforms(random, 4)) },
      at: { i: random.integer(3), k: random.integer(4) },
    });
    const linear = { known: ['x_i', 'W_ij', 'dy_j', 'dy_k', 'delta_jk'], free: ['i', 'k'] };
    expect(same(linear, 'sum(W_ij*dy_j)', 'sum(dy_m*W_im)', layer)).toEqual({ same: true });
    expect(same(linear, 'sum(W_ji*dy_j)', 'sum(dy_m*W_im)', layer)).toMatchObject({ same: false });
    expect(same(linear, 'x_i*dy_k', 'dy_k*x_i', layer)).toEqual({ same: true });
    expect(same(linear, 'xᵢ dyₖ', 'dy_k*x_i', layer)).toEqual({ same: true });
    expect(same(linear, 'Σ(Wᵢₘdyₘ)', 'sum(W_ij*dy_j)', layer)).toEqual({ same: true });
    expect(same(linear, 'sum(delta_im*delta_mi)*dy_k', 'dy_k', layer)).toEqual({ same: true });
    expect(same(linear, 'dy_k + sum(0, m)', 'dy_k', layer)).toMatchObject({ same: false, yours: NaN });
  });

  test('functions of one number', () => {
    const line: Domain = (random) => ({ values: { x: random.uniform(-4, 4) } });
    const x = { known: ['x'] };
    expect(same(x, 'e^-x/(1 + e^-x)^2', 'sigma(x)*(1 - sigma(x))', line)).toEqual({ same: true });
    expect(same(x, '(1 + sign(x))/2', 'step(x)', line)).toEqual({ same: true });

    const chances: Domain = (random) => ({ values: { y: random.next(), yhat: random.uniform(0.01, 0.99) } });
    const loss = { known: ['y', 'yhat'] };
    const truth = '-y/yhat + (1 - y)/(1 - yhat)';
    expect(same(loss, '(ŷ - y)/(ŷ(1 - ŷ))', truth, chances)).toEqual({ same: true });
    expect(same(loss, '(yHat - y)/(y_Hat(1 - y_hat))', truth, chances)).toEqual({ same: true });
    expect(same(loss, '(yhat - y)/yhat', truth, chances)).toMatchObject({ same: false });
  });
});

describe('wrong answers differ, with the point that shows it', () => {
  test.each([
    ['diagonal only', jacobian, 'delta_jk*yhat_j*(1 - yhat_j)', 'yhat_j*(delta_jk - yhat_k)'],
    ['off the diagonal only', jacobian, '-yhat_j*yhat_k', 'yhat_j*(delta_jk - yhat_k)'],
    ['sign', gradient, 'y_j - yhat_j', 'yhat_j - y_j'],
    ['no target', gradient, 'yhat_j', 'yhat_j - y_j'],
    ['softmax derivative left out', gradient, '-y_j/yhat_j', 'yhat_j - y_j'],
    ['right for one-hot targets at the true class only', gradient, 'yhat_j - 1', 'yhat_j - y_j'],
    ['a part in ten million', gradient, '1.0000001*yhat_j - y_j', 'yhat_j - y_j'],
  ])('%s', (_, names, text, truth) => {
    expect(same(names, text, truth, classes)).toMatchObject({ same: false });
  });

  test('the point is told in words, with indices counted from 1', () => {
    const domain: Domain = () => ({ values: { yhat: [0.25, 0.75], y: [0, 1] }, at: { j: 1 } });
    expect(same(gradient, 'y_j - yhat_j', 'yhat_j - y_j', domain)).toMatchObject({
      yours: 0.25,
      expected: -0.25,
      at: 'j = 2, y = (0, 1), yhat = (0.25, 0.75)',
    });
  });

  test('a formula without a value somewhere is different there', () => {
    expect(same(gradient, 'log(-yhat_j)', 'yhat_j - y_j', classes)).toMatchObject({ same: false, yours: NaN });
    expect(same(gradient, 'yhat_j/0', 'yhat_j - y_j', classes)).toMatchObject({ same: false, yours: Infinity });
  });
});

test('a truth that is not finite, or no points at all, is our mistake and throws', () => {
  const answer = read('yhat_j', gradient);
  const random = createRandom(1);
  expect(() => equivalent(answer, () => NaN, classes, random)).toThrow('not finite');
  expect(() => equivalent(answer, () => 1, classes, random, { n: 0 })).toThrow('at least one point');
  expect(() =>
    equivalent(
      answer,
      () => 1,
      () => ({ values: {}, at: { j: 0 } }),
      random,
    ),
  ).toThrow('no value for yhat');
});
