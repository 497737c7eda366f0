/**
 * A network's method `evaluate` beside steps of the same network, one call after the other: what is wrong in
 * these steps is paid for elsewhere, what `evaluate` makes of them is judged here.
 */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { agree } from '../follow-through.ts';
import type { Finding } from '../model/finding.ts';
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Log } from './accuracy-log.ts';
import { asCounted, inList, logFrom } from './accuracy-log.ts';
import type { Rows } from '../mistakes/training/course.ts';
import { accuracyOf, netsOf } from '../mistakes/training/course.ts';
import { drawCase } from '../mistakes/mlp/trial.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import { arrayOf, makeArray, rowsOf, sameShape } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import { ProgramStopped, unlessStopped } from '../stopped.ts';
import { arrayFrom, fieldOf } from '../values.ts';
import type { NetworkClass } from './network-object.ts';
import { makeWith, passThrough, readWeights, sentBatches, weightsOf } from './network-object.ts';
import { callMethod } from './student-objects.ts';

interface Plan {
  start: MlpCase;
  train: Rows[];
  test: Rows[];
  epochs: number;
}

const [batchSize, eta] = [6, 0.05];
const sizes = [6, 5, 7, 4];

/** For the task with this id: every batch counts, in any order; and there is a step for every batch of every epoch, seen where all batches are the same one. */
export async function judgeOwnTraining(context: CheckContext, task: string, target: NetworkClass): Promise<Judgement> {
  const three = planOf(context.random(`${task}.three batches`), 3, 1);
  const judgement = await judgePlan(context, target, three, orders(three.train));
  if (judgement.earned < 1) return judgement;
  const same = planOf(context.random(`${task}.equal batches`), 1, 3);
  const four = { ...same, train: [same.train[0]!, same.train[0]!, same.train[0]!, same.train[0]!] };
  return judgePlan(context, target, four, [four.train]);
}

const orders = ([a, b, c]: readonly Rows[]): Rows[][] =>
  [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ].map((order) => order.map((batch) => batch!));

/** Drawn until the trained network is right about other shares of the two sets. */
function planOf(random: Random, batches: number, epochs: number): Plan {
  const kind = { hidden: 'relu', output: 'softmax-cce', layers: 3, outputs: 'many' } as const;
  for (let i = 0; ; i++) {
    const start = drawCase(random.fork(`net ${i}`), sizes, batchSize, kind);
    const drawn = Array.from({ length: batches + 2 }, (_, k) => {
      const { X, Y } = drawCase(random.fork(`batch ${i}.${k}`), sizes, batchSize, kind);
      return { X, Y };
    });
    const [train, test] = [drawn.slice(2), drawn.slice(0, 2)];
    const { X, Y } = together(train);
    const course = { train: { X, Y }, test: together(test), batchSize, epochs, eta };
    const end = netsOf({ ...course, start: { ...start, reduction: 'sum' } }).at(-1)!;
    if (accuracyOf(end, { X, Y }) !== accuracyOf(end, together(test))) return { start, train, test, epochs };
  }
}

const together = (batches: readonly Rows[]): Rows => ({
  X: batches.flatMap(({ X }) => X),
  Y: batches.flatMap(({ Y }) => Y),
});

async function judgePlan(
  context: CheckContext,
  target: NetworkClass,
  plan: Plan,
  allowed: readonly Rows[][],
): Promise<Judgement> {
  const guest = await context.guest();
  const expected = plan.train.length * plan.epochs;
  const once = await unlessStopped(() => walk(guest, target, plan, allowed[0]!, 2 * expected), undefined);
  // Without steps of its own there is nothing to compare with; that they are missing is paid for above.
  if (once === undefined) return pass();

  const net = await makeWith(guest, target, plan.start);
  const options = { kind: 'record', entries: { epochs: plan.epochs, eta } } as const;
  const returned = await callMethod(guest, net, 'evaluate', [sentBatches(plan.train), sentBatches(plan.test), options]);
  const images = { train: [plan.train.length * batchSize], test: [plan.test.length * batchSize] };
  const log = asCounted(logFrom(returned, 'evaluate'), images);
  const end = await wayOf(guest, net, plan.start);
  const asked = `evaluate with ${plan.train.length} batches of ${batchSize}, ${plan.epochs} epochs, weights of ours`;
  if (!isSame(end, once[expected]!) && !(await isReached(guest, target, plan, allowed.slice(1), end))) {
    const steps = once.findIndex((way) => isSame(end, way));
    return fail({ ...wrongEnd(steps, expected), asked });
  }
  return judgeLog(guest, net, plan, log, asked);
}

