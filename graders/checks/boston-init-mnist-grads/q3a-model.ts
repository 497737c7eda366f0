/** What the model of Question 3a predicts when the grader sets its weights. */
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered } from '../../question.ts';
import { isArray, inWords, isHandle } from '../../values.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import { sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpRules } from '../../mistakes/mlp/backprop.ts';
import { rightRules } from '../../mistakes/mlp/backprop.ts';
import { classes, drawNet, imagesOf, tensorOf, weightTensors } from '../../kinds/pixel-net.ts';
import type { NetProbe } from '../../kinds/pixel-net.ts';
import { ProgramStopped } from '../../stopped.ts';

/** The output of the network when its steps follow these rules. */
function predict(net: NetProbe, changed: Partial<MlpRules> = {}): Answer {
  const rules = { ...rightRules, ...changed };
  const a = net.W.reduce((input, _, l) => {
    const z = rules.affine(input, net, l);
    return l < net.W.length - 1 ? rules.activate(z, net, l) : rules.output(z, net);
  }, net.X);
  return { probabilities: tensorOf(a) };
}

const mistake = (id: string, title: string, advice: string, changed: Partial<MlpRules>): Variant<NetProbe> => ({
  id,
  title,
  advice,
  compute: (net) => predict(net, changed),
});

export const modelProblem: Problem<NetProbe> = {
  id: 'q3a.model',
  title: 'Predictions of the MNIST model',
  precision: 'single',
  probes: (random) =>
    [1, 3].map((scale) =>
      drawNet(random.fork(`scale ${scale}`), { hidden: [64, 64], batch: 4, scale, layout: 'separate', labels: 'hard' }),
    ),
  describe: (net) => `your model with weights set by the grader, ${net.X.length} random images`,
  async ask(guest, net): Promise<Answered> {
    const { value: model } = await guest.call({ module: 'q3a.ts', name: 'buildMnistModel' }, [], { keep: 'handle' });
    if (!isHandle(model)) throw new ProgramStopped('crash', `buildMnistModel returned ${inWords(model)}, not a model.`);
    await guest.call({ handle: model.id, method: 'setWeights' }, [{ kind: 'list', items: weightTensors(net).flat() }]);
    return { value: (await guest.call({ handle: model.id, method: 'predict' }, [imagesOf(net)])).value };
  },
  read({ value }, net) {
    if (!isArray(value)) return { misread: { says: 'predict should give one tensor.', yours: inWords(value) } };
    const read = canonicalise('the output', value, [net.X.length, classes], { transposed: 'refuse' });
    return 'misread' in read ? read : { answer: { probabilities: read.array }, notes: read.note ? [read.note] : [] };
  },
  write: (answer) => answer['probabilities'],
  oracle: (net) => predict(net),
  mistakes: [
    mistake('no-softmax', 'logits without softmax', 'Put a softmax activation behind the last dense layer.', {
      output: (z) => z,
    }),
    mistake('sigmoid-output', 'sigmoid at the output', 'Ten classes exclude each other: use softmax at the output.', {
      output: (z) => mapMat(z, sigmoid),
    }),
    mistake('relu-hidden', 'ReLU in the hidden layers', 'The sheet asks for sigmoid in both hidden layers.', {
      activate: (z) => mapMat(z, (v) => Math.max(0, v)),
    }),
    mistake('tanh-hidden', 'tanh in the hidden layers', 'The sheet asks for sigmoid in both hidden layers.', {
      activate: (z) => mapMat(z, Math.tanh),
    }),
    mistake('linear-hidden', 'no activation in the hidden layers', 'Give both hidden layers a sigmoid activation.', {
      activate: (z) => z,
    }),
    mistake('softmax-hidden', 'softmax in the hidden layers', 'Softmax belongs to the output only.', {
      activate: (z) => softmaxRows(z),
    }),
    mistake('first-only', 'activation missing on the second hidden layer', 'Both hidden layers need their sigmoid.', {
      activate: (z, _net, index) => (index === 0 ? mapMat(z, sigmoid) : z),
    }),
    mistake('second-only', 'activation missing on the first hidden layer', 'Both hidden layers need their sigmoid.', {
      activate: (z, _net, index) => (index === 1 ? mapMat(z, sigmoid) : z),
    }),
  ],
};
