/** Follow-through in T4: a network judged with the student's own rectifier, a reported run with their own network. */
import type { CheckContext, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { AnyProblem, Problem } from '../../problem.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import type { ElementwiseProblem } from '../../kinds/elementwise.ts';
import { agree } from '../../follow-through.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { backprop, forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import type { MlpRules } from '../../mistakes/mlp/backprop.ts';
import { matArray, named, wholeNet } from '../../mistakes/mlp/views.ts';
import { arrayOf, makeArray, rowsOf } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, isHandle } from '../../values.ts';
import { reluProblem, reluSlopeProblem } from './activations.ts';
import type { ReportedRun } from '../../kinds/reported-run.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { labData, pixels, prescribed } from './lab.ts';
import type { NetworkClass } from '../../kinds/network-object.ts';
import { makeNetwork } from '../../kinds/network-object.ts';
import { callMethod } from '../../kinds/student-objects.ts';
import type { NetProbe } from './network-problems.ts';
import { ProgramStopped, unlessStopped } from '../../stopped.ts';

/** The worst of these tensors; or full marks when all are what the student's own fRelu leads to. */
export async function followingOwn(
  context: CheckContext,
  problem: Problem<NetProbe>,
  tensors: readonly string[],
  what: Readonly<Record<string, string>>,
): Promise<Judgement> {
  const evaluation = await evaluate(context, problem);
  const words = Object.fromEntries(tensors.map((name) => [name, what[name]!]));
  const worst = firstWrong(evaluation, words);
  if (worst.earned === 1) return worst;
  const follows = await unlessStopped(async () => {
    if (!(await hasOwnRectifier(context))) return false;
    for (const probe of context.probes(problem)) {
      const reading = problem.read(await context.ask(problem, probe), probe);
      if (!('answer' in reading)) return false;
      const expected = await withOwn(context, probe);
      if (!tensors.every((name) => agree(reading.answer[name], expected[name], plainNumbers))) return false;
    }
    return true;
  }, false);
  return follows ? pass({ followThrough: 'It is right with your own fRelu, whose mistake is paid for above.' }) : worst;
}

/** A rectifier is a mistake of its own if it is wrong, and not the sigmoid again. */
async function hasOwnRectifier(context: CheckContext): Promise<boolean> {
  const evaluations = [await evaluate(context, reluProblem), await evaluate(context, reluSlopeProblem)];
  const wrong = evaluations.some(({ tensors }) => !tensors['values']!.accepted);
  const named = evaluations.flatMap(({ diagnosis }) => diagnosis?.mistakes ?? []);
  return wrong && !named.includes('sigmoid') && !named.includes('sigmoid-slope');
}

/** Probabilities and gradients with the student's fRelu in the hidden layers. */
async function withOwn(context: CheckContext, { net }: NetProbe): Promise<Record<string, NdArray>> {
  const activated: Mat[] = [];
  const slopes: Mat[] = [];
  let signal = net.X;
  for (let l = 0; l < net.W.length - 1; l++) {
    const z = rightRules.affine(signal, net, l);
    signal = activated[l] = await ownMatrix(context, reluProblem, z);
    slopes[l] = await ownMatrix(context, reluSlopeProblem, z);
  }
  const rules: MlpRules = {
    ...rightRules,
    activate: (_z, _net, index) => activated[index]!,
    slope: ({ index }) => slopes[index]!,
  };
  const P = matArray(forwardPass(net, rules).a.at(-1)!);
  return { P, ...named(backprop(net, rules), wholeNet(net.W.length)) };
}

async function ownMatrix(context: CheckContext, problem: ElementwiseProblem, z: Mat): Promise<Mat> {
  const probe = { args: [arrayOf(z)] };
  const reading = problem.read(await context.ask(problem, probe), probe);
  if ('answer' in reading) return rowsOf(reading.answer['values']!);
  throw new ProgramStopped('crash', 'fRelu gives no matrix of the same shape.');
}

/** Whether a reported run is what the student's own, wrong network gives on the given images. */
export function ownRunAgrees(
  context: CheckContext,
  functions: readonly AnyProblem[],
  networks: readonly AnyProblem[],
  target: NetworkClass,
  claim: ReportedRun,
  slack: number,
): Promise<boolean> {
  return unlessStopped(async () => {
    const evaluations = [];
    for (const problem of [...functions, ...networks]) evaluations.push(await evaluate(context, problem));
    const allRight = evaluations.every(({ tensors }) => Object.values(tensors).every((tensor) => tensor.accepted));
    if (allRight) return false;
    const guest = await context.guest();
    const { sizes, batchSize } = prescribed;
    const own = await makeNetwork(guest, target, sizes, batchSize, 0.05);
    const data = labData(context);
    const batches = [];
    for (const { images, labels } of [data.train, data.test]) {
      const args = [makeArray([labels.length, pixels], images), makeArray([labels.length], labels), batchSize];
      const { value } = await guest.call({ module: 'batches', name: 'createBatches' }, args, { keep: 'handle' });
      if (!isHandle(value)) return false;
      batches.push({ kind: 'handle', id: value.id } as const);
    }
    const options = { kind: 'record', entries: { epochs: claim.testAcc.length, eta: claim.eta } } as const;
    const log = await callMethod(guest, own, 'evaluate', [...batches, options]);
    const last = arrayFrom(fieldOf(log, 'testAcc'))?.data.at(-1);
    return last !== undefined && Math.abs(last - claim.testAccuracy) <= slack;
  }, false);
}
