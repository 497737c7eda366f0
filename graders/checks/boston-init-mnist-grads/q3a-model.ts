/** Question 3a: what the model predicts when the grader sets its weights. */
import { predictionsQuestion } from '../../kinds/predictions-question.ts';
import { hidden, missingIn, output, predictionsAs } from '../../mistakes/mlp/other-activations.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { Problem } from '../../problem.ts';
import type { NetProbe } from '../../kinds/pixel-net.ts';
import { classes, drawNet, imagesOf, weightTensors } from '../../kinds/pixel-net.ts';

const predictions = predictionsAs('probabilities');
const bothSigmoid = 'The sheet asks for sigmoid in both hidden layers.';
const needSigmoid = 'Both hidden layers need their sigmoid.';

export const modelProblem: Problem<NetProbe> = {
  ...predictionsQuestion<NetProbe>({
    id: 'q3a.model',
    title: 'Predictions of the MNIST model',
    unit: 'q3a',
    name: 'buildMnistModel',
    tensor: 'probabilities',
    shape: ({ X }) => [X.length, classes],
    weights: (net) => weightTensors(net).flat(),
    inputs: imagesOf,
    describe: (net) => `your model with weights set by the grader, ${net.X.length} random images`,
  }),
  probes: (random) =>
    [1, 3].map((scale) =>
      drawNet(random.fork(`scale ${scale}`), { hidden: [64, 64], batch: 4, scale, layout: 'separate', labels: 'hard' }),
    ),
  oracle: (net) => predictions.run(net, predictions.right),
  mistakes: variantsOf<NetProbe, typeof predictions.right>(predictions, [
    {
      ...output('linear', 'Put a softmax activation behind the last dense layer.'),
      id: 'no-softmax',
      title: 'logits without softmax',
    },
    output('sigmoid', 'Ten classes exclude each other: use softmax at the output.'),
    hidden('relu', bothSigmoid),
    hidden('tanh', bothSigmoid),
    hidden('linear', 'Give both hidden layers a sigmoid activation.'),
    hidden('softmax', 'Softmax belongs to the output only.'),
    missingIn(1, 'first-only', 'activation missing on the second hidden layer', needSigmoid),
    missingIn(0, 'second-only', 'activation missing on the first hidden layer', needSigmoid),
  ]),
};
