/** Whether the activations of the student's own deep network with N(0, 1) weights are saturated as theory says. */
import { saturatedShare } from '../../reference/oracles/signal-propagation.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate } from '../evaluate.ts';
import { binomialTest, twoStage } from '../numerics/statistics.ts';
import type { AnyProblem } from '../problem.ts';
import { ProgramStopped } from '../stopped.ts';
import type { LayerFunctions } from './layer-activations-question.ts';
import { runLayers } from './own-layers.ts';

/**
 * Given the layer before, pre-activations are N(0, ‖h‖²): the number of |h| > 0.99 is binomial with the share
 * P(|Z| > artanh(0.99) / ‖h‖). Judged for each of the five layers at α/5, confirmed on fresh draws; what follows from
 * parts that are wrong is paid there.
 */
export async function judgeSaturation(
  context: CheckContext,
  { functions, sizes, parts }: { functions: LayerFunctions; sizes: readonly number[]; parts: readonly AnyProblem[] },
): Promise<Judgement> {
  const guest = await context.guest();
  let worst = '';
  let undefinedIn: number | undefined;
  let silent = true;
  const { rejected } = await twoStage(async (alpha, stage) => {
    const run = await runLayers(guest, functions, sizes, stage === 'check' ? 11 : 7011);
    if ('says' in run) throw new ProgramStopped('crash', run.says);
    const broken = run.activations.findIndex(({ data }) => !data.every(Number.isFinite));
    if (broken >= 0) undefinedIn ??= broken + 1;
    silent &&= run.activations.every(({ data }) => data.every((h) => h === 0));
    const tests = run.activations.map(({ data }, k) => {
      const before = k === 0 ? run.x.data : run.activations[k - 1]!.data;
      const share = saturatedShare(Math.hypot(...before));
      const saturated = data.filter((h) => Math.abs(h) > 0.99).length;
      return { k, test: binomialTest(saturated, data.length, share, { alpha: alpha / 5 }) };
    });
    const bad = tests.find(({ test }) => test.rejected) ?? tests[0]!;
    if (bad.test.rejected) worst = `layer ${bad.k + 1}: ${bad.test.says}`;
    return bad.test;
  });
  if (!rejected && !silent && undefinedIn === undefined) return pass();
  // What is not finite, or only zeros, follows from anything.
  if (undefinedIn === undefined && !silent && !(await areAllRight(context, parts))) {
    return pass({
      followThrough:
        'The share of saturated activations follows from your own weights and layers, which already lost their marks.',
    });
  }
  if (undefinedIn !== undefined) {
    return fail({
      says: `With your own weights and input, layer ${undefinedIn} holds activations that are not finite.`,
      hint: 'Pre-activations reach ±100 and more here, where e^z overflows: tf.tanh does not.',
    });
  }
  if (silent) return fail({ says: 'With your own weights and input, all activations of all layers are zero.' });
  return fail({
    says: 'With your own weights and input, another share of the activations is saturated than theory says.',
    yours: worst,
    hint: 'Weights of variance 1 and zero biases make pre-activations with the standard deviation ‖h‖ of the layer before.',
  });
}

async function areAllRight(context: CheckContext, parts: readonly AnyProblem[]): Promise<boolean> {
  const evaluations = [];
  for (const part of parts) evaluations.push(await evaluate(context, part));
  return evaluations.every(({ tensors }) => Object.values(tensors).every(({ accepted }) => accepted));
}
