/** Settings and accuracies that a student reports, and what the grader sees when it trains with them. */
import { glorotUniformLimit, productUniformLimit } from '../../../reference/oracles/initialisers.ts';
import type { CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { endsUntil } from '../../kinds/reported-run.ts';
import type { Finding } from '../../model/finding.ts';
import type { Random } from '../../numerics/random.ts';
import type { LayerPlan } from '../../kinds/host-trainer.ts';
import { drawNet, weightsIn } from '../../kinds/host-trainer.ts';
import type { Settings, TrainAndTest } from '../../kinds/host-training.ts';
import { trainFrom } from '../../kinds/host-training.ts';
import { claimedNumbers } from '../../kinds/claims.ts';
import { short } from '../../numerics/digits.ts';
import { drawDigits } from './digits.ts';

/** So much is trained at most: with 2,113 weights this is 473 epochs, a few seconds. */
const mostWork = 1_000_000;
/**
 * A reported accuracy may be this far from one of ours. Over 20 seeds the accuracy of the net of 1.6b scatters by 0.002
 * (learning rate 0.01) to 0.021 (0.0001, 25 epochs, other rule for the weights), that of other nets by no more; the
 * settings themselves move it from 0.5 to 0.99.
 */
export const slack = 0.04;
/** The printed rule ±√(6/(nIn·nOut)) or that of Glorot and Bengio, ±√(6/(nIn + nOut)). */
const limits = { printed: productUniformLimit, glorot: glorotUniformLimit };
type InitRule = keyof typeof limits;
/** Other seeds and both rules for the first weights; later ones are tried only while earlier ones disagree with the student. */
const repetitions: readonly (readonly [name: string, rule: InitRule])[] = [
  ['first', 'printed'],
  ['second', 'glorot'],
  ['third', 'printed'],
  ['fourth', 'glorot'],
];

/** Accuracies in the last epoch, from weights drawn by this rule. */
export function train(
  plan: readonly LayerPlan[],
  data: TrainAndTest,
  settings: Settings,
  random: Random,
  rule: InitRule,
): Promise<{ train: number; test: number }> {
  const weight = (nIn: number, nOut: number) => {
    const a = limits[rule](nIn, nOut);
    return random.uniform(-a, a);
  };
  return trainFrom(drawNet(plan, weight), data, settings);
}

export const digitsOf = (context: CheckContext): TrainAndTest => context.oncePerBatch('digits of 1.6', drawDigits);

export function claimedSettings(context: CheckContext, key: string): Settings {
  return claimedNumbers(context, key, ['epochs', 'learningRate', 'mbSize']);
}

/** Why these settings are not trained, or undefined. */
export function unusable(settings: Settings, plan: readonly LayerPlan[]): Finding | undefined {
  const { epochs, learningRate, mbSize } = settings;
  const whole = Number.isInteger(epochs) && epochs >= 1 && Number.isInteger(mbSize) && mbSize >= 1 && mbSize <= 898;
  const yours = `${epochs} epochs, learning rate ${learningRate}, mini-batches of ${mbSize}`;
  if (!whole || !(learningRate >= 0)) {
    const expected = 'whole epochs from 1, a learning rate from 0, mini-batches of 1 to 898';
    return { says: 'These settings cannot be trained with.', yours, expected };
  }
  if (epochs * weightsIn(plan) <= mostWork) return undefined;
  return {
    says: `Epochs times weights are ${epochs * weightsIn(plan)}; the grader repeats trainings up to ${mostWork}.`,
    yours,
    expected: `at most ${Math.floor(mostWork / weightsIn(plan))} epochs for this net`,
  };
}

/** Test accuracies of the grader's own trainings, until one satisfies; equal nets and settings are trained once for all students. */
export async function accuraciesUntil(
  context: CheckContext,
  plan: readonly LayerPlan[],
  settings: Settings,
  enough: (accuracy: number) => boolean,
  most = repetitions.length,
): Promise<number[]> {
  const data = digitsOf(context);
  const { epochs, learningRate, mbSize } = settings;
  const runs = repetitions.slice(0, most).map(([name, rule]) => ({
    name: `train/${name}/${JSON.stringify([plan, epochs, learningRate, mbSize])}`,
    end: async (random: Random) => (await train(plan, data, settings, random, rule)).test,
  }));
  return endsUntil(context, runs, enough);
}

/** The reported test accuracy beside the grader's. */
export async function judgeAccuracy(
  context: CheckContext,
  key: string,
  plan: readonly LayerPlan[],
): Promise<Judgement> {
  const settings = claimedSettings(context, key);
  const { testAccuracy } = claimedNumbers(context, key, ['testAccuracy']);
  if (testAccuracy < 0 || testAccuracy > 1) {
    const hint = testAccuracy > 1 && testAccuracy <= 100 ? 'A percentage has to be divided by 100.' : undefined;
    return fail({ says: 'An accuracy lies between 0 and 1.', yours: String(testAccuracy), ...(hint ? { hint } : {}) });
  }
  const problem = unusable(settings, plan);
  if (problem !== undefined) return fail(problem);
  const near = (accuracy: number) => Math.abs(accuracy - testAccuracy) <= slack;
  const seen = await accuraciesUntil(context, plan, settings, near);
  const between = testAccuracy > Math.min(...seen) && testAccuracy < Math.max(...seen);
  if (near(seen.at(-1)!) || between)
    return pass({ notes: [`the grader's own training ends at ${short(seen.at(-1)!)}`] });
  return fail({
    says: 'With these settings the test accuracy is another one.',
    asked: `${settings.epochs} epochs, learning rate ${settings.learningRate}, mini-batches of ${settings.mbSize}, trained ${seen.length} times`,
    yours: short(testAccuracy),
    expected: seen.map(short).join(', '),
    tolerance: `${slack}: other initial weights move the accuracy by up to 0.02`,
    hint: 'Report the settings and the accuracy of one and the same run: the test accuracy after the last epoch.',
  });
}
