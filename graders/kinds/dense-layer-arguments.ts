/** Whether weightsBackward writes into what it is given: the layer below and the tape still need it. */
import { areChanged } from '../changed-arguments.ts';
import type { CheckContext } from '../check.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { unlessStopped } from '../stopped.ts';
import { arrayFrom, itemsOf, list } from '../values.ts';
import type { BackProbe } from './dense-layer-question.ts';
import { forwardNames, makeLayer, weightsBackwardNames } from './layer-objects.ts';
import { callAny, methodOf } from './student-objects.ts';

/** What weightsBackward is called with, in this order. */
const argsOf = ({ error, x, z }: BackProbe): Answer => ({ error: arrayOf(error), x: arrayOf(x), z: arrayOf(z) });
const names = ['error', 'x', 'z'];

/**
 * What weightsBackward of a layer that has run its input forwards leaves of its arguments. A problem, and no call in a check: an
 * audit, where no program runs, knows what a right one leaves.
 */
export const argumentsLeft = ({ id, describe, probes }: Problem<BackProbe>): Problem<BackProbe> => ({
  id: `${id}.arguments`,
  title: 'The arguments of weightsBackward after the call',
  once: true,
  precision: 'double',
  describe,
  async ask(guest, probe) {
    const { layer } = await makeLayer(guest, probe.activation, probe.W, probe.b);
    await callAny(guest, layer, forwardNames, [arrayOf(probe.x)]);
    const method = methodOf(layer, weightsBackwardNames);
    const args = Object.values(argsOf(probe));
    const { argsAfter } = await guest.call({ handle: layer.id, method }, args, { argsAfter: true });
    return { value: list(argsAfter ?? []) };
  },
  read({ value }) {
    const left = (itemsOf(value) ?? []).map(arrayFrom);
    const named = names.flatMap((name, i) => (left[i] === undefined ? [] : [[name, left[i]] as const]));
    return { answer: Object.fromEntries(named), notes: [] };
  },
  write: (answer) => list(names.map((name) => answer[name]!)),
  probes,
  oracle: argsOf,
  mistakes: [],
});

/** Whether there are other numbers in them. */
export const writesIntoArguments = (context: CheckContext, problem: Problem<BackProbe>): Promise<boolean> =>
  unlessStopped(async () => {
    const [probe] = context.probes(problem);
    const reading = problem.read(await context.ask(problem, probe!), probe!);
    const given = problem.oracle(probe!);
    const [before, after] = [names.map((name) => given[name]!), names.map((name) => readBack(reading, name))];
    return areChanged(before, after);
  }, false);

const readBack = (reading: ReturnType<Problem<BackProbe>['read']>, name: string) =>
  'answer' in reading ? (reading.answer[name] ?? null) : null;
