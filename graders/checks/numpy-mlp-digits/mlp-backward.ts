/** Question 3.5: the gradient tape and the update. 10 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isAttempt } from '../../evaluate.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, itemsOf } from '../../values.ts';
import { makeNet, sizesOf } from './mlp-forward.ts';
import { gradientParts, judgeGradients } from './mlp-gradients.ts';
import { judgeLoss } from './mlp-loss.ts';
import { askStep, gradients, lastFirst, learningRate, readTape, tapeOf } from './mlp-step.ts';
import { update } from './mlp-update.ts';
import { stepParts } from './own-gradients.ts';
import { backwardNames, callMethod } from './objects.ts';
import { followingOwn, judgeWorst } from './own-parts.ts';

const networks = 'Networks with one, two and three layers, of two sizes each; weights and biases set by the grader.';

const gradientCheck = (id: string, part: 'W' | 'b', title: string, points: number): Check => ({
  id,
  task: '3.5',
  title,
  asks: networks,
  points,
  problems: gradients,
  run: (desk) => judgeGradients(desk, part),
});

export const checks: Check[] = [
  gradientCheck('3.5.dW', 'W', 'The gradients of all weights are right', 3),
  gradientCheck('3.5.dB', 'b', 'The gradients of all biases are right', 2),
  {
    id: '3.5.update',
    task: '3.5',
    title: 'Every weight and every bias moves by −lr · gradient',
    asks: 'Weights and biases before and after one call of backward.',
    points: 3,
    problems: [update],
    run: judgeUpdate,
  },
  {
    id: '3.5.tape',
    task: '3.5',
    title: 'backward returns the tape: one entry for each layer with activations and gradients',
    asks: 'The tape of a network with three layers.',
    points: 1,
    run: judgeTape,
  },
  {
    id: '3.5.loss',
    task: '3.5',
    title: 'backward returns the loss before the update, and small steps lower it',
    asks: 'Eight small steps on one mini-batch; the first loss is computed again.',
    points: 1,
    run: judgeLoss,
  },
];

/** A step along wrong gradients that the tape shows is a right step. */
export async function judgeUpdate(desk: Desk): Promise<Judgement> {
  const evaluation = await evaluate(desk, update);
  const names = Object.keys(evaluation.tensors);
  const judgement = judgeWorst(evaluation, Object.fromEntries(names.map((name) => [name, `The step of ${name}`])));
  return followingOwn(judgement, desk, {
    problem: update,
    tensors: names,
    earlier: [...stepParts, ...gradientParts.map((part) => ({ ...part, task: '3.5 (gradients)' }))],
    own: async (guest, net) => {
      const answered = await askStep(guest, net);
      if (tapeOf(answered.value, net) === undefined) return undefined;
      const read = readTape(answered, net);
      return 'answer' in read ? read.answer : undefined;
    },
  });
}

async function judgeTape(desk: Desk): Promise<Judgement> {
  const [net] = desk.probes(gradients[0]);
  const { value } = await desk.ask(gradients[0], net!);
  const tape = tapeOf(value, net!);
  if (tape === undefined) {
    const yours = inWords(fieldOf(fieldOf(value, 'got'), 'tape'));
    return fail({
      says: 'backward should return { loss, tape } with one entry for each layer.',
      yours,
      expected: '3 entries with dW, dB, activation and preActivation',
    });
  }
  if (lastFirst(tape, net!)) {
    return fail({
      says: 'The tape begins with the last layer.',
      expected: 'the first layer first',
      hint: 'The way back fills it from the end: write entry l of the tape for layer l, or turn the tape round at the end.',
    });
  }
  const sizes = sizesOf(net!);
  for (const [l, entry] of tape.entries()) {
    for (const name of ['activation', 'preActivation']) {
      const array = arrayFrom(fieldOf(entry, name));
      if (array?.shape.join() === `${net!.X.length},${sizes[l + 1]}`) continue;
      return fail({
        says: `The tape of layer ${l + 1} has no ${name} of shape examples × units.`,
        yours: inWords(fieldOf(entry, name)),
        expected: `${net!.X.length}×${sizes[l + 1]}`,
      });
    }
  }
  if (!(await attemptsGradients(desk))) {
    return fail({
      says: 'The tape has the right form, but none of its gradients resembles one.',
      hint: 'This mark needs an attempt at the gradients; it may be wrong.',
    });
  }
  const again = await secondTape(desk, net!);
  if (again === undefined || again === tape.length) return pass();
  return fail({
    says: 'The tape of a second call does not have one entry for each layer.',
    yours: `${again} entries`,
    expected: `${tape.length} entries`,
    hint: 'Begin every call with an empty tape.',
  });
}

/** The length of the tape that a second call on the same network returns; undefined where that is none. */
async function secondTape(desk: Desk, net: MlpCase): Promise<number | undefined> {
  const guest = await desk.guest();
  const { mlp } = await makeNet(guest, net);
  const step = () => callMethod(guest, mlp, backwardNames, [arrayOf(net.X), arrayOf(net.Y), learningRate]);
  await step();
  return itemsOf(fieldOf(await step(), 'tape'))?.length;
}

/** Of one depth at least: what goes wrong between layers is nothing to a network with one. */
async function attemptsGradients(desk: Desk): Promise<boolean> {
  for (const problem of gradients) if (await isAttempt(() => evaluate(desk, problem))) return true;
  return false;
}