const wrongEnd = (steps: number, expected: number): Finding =>
  steps < 0
    ? {
        says: 'evaluate leads to other weights than a step of your own network for every batch.',
        hint: 'In every epoch: forwardPropagate, backpropagate and updateWeights with the eta of the options, for each batch once.',
      }
    : {
        says: 'evaluate takes another number of steps than there are batches in all epochs.',
        yours: `${steps} steps`,
        expected: `${expected} steps`,
        hint: 'Take one step for each batch in each epoch.',
      };

/** How far the weights have gone after 0, 1, 2 … steps of the student's own network, going round these batches. */
async function walk(
  guest: Guest,
  target: NetworkClass,
  { start }: Plan,
  batches: readonly Rows[],
  steps: number,
): Promise<NdArray[]> {
  const net = await makeWith(guest, target, start);
  const way = [await wayOf(guest, net, start)];
  for (let step = 0; step < steps; step++) {
    const { X, Y } = batches[step % batches.length]!;
    await passThrough(guest, net, X, Y);
    await callMethod(guest, net, 'updateWeights', [eta]);
    way.push(await wayOf(guest, net, start));
  }
  return way;
}

async function isReached(
  guest: Guest,
  target: NetworkClass,
  plan: Plan,
  ways: readonly Rows[][],
  end: NdArray,
): Promise<boolean> {
  for (const batches of ways) {
    const steps = plan.train.length * plan.epochs;
    if (isSame(end, (await walk(guest, target, plan, batches, steps))[steps]!)) return true;
  }
  return false;
}

/** What the weights have gone from those that were set, all layers one after the other. */
async function wayOf(guest: Guest, net: number, start: MlpCase): Promise<NdArray> {
  const now = await readWeights(guest, net, start.W.length);
  const way = weightsOf(start).flatMap((before, l) => {
    const after = arrayFrom(fieldOf(now, `W${l}`));
    if (after?.data.length !== before.data.length)
      throw new ProgramStopped('crash', `layers[${l}].W is no longer a matrix of numbers of its size.`);
    return [...after.data].map((w, k) => w - before.data[k]!);
  });
  return makeArray([way.length], way);
}

/** Who stays where they were, or gets lost among numbers that are not finite, has gone no way at all. */
const isSame = (end: NdArray, way: NdArray): boolean => way.data.some((v) => v !== 0) && agree(end, way);

/** The accuracies of the last epoch beside those of the trained network, as its own forwardPropagate gives them. */
async function judgeLog(guest: Guest, net: number, plan: Plan, log: Log, asked: string): Promise<Judgement> {
  for (const [name, batches, accuracies] of [
    ['trainAcc', plan.train, log.trainAcc],
    ['testAcc', plan.test, log.testAcc],
  ] as const) {
    const share = await ownAccuracy(guest, net, together(batches));
    if (accuracies.length === plan.epochs && Math.abs(accuracies.at(-1)! - share) < 1e-6) continue;
    return fail({
      says: `${name} of evaluate is not the accuracy of the trained network.`,
      asked,
      yours: accuracies.length === plan.epochs ? inList(accuracies) : `${accuracies.length} numbers`,
      expected: `one number for each epoch, the last ${share.toFixed(3)}`,
    });
  }
  return pass();
}

async function ownAccuracy(guest: Guest, net: number, { X, Y }: Rows): Promise<number> {
  const given = arrayFrom(await callMethod(guest, net, 'forwardPropagate', [arrayOf(X)]));
  if (given === undefined || !sameShape(given.shape, [X.length, Y[0]!.length]))
    throw new ProgramStopped('crash', 'forwardPropagate gives no row of probabilities for each image.');
  const best = (row: readonly number[]) => row.indexOf(Math.max(...row));
  return rowsOf(given).filter((row, n) => Y[n]![best(row)] === 1).length / X.length;
}
