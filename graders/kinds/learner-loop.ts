/**
 * Whether a student's loop does what is asked of it, weight by weight: small lessons are trained by it and by a loop of ours
 * around the student's own steps, wrong as these may be, or around right gradients.
 */
import type { CheckContext } from '../check.ts';
import type { Finding } from '../model/finding.ts';
import type { Guest, Value } from '../model/guest.ts';
import { unlessStopped } from '../stopped.ts';
import { fieldOf, numberOf } from '../values.ts';
import type { Batch, Learner, Training } from './learner.ts';
import { batchAt, mean, ourLoop, seriesOf, short, trainingSeed } from './learner.ts';
import type { Lesson } from './learner-lessons.ts';
import { epochsOf, lessonsOf, rightWay } from './learner-lessons.ts';

interface LoopVerdict {
  fault?: Finding;
  /** Whether `train` was seen to make its mini-batches: by the way it went, or, where right steps lead nowhere, by what it drew. */
  wentRound: boolean;
  /** What is wrong with the reported losses, where the loop is right and its losses are known. */
  losses?: Finding;
  /** Whether the losses reported in every lesson are, to the last digits, the means of what the steps of each epoch returned. */
  reportsMeans: boolean;
}

/** All lessons; the first that goes wrong is told. */
export const judgeLoop = (context: CheckContext, training: Training): Promise<LoopVerdict> =>
  context.oncePerSubmission(`${training.task}/loop`, async () => {
    const { learner } = training;
    const guest = await context.guest();
    const rate = await learner.rate(context, guest);
    let moves = false;
    let drew = true;
    let reportsMeans = true;
    let losses: Finding | undefined;
    for (const lesson of lessonsOf(context, training)) {
      const lr = rate * lesson.rate;
      const theirs = await trained(guest, learner, lesson, lr);
      const own = await ownWay(guest, learner, lesson, lr, 'the end');
      const gone = own !== undefined && isGone(own, theirs, lesson) ? own : undefined;
      reportsMeans &&= gone !== undefined && areMeans(theirs.losses, gone);
      // Nearly everybody goes it, and then no other has to be gone.
      const ours = gone === undefined ? await waysOf(guest, learner, lesson, lr) : [gone];
      const telling = ours.filter(isTelling);
      if (telling.length === 0) {
        const stands = ours.every(standsStill);
        drew &&= stands ? theirs.drew : ours.some(({ next }) => next === theirs.next);
        continue;
      }
      moves = true;
      const same = telling.find(({ ends }) => isNear(theirs.way, ends.at(-1)!, lesson.room));
      if (same !== undefined) {
        losses ??= lossFault(lesson, theirs.losses, same);
        continue;
      }
      if (isRight(lesson, theirs.way, lr)) continue;
      // Mini-batches of the student's own may lead to no numbers at all, and have lost their marks for it.
      if (isLost(theirs.way) && ours.some(({ ends, next }) => ends.some(isLost) && next === theirs.next)) {
        continue;
      }
      return { wentRound: true, reportsMeans: false, fault: describe(lesson, theirs.way, telling) };
    }
    return { wentRound: drew || moves, reportsMeans, ...(losses === undefined ? {} : { losses }) };
  });

/** A loop of ours: where it is after each mini-batch, or at the end alone, and what its steps returned. */
interface Way {
  ends: number[][];
  /** The loss that backward returned before each step; one more after the last. */
  losses: number[];
  batches: number;
  /** For each epoch the mean of these losses, over the mini-batches and over the examples. */
  means: (readonly [overBatches: number, overExamples: number])[];
  /** The random number that comes next, where the student's own mini-batches drew some. */
  next?: Value;
}

/**
 * Where a loop of ours leads with every allowed way to make mini-batches, and with the student's own, whose marks are in 2.1:
 * they tell even where the order counts, since they are drawn from equal random numbers.
 */
