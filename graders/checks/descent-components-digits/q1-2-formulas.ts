/**
 * Questions 1.2a, e and j: derivatives of the sigmoid, the rectifier and the binary cross-entropy. 1.2l and m: those of a
 * linear layer y_j = Σ_i x_i W_ij + b_j and of a loss behind it. 1 mark each.
 */
import type { FormulaKey } from '../../formula/problem.ts';
import type { FormulaQuestion } from '../../formula/question.ts';
import { twoIndices, uniforms } from '../../formula/domains.ts';
import { formulaChecks } from '../../kinds/formulas.ts';
import type { FormulaRow } from '../../kinds/formulas.ts';
import { rectifierSlopes, sigmoidSlopes } from '../../mistakes/formulas/activations.ts';
import { binaryByPrediction } from '../../mistakes/formulas/cross-entropies.ts';
import * as linear from '../../mistakes/formulas/linear-layer.ts';
import type { Random } from '../../numerics/random.ts';
import { asked } from './formulas-question.ts';

const slopes: readonly FormulaRow[] = [
  {
    id: '1.2a.formula',
    task: '1.2a',
    points: 1,
    title: 'The derivative of the sigmoid is right',
    formula: {
      ...asked.sigmoid,
      truth: 'sigma(x) * (1 - sigma(x))',
      domain: (random) => ({ values: { x: random.normal(0, 2) } }),
      mistakes: sigmoidSlopes,
    },
  },
  {
    id: '1.2e.formula',
    task: '1.2e',
    points: 1,
    title: 'The derivative of the rectifier is right for positive and negative x',
    formula: {
      ...asked.relu,
      truth: 'step(x)',
      domain: (random) => ({ values: { x: (random.next() < 0.5 ? -1 : 1) * random.uniform(0.1, 3) } }),
      mistakes: rectifierSlopes,
    },
  },
  {
    id: '1.2j.formula',
    task: '1.2j',
    points: 1,
    title: 'The derivative of the binary cross-entropy is right for every target from 0 to 1',
    formula: {
      ...asked.bce,
      truth: '-y / yhat + (1 - y) / (1 - yhat)',
      // Targets strictly between 0 and 1 as well as 0 and 1: a formula that holds for labels only is not the derivative.
      domain: (random) => ({
        values: { y: random.next() < 0.5 ? random.integer(2) : random.next(), yhat: random.uniform(0.05, 0.95) },
      }),
      mistakes: binaryByPrediction,
    },
  },
];

/** 3 inputs, 4 outputs: a formula with exchanged indices then reads other entries, or none. */
function layerPoint(random: Random) {
  const [N, M] = [3, 4];
  const [j, k] = twoIndices(random, M);
  return {
    values: {
      x: uniforms(random, N),
      W: Array.from({ length: N }, () => uniforms(random, M)),
      b: uniforms(random, M),
      g: uniforms(random, M),
    },
    at: { i: random.integer(N), j, k },
  };
}

const ofLayer = (
  points: number,
  question: FormulaQuestion,
  truth: string,
  mistakes: FormulaKey['mistakes'],
  cases = '',
): FormulaRow => ({
  id: question.key,
  task: question.key.slice(0, 4),
  points,
  title: `${question.what} is right${cases}`,
  formula: { ...question, truth, domain: layerPoint, mistakes },
});

export const checks = formulaChecks([
  ...slopes,
  ofLayer(0.3, asked.outputByInput, 'W_ij', linear.outputByInput),
  ofLayer(0.4, asked.outputByWeight, 'delta_jk * x_i', linear.outputByWeight, ' for j = k and j ≠ k'),
  ofLayer(0.3, asked.outputByBias, 'delta_jk', linear.outputByBias, ' for j = k and j ≠ k'),
  ofLayer(0.3, asked.lossByInput, 'sum(g_j * W_ij, j)', linear.lossByInput),
  ofLayer(0.4, asked.lossByWeight, 'x_i * g_j', linear.lossByWeight),
  ofLayer(0.3, asked.lossByBias, 'g_j', linear.lossByBias),
]);
