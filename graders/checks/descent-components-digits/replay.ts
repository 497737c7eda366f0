/** Trains a net with the grader's own layers, just as the given `fit` does, to see what settings lead to. */
import { glorotUniformLimit, productUniformLimit } from '../../../reference/oracles/initialisers.ts';
import type { Examples, HostNet, LayerPlan, Settings as HostSettings } from '../../kinds/host-trainer.ts';
import { accuracyOf, drawNet, trainEpochs } from '../../kinds/host-trainer.ts';
import type { Random } from '../../numerics/random.ts';

/** The printed rule ±√(6/(nIn·nOut)) or that of Glorot and Bengio, ±√(6/(nIn + nOut)). */
export type InitRule = 'printed' | 'glorot';

export type Settings = Omit<HostSettings, 'adds'>;

interface Data {
  train: Examples;
  test: Examples;
}

/** Accuracies in the last epoch, from weights drawn by this rule. */
export function train(
  plan: readonly LayerPlan[],
  data: Data,
  settings: Settings,
  random: Random,
  rule: InitRule,
): Promise<{ train: number; test: number }> {
  const net = drawNet(plan, (nIn, nOut) => {
    const a = (rule === 'printed' ? productUniformLimit : glorotUniformLimit)(nIn, nOut);
    return random.uniform(-a, a);
  });
  return trainFrom(net, data, settings);
}

/** The same from the weights of this net, which hold the trained ones in the end. */
export async function trainFrom(
  net: HostNet,
  data: Data,
  settings: Settings,
): Promise<{ train: number; test: number }> {
  let accuracy = { train: NaN, test: NaN };
  for (const share of trainEpochs(net, data.train, { ...settings, adds: 'gradients' })) {
    accuracy = { train: share, test: accuracyOf(net, data.test, settings.mbSize) };
    // Long trainings leave room for the sessions of other submissions.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return accuracy;
}
