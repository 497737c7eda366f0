/** Whether an object that computes an activation keeps the shape of its arguments and leaves them alone, forwards and backwards. */
import type { Check, CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate } from '../evaluate.ts';
import type { Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf, sameShape } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import { arrayFrom, inWords, isArray } from '../values.ts';
import type { ActivationProbe, RowsProbe } from './activation-object-question.ts';
import { randomRows } from './drawn-rows.ts';
import type { ActivationName } from './layer-objects.ts';
import { backwardNames, make } from './layer-objects.ts';
import { countsOnce, isOwnWork } from './own-work.ts';

const shapes = [
  [1, 4],
  [4, 1],
  [6, 3],
] as const;

/** Of `call`; given for attempts at the values, so that returning the argument earns nothing. */
export const judgeKeptShape = (name: ActivationName, problem: Problem<RowsProbe>): Check['run'] =>
  countsOnce(
    (context) => isOwnWork(context, problem, ({ z }) => [z]),
    `${name}.call computes something that resembles its function`,
    async (context) => {
      const guest = await context.guest();
      const random = context.random(`${name} shapes`);
      for (const [rows, cols] of shapes) {
        const z = arrayOf(randomRows(random, rows, cols));
        const { id } = await make(guest, name);
        const { value, argsAfter } = await guest.call({ handle: id, method: 'call' }, [z], { argsAfter: true });
        const asked = `an argument of ${rows}×${cols}`;
        const result = arrayFrom(value);
        if (result === undefined || !sameShape(result.shape, [rows, cols])) {
          return fail({
            says: `${name}.call should keep the shape (examples × units).`,
            asked,
            yours: inWords(value),
            expected: `${rows}×${cols}`,
          });
        }
        if (isChanged(z, argsAfter?.[0])) {
          return fail({
            says: `${name}.call changes the array that it was given.`,
            asked,
            hint: 'Build a new array, for instance with map: the pre-activations are still needed on the way back.',
          });
        }
      }
      return pass();
    },
  );

/** Of `backward`, whose shape is read with its values. */
export async function judgeKeptArguments(
  context: CheckContext,
  name: ActivationName,
  problem: Problem<ActivationProbe>,
): Promise<Judgement> {
  const { misread } = (await evaluate(context, problem)).tensors['dz']!;
  if (misread !== undefined) return fail(misread);
  const guest = await context.guest();
  const { z, a, error } = context.probes(problem)[0]!;
  const args = [z, a, error].map((rows) => arrayOf(rows));
  const object = await make(guest, name);
  const method = backwardNames.find((one) => object.keys.includes(one)) ?? 'backward';
  const { argsAfter } = await guest.call({ handle: object.id, method }, args, { argsAfter: true });
  const changed = args.findIndex((arg, i) => isChanged(arg, argsAfter?.[i]));
  if (changed < 0) return pass();
  return fail({
    says: `${name}.backward changes the ${['pre-activation', 'activation', 'error signal'][changed]} that it was given.`,
    hint: 'Build a new array: the layer below and the gradient tape still need the old numbers.',
  });
}

const isChanged = (before: NdArray, after: Value | undefined): boolean =>
  !isArray(after) || before.data.some((v, i) => after.data[i] !== v);
