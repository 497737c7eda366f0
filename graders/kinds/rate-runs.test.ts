import { expect, test } from 'vitest';
import type { CheckContext } from '../check.ts';
import { pass } from '../check.ts';
import { ProgramStopped } from '../stopped.ts';
import type { LoggedRuns, RunSettings } from './logged-run.ts';
import type { RateRuns } from './rate-runs.ts';
import { isReused, judgeFresh, judgeRates } from './rate-runs.ts';

/** Logs are given here, so nothing is asked of a program. */
const context = {} as CheckContext;
const epochs = 3;
const log = (...trainAcc: number[]) => ({ trainAcc, testAcc: trainAcc });
const learning = log(0.3, 0.7, 0.95);
const still = log(0.1, 0.1, 0.1);

/** A right function for one rate, with another log where `log` gives one. */
const earlierWith = (
  other: (settings: RunSettings) => ReturnType<typeof log> | undefined = () => undefined,
): LoggedRuns => ({
  name: 'runBaseline',
  run: (_, settings = {}) =>
    Promise.resolve(other(settings) ?? (settings.blank === true || settings.rate === 0 ? still : learning)),
  rate: 0.1,
  epochs,
  images: { train: [20], test: [20] },
  learned: 0.8,
  atChance: 0.45,
});

const runsOf = (
  byRate: (etas: readonly number[], blank: boolean) => ReturnType<typeof log>[],
  earlier = earlierWith(),
): RateRuns => ({
  logs: (_, etas, { blank = false } = {}) => Promise.resolve(byRate(etas, blank)),
  earlier,
  task: 'T2',
});

const right = (etas: readonly number[], blank: boolean) => etas.map((eta) => (eta > 0 && !blank ? learning : still));
const reusing = (etas: readonly number[]) =>
  etas.map((eta, i) => (eta > 0 || i === 0 ? learning : log(0.95, 0.95, 0.95)));

const judgeAll = (runs: RateRuns) => judgeRates(context, runs, () => Promise.resolve(pass()));

test('a fresh network for every rate passes both checks', async () => {
  expect(await judgeFresh(context, runsOf(right))).toEqual({ earned: 1 });
  expect(await judgeAll(runsOf(right))).toEqual({ earned: 1 });
  expect(await isReused(context, runsOf(right))).toBe(false);
});

test('a network that is used again fails once, and not at all where the earlier function keeps its network, too', async () => {
  const judgement = await judgeFresh(context, runsOf(reusing));
  expect(judgement).toMatchObject({ earned: 0, finding: { says: expect.stringContaining('goes on') as string } });
  expect(await isReused(context, runsOf(reusing))).toBe(true);
  const keeps = earlierWith(({ rate }) => (rate === 0 ? log(0.95, 0.95, 0.95) : undefined));
  expect(await judgeFresh(context, runsOf(reusing, keeps))).toMatchObject({
    earned: 1,
    followThrough: 'Your runBaseline keeps its network between calls; that is paid for in T2.',
  });
});

test('an accuracy that rises where nothing can be learned is none, unless the earlier function has paid for it', async () => {
  const invented = (etas: readonly number[]) => etas.map((eta) => (eta > 0 ? learning : still));
  expect((await judgeFresh(context, runsOf(invented))).earned).toBe(0);
  const same = earlierWith(({ blank }) => (blank === true ? learning : undefined));
  expect((await judgeFresh(context, runsOf(invented, same))).followThrough).toContain('shows the same');
});

test('logs that are too few, too short or of other rates fail; those that the earlier function gives as well follow', async () => {
  expect((await judgeAll(runsOf(() => [learning]))).finding).toMatchObject({ yours: '1', expected: '3' });
  const short = (etas: readonly number[]) => etas.map(() => log(0.95));
  expect((await judgeAll(runsOf(short))).earned).toBe(0);
  expect(
    (
      await judgeAll(
        runsOf(
          short,
          earlierWith(() => log(0.95)),
        ),
      )
    ).followThrough,
  ).toContain('length');
  const ignoring = (etas: readonly number[]) => etas.map(() => learning);
  expect((await judgeAll(runsOf(ignoring))).finding?.says).toContain('do not belong to the learning rates');
  const ignores = earlierWith(() => learning);
  expect((await judgeAll(runsOf(ignoring, ignores))).followThrough).toContain('does not use the learning rate');
});

test('logs that rest where they should not, or the other way round, follow where those of the earlier function do', async () => {
  const always = log(1, 1, 1);
  const sure = (etas: readonly number[]) => etas.map((eta) => (eta > 0 ? always : still));
  expect((await judgeAll(runsOf(sure))).finding?.says).toContain('do not belong to the learning rates');
  const asSure = earlierWith(({ rate }) => (rate === 0 ? undefined : always));
  expect((await judgeAll(runsOf(sure, asSure))).followThrough).toContain('same accuracy after every epoch');
  // Of two logs at rest one changes, as where other images are looked at in every epoch.
  const shaken = log(0.1, 0.12, 0.1);
  const now = (etas: readonly number[]) => etas.map((eta, i) => (eta > 0 ? learning : i === 0 ? still : shaken));
  const asShaken = earlierWith(({ rate }) => (rate === 0 ? shaken : undefined));
  expect((await judgeAll(runsOf(now, asShaken))).earned).toBe(1);
  expect((await judgeAll(runsOf(now, asSure))).earned).toBe(0);
});

test('nothing follows from an earlier function that stops', async () => {
  const stops = { ...earlierWith(), run: () => Promise.reject(new ProgramStopped('crash', 'runBaseline stops.')) };
  const resting = (etas: readonly number[]) => etas.map(() => still);
  expect((await judgeFresh(context, runsOf(resting, stops))).earned).toBe(0);
  expect(
    (
      await judgeFresh(
        context,
        runsOf(
          resting,
          earlierWith(() => still),
        ),
      )
    ).earned,
  ).toBe(1);
});

test('single epochs are judged only where every network is a fresh one', async () => {
  const wrongEpochs = () => Promise.resolve({ earned: 0, finding: { says: 'An epoch is wrong.' } });
  expect((await judgeRates(context, runsOf(right), wrongEpochs)).earned).toBe(0);
  const reusedLater = (etas: readonly number[]) => (etas.length === 2 ? reusing(etas) : right(etas, false));
  expect((await judgeRates(context, runsOf(reusedLater), wrongEpochs)).earned).toBe(1);
});
