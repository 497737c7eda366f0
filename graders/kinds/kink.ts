/** At 0 the rectifier has no derivative: every slope from 0 to 1 is right there, and nothing else is, NaN included. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { unlessStopped } from '../stopped.ts';
import { arrayFrom } from '../values.ts';
import { makeLayer } from './layer-calls.ts';
import { ownArray } from './own-functions.ts';
import type { ActivationLayer } from './activation-layer.ts';
import type { ElementwiseProblem } from './elementwise.ts';
import { callMethod } from './student-objects.ts';

/** Zeros in all rows, beside numbers of both signs. */
const x = arrayOf([
  [0, 1.5, -2],
  [-0.7, 0, 0.4],
]);
const dy = arrayOf([
  [0.8, -1.1, 0.6],
  [1.3, -0.9, 0.5],
]);

/** A slope for every 0 among the inputs, out of gradients that were multiplied by `dy`. */
const slopesAtZero = (gradient: NdArray | undefined, by: NdArray | undefined): number[] =>
  [...x.data.keys()].filter((i) => x.data[i] === 0).map((i) => (gradient?.data[i] ?? NaN) / (by?.data[i] ?? 1));

const rounding = 1e-6;
const wrongSlope = (slopes: readonly number[]) =>
  slopes.find((slope) => !(slope >= -rounding && slope <= 1 + rounding));

const ownSlopeAtZero = async (context: CheckContext, slope: ElementwiseProblem) =>
  wrongSlope(slopesAtZero(await unlessStopped(() => ownArray(context, slope, [x]), undefined), undefined));

/** The judgement of a derivative that is right elsewhere; one that gives no slope at 0 earns half. */
export async function judgeGradAtKink(
  context: CheckContext,
  judgement: Judgement,
  slope: ElementwiseProblem,
): Promise<Judgement> {
  if (judgement.earned < 1 || judgement.followThrough !== undefined) return judgement;
  const wrong = await ownSlopeAtZero(context, slope);
  return wrong === undefined ? judgement : noSlope(slope.target.name, wrong);
}

/** The same for a layer, unless its slopes are those of the student's own derivative, which has paid. */
export async function judgeLayerAtKink(
  context: CheckContext,
  judgement: Judgement,
  layer: ActivationLayer,
): Promise<Judgement> {
  if (judgement.earned < 1 || judgement.followThrough !== undefined) return judgement;
  const { name, own } = layer;
  const gradient = await unlessStopped(async () => {
    const guest = await context.guest();
    return arrayFrom(await callMethod(guest, await makeLayer(guest, layer), 'backward', [x, dy]));
  }, undefined);
  const wrong = wrongSlope(slopesAtZero(gradient, dy));
  if (wrong === undefined) return judgement;
  if ((await ownSlopeAtZero(context, own.slope)) === undefined) return noSlope(`backward of ${name}`, wrong);
  const followThrough = `At 0 it does what your own ${own.slope.target.name} does; that is paid for in ${own.task}.`;
  return pass({ ...judgement, followThrough });
}

const noSlope = (name: string, slope: number): Judgement =>
  fail(
    {
      says: `${name} is right away from 0, but at x = 0 it gives no slope from 0 to 1.`,
      yours: String(Number(slope.toPrecision(6))),
      expected: 'a number from 0 to 1',
      hint: 'Decide what the slope is at 0, for instance with `x > 0 ? 1 : 0`: x / |x| is 0 / 0 there.',
    },
    { earned: 0.5 },
  );
