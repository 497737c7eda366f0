/** Follow-through: a network judged with the student's own hidden activation and its derivative in place of ours. */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import { evaluate, firstWrong } from '../evaluate.ts';
import { agree } from '../follow-through.ts';
import type { MlpCase, MlpRules } from '../mistakes/mlp/backprop.ts';
import { backprop, forwardPass, rightRules } from '../mistakes/mlp/backprop.ts';
import { matArray, named, wholeNet } from '../mistakes/mlp/views.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf, rowsOf } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';
import type { ElementwiseProblem } from './elementwise.ts';
import { ownArray } from './own-functions.ts';

export interface OwnActivation {
  /** The student's function and its derivative. */
  of: ElementwiseProblem;
  slope: ElementwiseProblem;
  /** Mistakes with which it is another function of the sheet again, and none of its own. */
  others: readonly string[];
}

/** The worst of these tensors; or full marks when all are what the student's own activation leads to. */
export async function followingOwnActivation(
  context: CheckContext,
  own: OwnActivation,
  problem: Problem<{ net: MlpCase }>,
  tensors: readonly string[],
  what: Readonly<Record<string, string>>,
): Promise<Judgement> {
  const evaluation = await evaluate(context, problem);
  const words = Object.fromEntries(tensors.map((name) => [name, what[name]!]));
  const worst = firstWrong(evaluation, words);
  if (worst.earned === 1) return worst;
  const follows = await unlessStopped(async () => {
    if (!(await isOwn(context, own))) return false;
    for (const probe of context.probes(problem)) {
      const reading = problem.read(await context.ask(problem, probe), probe);
      if (!('answer' in reading)) return false;
      const expected = await withOwn(context, own, probe);
      if (!tensors.every((name) => agree(reading.answer[name], expected?.[name], problem.band))) return false;
    }
    return true;
  }, false);
  return follows
    ? pass({ followThrough: `It is right with your own ${own.of.target.name}, whose mistake is paid for above.` })
    : worst;
}

/** Whether the function or its derivative is wrong in a way of its own. */
async function isOwn(context: CheckContext, { of, slope, others }: OwnActivation): Promise<boolean> {
  const evaluations = [await evaluate(context, of), await evaluate(context, slope)];
  const wrong = evaluations.some(({ tensors }) => !tensors['values']!.accepted);
  const recognised = evaluations.flatMap(({ diagnosis }) => diagnosis?.mistakes ?? []);
  return wrong && !others.some((id) => recognised.includes(id));
}

/** Probabilities and gradients with the student's function in the hidden layers; undefined where it gives no matrix of the same shape. */
async function withOwn(
  context: CheckContext,
  own: OwnActivation,
  { net }: { net: MlpCase },
): Promise<Record<string, NdArray> | undefined> {
  const activated: Mat[] = [];
  const slopes: Mat[] = [];
  let signal = net.X;
  for (let l = 0; l < net.W.length - 1; l++) {
    const z = [arrayOf(rightRules.affine(signal, net, l))];
    const [a, slope] = [await ownArray(context, own.of, z), await ownArray(context, own.slope, z)];
    if (a === undefined || slope === undefined) return undefined;
    signal = activated[l] = rowsOf(a);
    slopes[l] = rowsOf(slope);
  }
  const rules: MlpRules = {
    ...rightRules,
    activate: (_z, _net, index) => activated[index]!,
    slope: ({ index }) => slopes[index]!,
  };
  const P = matArray(forwardPass(net, rules).a.at(-1)!);
  return { P, ...named(backprop(net, rules), wholeNet(net.W.length)) };
}