async function waysOf(guest: Guest, learner: Learner, lesson: Lesson, lr: number): Promise<Way[]> {
  const ways: Way[] = [];
  for (const epoch of epochsOf(lesson)) {
    const batches = epoch.map((places) => batchAt(lesson.data, places));
    ways.push(await wayWith(guest, learner, lesson, lr, () => Promise.resolve(batches)));
  }
  const own = await ownWay(guest, learner, lesson, lr);
  return own === undefined ? ways : [...ways, own];
}

/** The way with the student's own mini-batches; undefined where making or learning from them stops. */
const ownWay = (guest: Guest, learner: Learner, lesson: Lesson, lr: number, seen?: Seen): Promise<Way | undefined> =>
  unlessStopped(async () => {
    const { data, minibatchSize } = lesson;
    const rng = await guest.make({ kind: 'rng', seed: trainingSeed });
    const way = await wayWith(guest, learner, lesson, lr, () => learner.batches(guest, data, rng, minibatchSize), seen);
    return { ...way, next: await nextOf(guest, rng) };
  }, undefined);

/** To read all weights costs as much as a step. */
type Seen = 'every step' | 'the end';

async function wayWith(
  guest: Guest,
  learner: Learner,
  { start, epochs }: Lesson,
  lr: number,
  batches: () => Promise<readonly Batch[]>,
  seen: Seen = 'every step',
): Promise<Way> {
  const net = await learner.make(guest, start);
  const ends: number[][] = [];
  const look = async () => {
    ends.push(await learner.way(guest, net, start));
  };
  const sizes: number[][] = [];
  const sized = async () => {
    const made = await batches();
    sizes.push(made.map(([inputs]) => inputs.shape[0]!));
    return made;
  };
  const loop = { learner, lr, epochs, batches: sized, ...(seen === 'every step' && { afterStep: look }) };
  const { returned, last } = await ourLoop(guest, net, loop);
  if (seen === 'the end') await look();
  const rows = returned.map((row) => row.map(returnedLoss));
  const losses = rows.flat();
  if (last !== undefined) losses.push(returnedLoss(await learner.step(guest, net, last, lr)));
  const means = rows.map((row, epoch) => [mean(row), meanOver(row, sizes[epoch]!)] as const);
  return { ends, losses, means, batches: sizes.flat().length };
}

const returnedLoss = (got: Value): number => numberOf(fieldOf(got, 'loss')) ?? numberOf(got) ?? NaN;

const meanOver = (losses: readonly number[], sizes: readonly number[]): number =>
  losses.reduce((sum, loss, k) => sum + loss * sizes[k]!, 0) / sizes.reduce((a, b) => a + b, 0);

/** In all epochs the mean over the mini-batches, or in all that over the examples. */
const areMeans = (reported: readonly number[] | undefined, { means }: Way): boolean =>
  reported?.length === means.length &&
  [0, 1].some((way) => reported.every((loss, e) => Math.abs(loss - means[e]![way]!) <= 1e-6 * Math.abs(loss)));

interface Trained {
  way: number[];
  losses?: number[];
  /** Whether it has drawn random numbers, and which one comes next. */
  drew: boolean;
  next: Value;
}

async function trained(guest: Guest, learner: Learner, lesson: Lesson, lr: number): Promise<Trained> {
  const net = await learner.make(guest, lesson.start);
  const { epochs, minibatchSize } = lesson;
  const rng = await guest.make({ kind: 'rng', seed: trainingSeed });
  const value = await learner.train(guest, net, lesson.data, { epochs, minibatchSize, lr, rng });
  const losses = seriesOf(value, 'loss');
  const way = await learner.way(guest, net, lesson.start);
  const next = await nextOf(guest, rng);
  const drew = next !== (await nextOf(guest, await guest.make({ kind: 'rng', seed: trainingSeed })));
  return { way, drew, next, ...(losses === undefined ? {} : { losses }) };
}

/** What a source of random numbers gives next: it tells how many were drawn before. */
const nextOf = async (guest: Guest, rng: Awaited<ReturnType<Guest['make']>>): Promise<Value> =>
  (await guest.call({ handle: rng.id, method: 'uniform' }, [])).value;

