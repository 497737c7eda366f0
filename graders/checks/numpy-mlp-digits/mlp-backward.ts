/** Question 3.5: the gradient tape and the update. 10 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isAttempt, firstWrong } from '../../evaluate.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Guest, NdArray } from '../../model.ts';
import { arrayOf, mapArray } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import { fieldOf, inWords, itemsOf } from '../../values.ts';
import { makeNet } from './mlp-forward.ts';
import { gradientParts, judgeGradients } from './mlp-gradients.ts';
import { judgeLoss } from './mlp-loss.ts';
import { gradients, lastFirst, rateOf, readTape, stepOf, tapeOf } from './mlp-step.ts';
import { tapeFault } from './mlp-tape.ts';
import type { Taped } from './mlp-update.ts';
import { explainSteps, stepDigits, update } from './mlp-update.ts';
import { besideGradients, isTaped } from './mlp-untaped.ts';
import { averagings, ownGradients, stepParts } from './own-gradients.ts';
import { firstTime } from '../../kinds/asked-again.ts';
import { backwardNames } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { followingOwn, isNoise, largestOf, wrongParts } from '../../kinds/own-parts.ts';

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

/**
 * A step along wrong gradients is a right step, and they have lost their marks already: along those that the tape shows, or,
 * without a tape, along those that the student's own layers and loss lead to.
 */
export async function judgeUpdate(desk: Desk): Promise<Judgement> {
  const evaluation = await evaluate(desk, update);
  const names = Object.keys(evaluation.tensors);
  const judgement = firstWrong(evaluation, Object.fromEntries(names.map((name) => [name, `The step of ${name}`])));
  if (judgement.earned === 1) return judgement;
  const taped = await tapedSteps(desk);
  const follow = (own: (guest: Guest, net: MlpCase) => Promise<Answer | undefined>, tensors = names) =>
    followingOwn(judgement, desk, {
      problem: update,
      tensors,
      earlier: [...stepParts, ...gradientParts.map((part) => ({ ...part, task: '3.5 (gradients)' }))],
      own,
      digits: stepDigits,
    });
  if (taped !== undefined) {
    // Where the tape holds no numbers a step can have none either, and shows nothing; the others still have to agree.
    const isGone = ({ data }: NdArray) => !data.every(Number.isFinite);
    const gone = names.filter((name) => taped.every(({ tape, step }) => isGone(tape[name]!) && isGone(step[name]!)));
    const rest = names.filter((name) => !gone.includes(name));
    const only = (answer: Answer): Answer => Object.fromEntries(rest.map((name) => [name, answer[name]!]));
    const seen = taped.map(({ net, step, tape }) => ({ net, step: only(step), tape: only(tape) }));
    const ofTape = (net: MlpCase) => seen.find((entry) => entry.net === net)?.tape;
    const followed = await follow((_, net) => Promise.resolve(ofTape(net)), rest);
    if (followed.earned === 1) return followed;
    return gone.length === 0 ? besideTape(judgement, taped) : judgement;
  }
  for (const averaging of averagings) {
    const followed = await follow((guest, net) => ownGradients(guest, net, averaging));
    if (followed.earned === 1) return followed;
  }
  return (await isTaped(desk, update)) ? judgement : besideGradients(judgement, desk);
}

/** The steps of all networks beside their tapes; undefined where one shows no gradients, or nothing but zeros and gaps. */
async function tapedSteps(desk: Desk): Promise<Taped[] | undefined> {
  const taped: Taped[] = [];
  for (const net of new Set(desk.probes(update))) {
    const { value } = await desk.ask(update, net);
    const step = stepOf(firstTime(value), net);
    if (tapeOf(firstTime(value), net) === undefined) return undefined;
    const read = readTape({ value: firstTime(value) }, net);
    if (!('answer' in read) || read.misreads !== undefined) return undefined;
    const arrays = Object.values(read.answer);
    if (!arrays.some(({ data }) => data.every(Number.isFinite) && data.some((v) => v !== 0))) return undefined;
    taped.push({ net, ...withoutNoise(step, read.answer) });
  }
  return taped;
}

/** What cancels on the tape and hardly moves anything, as behind a softmax, counts as 0 in both. */
function withoutNoise(step: Answer, tape: Answer): Omit<Taped, 'net'> {
  const largest = largestOf(tape);
  const isGone = (name: string) => isNoise(tape[name]!, largest) && isNoise(step[name]!, largest);
  const cleaned = (answer: Answer): Answer =>
    Object.fromEntries(
      Object.entries(answer).map(([name, array]) => [name, isGone(name) ? mapArray(array, () => 0) : array]),
    );
  return { step: cleaned(step), tape: cleaned(tape) };
}

/** A wrong step is told beside the gradient that the tape shows, right or wrong as that may be. */
function besideTape(judgement: Judgement, taped: readonly Taped[]): Judgement {
  const diagnosis = explainSteps(taped);
  if (diagnosis.certainty === 'unknown') return judgement;
  return { ...judgement, diagnosis };
}

async function judgeTape(desk: Desk): Promise<Judgement> {
  const [net] = desk.probes(gradients[0]);
  const value = firstTime((await desk.ask(gradients[0], net!)).value);
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
  if (!(await attemptsGradients(desk))) {
    return fail({
      says: 'The tape has the right form, but none of its gradients resembles one.',
      hint: 'This mark needs an attempt at the gradients; it may be wrong.',
    });
  }
  const fault = await tapeFault(await desk.guest(), net!, tape, () => hasPaidForward(desk));
  if (fault !== undefined) return fail(fault);
  const again = await secondTape(desk, net!);
  if (again === undefined || again === tape.length) return pass();
  return fail({
    says: 'The tape of a second call does not have one entry for each layer.',
    yours: `${again} entries`,
    expected: `${tape.length} entries`,
    hint: 'Begin every call with an empty tape.',
  });
}

/** Whether a part of the way forwards is wrong, and has lost its marks. */
const hasPaidForward = async (desk: Desk): Promise<boolean> =>
  (
    await wrongParts(
      desk,
      stepParts.filter(({ task }) => task.startsWith('2.')),
    )
  ).length > 0;

/** The length of the tape that a second call on the same network returns; undefined where that is none. */
async function secondTape(desk: Desk, net: MlpCase): Promise<number | undefined> {
  const guest = await desk.guest();
  const { mlp } = await makeNet(guest, net);
  const step = () => callAny(guest, mlp, backwardNames, [arrayOf(net.X), arrayOf(net.Y), rateOf(net)]);
  await step();
  return itemsOf(fieldOf(await step(), 'tape'))?.length;
}

/** Of one depth at least: what goes wrong between layers is nothing to a network with one. */
async function attemptsGradients(desk: Desk): Promise<boolean> {
  for (const problem of gradients) if (await isAttempt(() => evaluate(desk, problem))) return true;
  return false;
}
