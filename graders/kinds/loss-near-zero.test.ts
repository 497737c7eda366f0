import { expect, test } from 'vitest';
import { mapMat } from '../../reference/oracles/linear-algebra.ts';
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import { categoricalCrossEntropy } from '../../reference/oracles/losses.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { createRandom } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import { nearOne, nearZero } from './loss-near-zero.ts';
import type { LossProbe } from './loss-object-question.ts';
import { lossCallQuestion } from './loss-object-question.ts';

const call: Problem<LossProbe> = {
  ...lossCallQuestion({ id: 'call', title: 'The loss of every example' }),
  probes: () => [],
  oracle: ({ p, t }) => ({ loss: arrayOf(categoricalCrossEntropy(p, t)) }),
  mistakes: [],
};
const near = nearZero(call, 'near', 'loss');
const probes = near.probes(createRandom(4, 'near'));

/** What is read of a program that computes the loss of other predictions than those that it was given. */
const readOf = (probe: LossProbe, changed: (p: Mat) => Mat) => {
  const reading = near.read({ value: near.write(call.oracle({ ...probe, p: changed(probe.p) }), probe) }, probe);
  return 'answer' in reading ? [...reading.answer['loss']!.data] : [];
};
const right = (probe: LossProbe) => [...near.oracle(probe)['loss']!.data];

test('true classes have probabilities from 2e-7 to 5e-6', () => {
  for (const { p, t } of probes) {
    const ofTruth = p.map((row, i) => row[t[i]!.indexOf(1)]!);
    expect(Math.min(...ofTruth)).toBeGreaterThan(1.9e-7);
    expect(Math.max(...ofTruth)).toBeLessThan(5.1e-6);
  }
});

test.each([
  ['nothing added', (v: number) => v],
  ['1e-7 added', (v: number) => v + 1e-7],
  ['1e-12 added', (v: number) => v + 1e-12],
  ['a lower limit of 1e-7', (v: number) => Math.max(v, 1e-7)],
])('%s is right', (_, change) => {
  for (const probe of probes) expect(readOf(probe, (p) => mapMat(p, change))).toEqual(right(probe));
});

test.each([
  ['1e-6 added', (v: number) => v + 1e-6],
  ['a lower limit of 1e-6', (v: number) => Math.max(v, 1e-6)],
  ['a third taken away', (v: number) => v / 1.5],
])('%s shows in every set of probes', (_, change) => {
  for (const probe of probes) expect(readOf(probe, (p) => mapMat(p, change))).not.toEqual(right(probe));
});

test('a mean over the mini-batch is right with 1e-7 added, also where it lies near the loss of one of the examples', () => {
  const meanAt = ({ p, t }: LossProbe) => {
    const losses = categoricalCrossEntropy(p, t);
    return { loss: arrayOf(losses.map(() => losses.reduce((sum, v) => sum + v, 0) / losses.length)) };
  };
  const either = nearOne({ ...call, accepts: [{ id: 'mean', title: 'the mean', compute: meanAt }] }, 'either', 'loss');
  let near = 0;
  for (let seed = 0; seed < 40; seed++) {
    for (const probe of either.probes(createRandom(seed, 'either'))) {
      const given = meanAt({ ...probe, p: mapMat(probe.p, (v) => v + 1e-7) });
      const [mean] = given.loss.data;
      if (either.oracle(probe)['loss']!.data.some((loss) => Math.abs(loss - mean!) < 2e-7)) near++;
      const reading = either.read({ value: either.write(given, probe) }, probe);
      expect('answer' in reading && [...reading.answer['loss']!.data]).toEqual([...meanAt(probe).loss.data]);
    }
  }
  expect(near).toBeGreaterThan(0);
});