const norm = (way: readonly number[]) => Math.hypot(...way);

/** Nothing goes the same way as a loop that stands still, or is lost among numbers that are not finite. */
const isTelling = ({ ends }: Way): boolean => {
  const end = ends.at(-1);
  return end !== undefined && end.every(Number.isFinite) && norm(end) > 0;
};

/** Whether a loop went this way with the same random numbers. */
const isGone = (ours: Way, { way, next }: Trained, { room }: Lesson): boolean =>
  ours.next === next && isTelling(ours) && isNear(way, ours.ends.at(-1)!, room);

const isLost = (way: readonly number[]): boolean => !way.every(Number.isFinite);

const standsStill = ({ ends }: Way): boolean => ends.every((end) => end.every((step) => step === 0));

const isNear = (yours: readonly number[], ours: readonly number[], room: number): boolean =>
  norm(yours.map((v, i) => v - ours[i]!)) <= room * norm(ours);

/** A loop with gradients of its own does not need those of `backward`. */
const isRight = (lesson: Lesson, way: readonly number[], lr: number): boolean =>
  epochsOf(lesson).some((epoch) =>
    [false, true].some((sums) => isNear(way, rightWay(lesson, epoch, lr, sums), lesson.room)),
  );

/** So near to another number of updates that nothing else explains it. */
const named = 1e-5;

/** How far the loop went: named by the number of updates where that explains it, else by the length of its way. */
function describe(lesson: Lesson, way: readonly number[], ways: readonly Way[]): Finding {
  const { ends, batches } = ways[0]!;
  const end = ends.at(-1)!;
  const asked = `${lesson.setting}.`;
  const hint =
    'Every epoch goes once through all pairs, in mini-batches of `minibatchSize`, and each of them makes one update with `lr`; there are `epochs` of them, neither fewer nor more.';
  const place = ends.findIndex((passed) => isNear(way, passed, named));
  if (place >= 0) {
    return {
      says: `The weights are where ${place + 1} of ${batches} updates lead, not all of them.`,
      asked,
      yours: `${place + 1} updates`,
      expected: `${batches} updates in ${lesson.epochs} epochs`,
      hint,
    };
  }
  const along = way.reduce((sum, v, i) => sum + v * end[i]!, 0) / norm(end) ** 2;
  const aside = norm(way.map((v, i) => v - along * end[i]!)) / norm(end);
  return {
    says: 'train does not lead where one update for each mini-batch of every epoch leads.',
    asked,
    yours:
      norm(way) === 0
        ? 'no weight has changed'
        : Number.isFinite(along)
          ? `${short(along)} of the way, and ${short(aside)} of it aside`
          : 'weights that are not finite numbers',
    expected: 'the whole way, and nothing aside',
    hint,
  };
}

/** Honest losses of an epoch that is one mini-batch: before or after its update, of the mini-batch or of each example. */
function lossFault(
  lesson: Lesson,
  reported: readonly number[] | undefined,
  { losses, batches }: Way,
): Finding | undefined {
  const { epochs, data } = lesson;
  if (batches !== epochs || reported === undefined || !losses.every(Number.isFinite)) return undefined;
  const isIt = (shift: number, by: number) =>
    reported.length === epochs &&
    reported.every((loss, e) => Math.abs(loss * by - losses[e + shift]!) <= 2e-3 * Math.abs(losses[e + shift]!));
  // A loss of one's own may be the sum where backward's is the mean, or the other way round.
  if ([0, 1].some((shift) => [1, data.x.length, 1 / data.x.length].some((by) => isIt(shift, by)))) return undefined;
  return {
    says: 'The reported losses are not those of the epochs.',
    asked: `${lesson.setting}.`,
    yours: reported.map(short).join(', '),
    expected: `${losses.slice(0, epochs).map(short).join(', ')}, as backward returned them`,
    hint: 'Every entry is the mean loss of its own epoch, collected while that epoch runs.',
  };
}
