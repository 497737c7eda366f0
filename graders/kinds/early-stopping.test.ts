import { expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { stopEarly } from '../../reference/oracles/early-stopping.testing.ts';
import { endings, replay, right } from '../mistakes/training/stopped-run.ts';
import { drawRuns, isClear } from './early-stopping-runs.ts';

const runs = [1, 2, 3].map((seed) => drawRuns(createRandom(seed, 'q1b.stopping')));
const value = (answer: ReturnType<typeof right>, name: string) => answer[name]!.data[0];

test('every run is decided by differences that single precision cannot blur', () => {
  for (const probe of runs.flat()) expect(isClear(probe, 5e-5)).toBe(true);
});

test('the right ending is that of the oracle of early stopping', () => {
  for (const probe of runs.flat()) {
    const { bestEpoch, lastEpoch } = stopEarly(replay(probe).valMae, probe);
    const answer = right(probe);
    expect([value(answer, 'bestEpoch'), value(answer, 'stoppedEpoch')]).toEqual([bestEpoch, lastEpoch]);
    expect(value(answer, 'ran')).toBe(lastEpoch + 1);
  }
});

test.each(endings)('$id ends otherwise in at least one of the runs', ({ compute }) => {
  const names = ['ran', 'bestEpoch', 'kept'];
  const differs = (probe: (typeof runs)[0][0]) => {
    const [yours, expected] = [compute(probe), right(probe)];
    return names.some((name) => value(yours, name) !== value(expected, name));
  };
  for (const probes of runs) expect(probes.some(differs)).toBe(true);
});

test('two of the runs reach their limit before the patience is used up', () => {
  for (const probes of runs) {
    const early = probes.map((probe) => value(right(probe), 'ran')! < probe.epochs);
    expect(early).toEqual([true, true, false, true, false, true]);
  }
});

test('who never stops and leaves the last weights ends otherwise than with any other mistake', () => {
  const { compute: nothing } = endings.find(({ id }) => id === 'no-early-stopping')!;
  const all = (probes: (typeof runs)[0], compute: typeof nothing) => JSON.stringify(probes.map(compute));
  for (const probes of runs) {
    const same = endings.filter(({ compute }) => all(probes, compute) === all(probes, nothing));
    expect(same.map(({ id }) => id)).toEqual(['no-early-stopping']);
  }
});
