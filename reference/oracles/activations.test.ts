import { describe, expect, it } from 'vitest';
import { ridders } from '../../graders/numerics/finite-difference.ts';
import { createRandom } from '../../graders/numerics/random.ts';
import type { ActivationName } from './activations.ts';
import { activations, logSoftmax, sigmoid, sigmoidPrime, softmax, softmaxVjp } from './activations.ts';
import { softmaxJacobian } from './sample-by-sample.testing.ts';
import { matmul, sum } from './linear-algebra.ts';

const random = createRandom(11, 'activations');
const points = Array.from({ length: 40 }, () => random.uniform(-6, 6)).filter((z) => Math.abs(z) > 0.3);

describe('activations', () => {
  it.each(Object.keys(activations) as ActivationName[])('the derivative of %s is its derivative', (name) => {
    const { f, derivative } = activations[name];
    for (const z of points) {
      const { value, error } = ridders(f, z);
      expect(Math.abs(derivative(z) - value)).toBeLessThan(Math.max(error, 1e-11));
      // The proof has teeth: one part in a thousand too much is seen.
      if (derivative(z) > 1e-3) expect(Math.abs(derivative(z) * 1.001 - value)).toBeGreaterThan(Math.max(error, 1e-11));
    }
  });

  it('the sigmoid has the known values and neither overflows nor loses its tail', () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(-5.453279550656607)).toBeCloseTo(0.00426397845120507, 16);
    expect(sigmoidPrime(3.525093415019491)).toBeCloseTo(0.0277882797304888, 15);
    expect([sigmoid(800), sigmoid(-800), sigmoidPrime(800)]).toEqual([1, 0, 0]);
    expect(sigmoid(-700)).toBeGreaterThan(0);
    expect(sigmoidPrime(40) / Math.exp(-40)).toBeCloseTo(1, 12);
  });
});

describe('softmax', () => {
  const z = [0.3, -1.2, 2.1, 0.4];
  const p = softmax(z);

  it('is a distribution that does not change when all logits shift, even by a thousand', () => {
    expect(sum(p)).toBeCloseTo(1, 15);
    softmax(z.map((v) => v + 1000)).forEach((v, k) => expect(v).toBeCloseTo(p[k]!, 12));
    expect(softmax([0, Math.log(3)])[1]).toBeCloseTo(0.75, 15);
    logSoftmax(z).forEach((v, k) => expect(v).toBeCloseTo(Math.log(p[k]!), 14));
    expect(logSoftmax([0, 1000])).toEqual([-1000, 0]);
  });

  it('its Jacobian agrees with differences in every entry', () => {
    const J = softmaxJacobian(p);
    for (let j = 0; j < 4; j++)
      for (let k = 0; k < 4; k++) {
        const { value } = ridders((v) => softmax(z.map((old, i) => (i === k ? v : old)))[j]!, z[k]!);
        expect(Math.abs(J[j]![k]! - value)).toBeLessThan(1e-12);
      }
  });

  it('its vector–Jacobian product is the Jacobian times the vector', () => {
    const g = [0.7, -1.1, 0.2, 1.4];
    matmul([g], softmaxJacobian(p))[0]!.forEach((v, k) => expect(softmaxVjp(p, g)[k]).toBeCloseTo(v, 15));
  });
});
