/** Whether an object that computes an activation keeps the shape of its argument and leaves the argument alone. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { isOwnWork } from './own-work.ts';
import { arrayOf, sameShape } from '../numerics/arrays.ts';
import type { Guest } from '../model/guest.ts';
import type { Problem } from '../problem.ts';
import { arrayFrom, inWords, isArray } from '../values.ts';
import { randomRows } from './drawn-rows.ts';
import type { Handle } from './student-objects.ts';

const shapes = [
  [1, 4],
  [4, 1],
  [6, 3],
] as const;

/** Given for attempts at the values, so that returning the argument earns nothing. */
export async function judgeKeptShape<Probe extends { z: number[][] }>(
  context: CheckContext,
  name: string,
  make: (guest: Guest) => Promise<Handle>,
  problem: Problem<Probe>,
): Promise<Judgement> {
  if (!(await isOwnWork(context, problem, ({ z }) => [z]))) {
    return fail({ says: `Counts once ${name}.call computes something that resembles its function.` });
  }
  const guest = await context.guest();
  const random = context.random(`${name} shapes`);
  for (const [rows, cols] of shapes) {
    const z = arrayOf(randomRows(random, rows, cols));
    const object = await make(guest);
    const { value, argsAfter } = await guest.call({ handle: object.id, method: 'call' }, [z], { argsAfter: true });
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
    const [after] = argsAfter ?? [];
    if (!isArray(after) || z.data.some((v, i) => after.data[i] !== v)) {
      return fail({
        says: `${name}.call changes the array that it was given.`,
        asked,
        hint: 'Build a new array, for instance with map: the pre-activations are still needed on the way back.',
      });
    }
  }
  return pass();
}
