/** The update of a network: a right step along the gradients that the tape shows, or that the student's own parts lead to. */
import type { CheckContext, Judgement } from '../check.ts';
import { evaluate, firstWrong } from '../evaluate.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import { diagnose } from '../mistakes/diagnose.ts';
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { mapArray, maxAbs } from '../numerics/arrays.ts';
import type { Answer } from '../question.ts';
import { firstTime } from './asked-again.ts';
import type { EarlierPart } from './own-parts.ts';
import { followingOwn, isNoise, largestOf } from './own-parts.ts';
import type { Problem } from '../problem.ts';
import type { TapedNet } from './taped-net.ts';
import { gradientParts } from './taped-net-gradients.ts';
import { stepParts } from './taped-net.ts';
import { stepKey } from './taped-net-key.ts';
import { averagings, ownGradients } from './taped-net-own.ts';
import { rateOf, readTape, stepOf, tapeOf } from './taped-net-question.ts';
import { besideGradients, isTaped } from './taped-net-untaped.ts';

/**
 * A step along wrong gradients is a right step, and they have lost their marks already: along those that the tape shows, or,
 * without a tape, along those that the student's own layers and loss lead to.
 */
export async function judgeUpdate(context: CheckContext, net: TapedNet): Promise<Judgement> {
  const { update, tasks } = net;
  const evaluation = await evaluate(context, update);
  const names = Object.keys(evaluation.tensors);
  const judgement = firstWrong(evaluation, Object.fromEntries(names.map((name) => [name, `The step of ${name}`])));
  if (judgement.earned === 1) return judgement;
  const taped = await tapedSteps(context, update);
  const follow = (own: (guest: Guest, probe: MlpCase) => Promise<Answer | undefined>, tensors = names) =>
    followingOwn(judgement, context, {
      problem: update,
      tensors,
      earlier: [
        ...stepParts(net),
        ...gradientParts(net).map((part) => ({ ...part, task: `${tasks.backward} (gradients)` })),
      ],
      own,
      digits: stepDigits,
    });
  if (taped !== undefined) {
    // Where the tape holds no numbers a step can have none either, and shows nothing; the others still have to agree.
    const isGone = ({ data }: NdArray) => !data.every(Number.isFinite);
    const gone = names.filter((name) => taped.every(({ tape, step }) => isGone(tape[name]!) && isGone(step[name]!)));
    const rest = names.filter((name) => !gone.includes(name));
    const only = (answer: Answer): Answer => Object.fromEntries(rest.map((name) => [name, answer[name]!]));
    const ofTape = (probe: MlpCase) => taped.find((entry) => entry.net === probe)?.tape;
    const own = (_: Guest, probe: MlpCase) => {
      const tape = ofTape(probe);
      return Promise.resolve(tape && only(tape));
    };
    const followed = await follow(own, rest);
    if (followed.earned === 1) return followed;
    if (gone.length > 0) return judgement;
  }
  // Beside a tape too: it may show sums where the step is their mean.
  for (const averaging of averagings) {
    const followed = await follow((guest, probe) => ownGradients(guest, probe, averaging));
    if (followed.earned === 1) return followed;
  }
  if (taped !== undefined) return besideTape(judgement, update, taped);
  return (await isTaped(context, update)) ? judgement : besideGradients(judgement, context, net);
}

/** Everything that a network's step is made of and builds on, for what trains it. */
export const netParts = (net: TapedNet): readonly EarlierPart[] => [
  ...stepParts(net),
  ...gradientParts(net),
  { task: net.tasks.backward, problem: net.update, judges: [(context) => judgeUpdate(context, net)] },
];

/** The steps of all networks beside their tapes; undefined where one shows no gradients, or nothing but zeros and gaps. */
async function tapedSteps(context: CheckContext, update: Problem<MlpCase>): Promise<Taped[] | undefined> {
  const taped: Taped[] = [];
  for (const net of new Set(context.probes(update))) {
    const { value } = await context.ask(update, net);
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

/** The steps and the gradients that the tape shows beside them, for each network. */
interface Taped {
  net: MlpCase;
  step: Answer;
  tape: Answer;
}

/** A wrong step told beside the gradient that the tape shows, right or wrong as that may be: with both seen, it can be certain. */
function besideTape(judgement: Judgement, update: Problem<MlpCase>, taped: readonly Taped[]): Judgement {
  const tapes = new Map(taped.map(({ net, tape }) => [net, tape]));
  const { seenAs: _, accepts: __, ...problem } = update;
  const diagnosis = diagnose(
    { ...problem, ...stepKey((net) => tapes.get(net)!) },
    taped.map(({ net }) => net),
    taped.map(({ step }) => step),
  );
  return diagnosis.certainty === 'unknown' ? judgement : { ...judgement, diagnosis };
}

/**
 * What the last digits of the weights before and after count for in a step along these gradients, as a share of its largest
 * number: the more the smaller the step is.
 */
function stepDigits(net: MlpCase, name: string, step: NdArray, gradient: NdArray): number {
  const layer = Number(name.slice(1)) - 1;
  const before = name.startsWith('W') ? net.W[layer]!.flat() : net.b[layer]!;
  const isSingle = before.every((v, i) => isRounded(v - rateOf(net) * step.data[i]!));
  const digit = (isSingle ? 2 ** -23 : 2 ** -51) * Math.max(...before.map(Math.abs));
  return digit / (rateOf(net) * maxAbs(gradient) || 1);
}

/** A number of single precision, up to the rounding of going to and fro in double precision. */
const isRounded = (value: number): boolean => Math.abs(Math.fround(value) - value) <= 2 ** -50 * Math.abs(value);
