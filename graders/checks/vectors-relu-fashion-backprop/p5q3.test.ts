import { expect, test } from 'vitest';
import { diagnose } from '../../mistakes/diagnose.ts';
import { createRandom } from '../../numerics/random.ts';
import { zipArrays } from '../../numerics/arrays.ts';
import { oneSample } from './p5q3.ts';

test('what is said of an unknown mistake names weights and biases as the student does', () => {
  const probes = oneSample.first.probes(createRandom(1, 'names of layers'));
  const answers = probes.map((probe) => {
    const right = oneSample.first.oracle(probe);
    return { ...right, W3: zipArrays(right['W3']!, right['W3']!, (v, w) => v + 0.1 * Math.sin(9 * w)) };
  });
  const { says, evidence } = diagnose(oneSample.first, probes, answers);
  expect(says).toContain('The first result that is wrong is weights[2]; biases[2], biases[1]');
  expect(says).toContain('biases[2] is right, so the error');
  expect([says, ...evidence].join(' ')).not.toMatch(/\b[Wb][1-3]\b/);
});

test('biases that are wrong beside right weights do not send the student to the error of their layer', () => {
  const probes = oneSample.first.probes(createRandom(2, 'biases alone'));
  const answers = probes.map((probe) => {
    const right = oneSample.first.oracle(probe);
    return { ...right, b2: zipArrays(right['b2']!, right['b2']!, () => 0) };
  });
  const { says } = diagnose(oneSample.first, probes, answers);
  expect(says).toContain('weights[1] is right, so the error of that layer is right');
  expect(says).not.toContain('transposed weights');
});
