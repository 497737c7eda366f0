import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import type { Law } from './sample-laws.ts';
import { normalLaw, readLaws, sampleOf, truncatedLaw, uniformLaw } from './sample-laws.ts';

const n = 20_000;
const laws = {
  normal: normalLaw(0.07),
  uniform: uniformLaw(0.07 * Math.sqrt(3)),
  truncated: truncatedLaw(0.07),
  corrected: { ...truncatedLaw(0.07), rms: 0.07 },
  wider: normalLaw(0.077),
};
const candidates = Object.values(laws).map((law) => [law]);
const nameOf = (law: Law) => Object.entries(laws).find(([, known]) => known === law)?.[0] ?? 'none';

test.each(Object.entries(laws))('a planted sample of the %s law is read as that law', (name, law) => {
  const draws = { check: sampleOf(law, n, createRandom(1)), confirm: sampleOf(law, n, createRandom(2)) };
  expect(nameOf(readLaws([draws], candidates)[0]!)).toBe(name);
});

test('random draws of a law are never read as another one, whatever the order of the candidates', () => {
  for (let seed = 0; seed < 60; seed++) {
    const random = createRandom(seed, 'draws');
    const draw = () => Float64Array.from({ length: n }, () => random.normal(0, 0.07));
    const others = [...candidates].reverse();
    expect(nameOf(readLaws([{ check: draw(), confirm: draw() }], others)[0]!)).toBe('normal');
  }
});

test('a spread that is 4 % off, and a mean that is not zero, belong to no law that is asked', () => {
  const random = createRandom(5, 'off');
  const draw = (mean: number, sd: number) => Float64Array.from({ length: n }, () => random.normal(mean, sd));
  for (const [mean, sd] of [
    [0, 0.07 * 1.04],
    [0.006, 0.07],
  ] as const) {
    const read = readLaws([{ check: draw(mean, sd), confirm: draw(mean, sd) }], [[laws.normal]]);
    expect(nameOf(read[0]!)).toBe('none');
  }
});

test('one unlucky draw is forgiven when the fresh one is right', () => {
  const unlucky = sampleOf(laws.wider, n, createRandom(1));
  const fresh = sampleOf(laws.normal, n, createRandom(2));
  expect(nameOf(readLaws([{ check: unlucky, confirm: fresh }], [[laws.normal]])[0]!)).toBe('normal');
});
