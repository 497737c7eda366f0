/** Trains a perceptron just as the given class does, to see what settings lead to. */
import type { LabelledImages } from '../../data/mini-mnist.ts';
import type { Examples, HostNet, LayerPlan } from '../../kinds/host-trainer.ts';
import { accuracyOf, drawNet, trainEpochs } from '../../kinds/host-trainer.ts';
import type { Random } from '../../numerics/random.ts';

export interface Settings {
  /** From input to output. */
  sizes: readonly number[];
  hidden: 'sigmoid' | 'relu';
  batchSize: number;
  epochs: number;
  eta: number;
  initSd: number;
}

/** The share of the test images that is predicted rightly after every epoch. `onEpoch` may stop a training that has shown enough. */
export function train(
  data: { train: LabelledImages; test: LabelledImages },
  { sizes, hidden, batchSize, epochs, eta, initSd }: Settings,
  random: Random,
  onEpoch: (epoch: number, net: HostNet) => void = () => {},
): number[] {
  const plan = sizes
    .slice(1)
    .flatMap((nOut, l): LayerPlan[] => [
      { kind: 'linear', nIn: sizes[l]!, nOut },
      { kind: l < sizes.length - 2 ? hidden : 'softmax' },
    ]);
  const draw = () => random.normal(0, initSd);
  const net = drawNet(plan, draw, draw);
  const shares: number[] = [];
  const examples = ({ images, labels }: LabelledImages): Examples => ({ x: images, y: Float64Array.from(labels) });
  const [trained, tested] = [examples(data.train), examples(data.test)];
  const settings = { epochs, learningRate: eta, mbSize: batchSize, adds: 'steps' } as const;
  for (const _ of trainEpochs(net, trained, settings)) {
    shares.push(accuracyOf(net, tested, batchSize));
    onEpoch(shares.length - 1, net);
  }
  return shares;
}
