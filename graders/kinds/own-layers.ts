/** The student's own network from input to activations, as its parts make it together, and what its numbers are kept in. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate, isAttempt } from '../evaluate.ts';
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { fieldOf, inWords, isArray, isHandle, itemsOf } from '../values.ts';
import { makeArray, sizeOf } from '../numerics/arrays.ts';
import type { AnyProblem } from '../problem.ts';
import type { LayerFunctions } from './layer-activations-question.ts';

interface NetworkRun {
  x: NdArray;
  activations: NdArray[];
  sizes: readonly number[];
}

/** The student's own network; weights stay inside, they are too many to carry. */
export async function runLayers(
  guest: Guest,
  { unit: module, weights: draws, input: samples, activations: computes }: LayerFunctions,
  sizes: readonly number[],
  seed: number,
): Promise<NetworkRun | { says: string; yours?: string }> {
  // The sheet's own 193 million weights take ten seconds to draw.
  const wallMs = sizes[0]! >= 1024 ? 120_000 : 30_000;
  const { value: made } = await guest.call({ module, name: draws }, [makeArray([sizes.length], sizes), seed], {
    keep: 'handle',
    wallMs,
  });
  if (!isHandle(made)) return { says: `${draws} should return { weights, biases }.`, yours: inWords(made) };
  const weights = await guest.get(made.id, 'weights', { keep: 'handle' });
  const biases = await guest.get(made.id, 'biases', { keep: 'handle' });
  const { value: x } = await guest.call({ module, name: samples }, [sizes[0]!, seed + 1000], { keep: 'handle' });
  if (!isHandle(weights) || !isHandle(biases) || !isHandle(x)) {
    return { says: `${draws} should return lists of variables, and ${samples} a tensor.` };
  }
  const { value } = await guest.call({ module, name: computes }, [x, weights, biases].map(asArg), { wallMs });
  const given = itemsOf(value)?.filter(isArray) ?? [];
  // The input at the head or the last layer left out costs the marks of the activations, not those of the rest.
  const activations = given.length === sizes.length && sizeOf(given[0]!.shape) === sizes[0] ? given.slice(1) : given;
  const readable =
    (activations.length === 5 || activations.length === 4) &&
    activations.every(({ shape }, k) => sizeOf(shape) === sizes[k + 1]);
  if (!readable)
    return { says: `${computes} should return one tensor for each of the five layers.`, yours: inWords(value) };
  const input = (await guest.call({ handle: x.id, method: 'clone' }, [])).value;
  if (!isArray(input)) return { says: `${samples} should return a tensor.`, yours: inWords(input) };
  return { x: input, activations, sizes };
}

const asArg = ({ id }: { id: number }) => ({ kind: 'handle', id }) as const;

/** Whether parameters are variables and everything else tensors, where there is an attempt at one of these problems. */
export async function judgeContainers(
  context: CheckContext,
  functions: LayerFunctions,
  [activations, weights]: readonly [AnyProblem, AnyProblem],
): Promise<Judgement> {
  const isTried =
    (await isAttempt(() => evaluate(context, activations))) || (await isAttempt(() => evaluate(context, weights)));
  if (!isTried) return { earned: 0, skipped: 'Not judged: neither the weights nor the activations are there yet.' };
  const guest = await context.guest();
  const sizes = [6, 9, 8, 7, 5, 4];
  const { value: made } = await guest.call({ module: functions.unit, name: functions.weights }, [
    makeArray([sizes.length], sizes),
    3,
  ]);
  for (const field of ['weights', 'biases']) {
    const items = itemsOf(fieldOf(made, field)) ?? [];
    const stranger = items.find((item) => !isArray(item) || item.container !== 'variable');
    if (items.length === 0 || stranger !== undefined) {
      return fail({
        says: `The ${field} should be tf.Variables, in a list.`,
        yours: items.length === 0 ? inWords(fieldOf(made, field)) : inWords(stranger),
        hint: 'tf.variable(tensor) makes a variable of a tensor.',
      });
    }
  }
  const run = await runLayers(guest, functions, sizes, 3);
  if ('says' in run) return fail(run);
  const plain = [run.x, ...run.activations].find(({ container }) => container !== 'tensor' && container !== 'variable');
  return plain === undefined
    ? pass()
    : fail({ says: 'Inputs and activations should be tensors.', yours: inWords(plain) });
}
