/** Follow-through of a training that returns curves: they are right when they tell of the steps that the program really takes. */
import { reluMlp } from './relu-classifier.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import { evaluate } from '../evaluate.ts';
import type { TensorVerdict } from '../evaluate/judge-tensors.ts';
import { agree } from '../follow-through.ts';
import { batchesOf, lossOf, mean, meanOverSamples, shareOf, softmaxTwice } from '../mistakes/training/curves.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Answer } from '../question.ts';
import { unlessStopped } from '../stopped.ts';
import type { CurveTraining } from './curve-training.ts';
import { rowsIn } from './curve-training.ts';
import { firstBatches } from './curve-training-question.ts';
import type { TrainingProbe } from './curve-training-question.ts';
import type { Net } from './listed-net.ts';
import { movedAlong } from './listed-net.ts';

const weights = ['W1', 'b1', 'W2', 'b2'];

/** The judgement of curves; full marks where only the steps are wrong and the curves are those of the student's own steps. */
export async function followingOwnSteps(
  context: CheckContext,
  { asked, problem }: CurveTraining,
  judgement: Judgement,
  names: readonly string[],
): Promise<Judgement> {
  const { tensors, diagnosis } = await evaluate(context, problem);
  if (judgement.earned === 1 || weights.every((name) => tensors[name]!.accepted)) return judgement;
  const twice = diagnosis?.certainty === 'certain' && diagnosis.mistakes.includes('softmax-twice');
  const follows = await unlessStopped(async () => {
    const [probe] = context.probes(problem);
    const runs = await ownRuns(context, problem, probe!);
    return runs !== undefined && names.every((name) => isUnasked(tensors[name]!) || tellsOf(runs, probe!, name, twice));
  }, false);
  const says = `It is what your own training steps lead to; their mistake is paid for in the first part of ${asked.task}.`;
  return follows ? pass({ followThrough: says }) : judgement;
}

/** A curve that a script need not keep. */
const isUnasked = ({ accepted, gap }: TensorVerdict): boolean => accepted && gap === undefined;

interface Runs {
  /** The network before the first, second … training batch, and after the last. */
  nets: Net[];
  /** The curves of the run with all batches. */
  curves: Answer;
}

/** One epoch with the first batch, the first two … and all of them; undefined where the network does not move. */
async function ownRuns(
  context: CheckContext,
  problem: CurveTraining['problem'],
  probe: TrainingProbe,
): Promise<Runs | undefined> {
  const nets = [probe.net];
  let curves: Answer = {};
  for (let count = 1; count <= batchesIn(probe).train.length; count++) {
    const question = firstBatches(probe, count);
    const reading = problem.read(await context.ask(problem, question), question);
    if (!('answer' in reading)) return undefined;
    curves = reading.answer;
    if (weights.every((name) => curves[name]!.data.every((v) => v === 0))) return undefined;
    nets.push(movedAlong(probe.net, curves, -1));
  }
  return { nets, curves };
}

const batchesIn = ({ sets, batch }: TrainingProbe) => ({
  train: batchesOf(rowsIn(sets.train), batch.train),
  test: batchesOf(rowsIn(sets.test), batch.test),
});

function tellsOf({ nets, curves }: Runs, probe: TrainingProbe, name: string, twice: boolean): boolean {
  const { train, test } = batchesIn(probe);
  const sizes = (batches: typeof train) => batches.map(({ Y }) => Y.length);
  const loss = (net: Net, batch: (typeof train)[number]) =>
    (twice ? softmaxTwice.loss : lossOf)({ ...reluMlp(net), X: [], Y: [] }, batch);
  const either = (values: readonly number[], batches: typeof train) => [
    mean(values),
    meanOverSamples(values, sizes(batches)),
  ];
  const tested = [nets.at(-1)!, nets[0]!];
  const share = (net: Net) => (batch: (typeof train)[number]) => shareOf(reluMlp(net), batch);
  const lossesOn = (net: Net) => test.map((batch) => loss(net, batch));
  const onTheWay = train.map((batch, i) => loss(nets[i]!, batch));
  const expected = {
    trainLoss: () => either(onTheWay, train),
    testLoss: () => tested.flatMap((net) => either(lossesOn(net), test)),
    testAcc: () => tested.map((net) => meanOverSamples(test.map(share(net)), sizes(test))),
  }[name];
  return expected?.().some((value) => agree(curves[name], arrayOf([value]))) ?? false;
}
