/** Problem 4 (b): the network 784–256–128–64–10. 4 marks. */
import { softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { areActivated } from '../../kinds/activations-by-name.ts';
import type { BuiltModel } from '../../kinds/built-model.ts';
import { judgeBuilt } from '../../kinds/built-model.ts';
import { denseFault } from '../../kinds/dense-layers.ts';
import { drawImages, rowsOf } from '../../kinds/image-set.ts';
import { builtBy } from '../../kinds/predictions-question.ts';
import { drawReluNet } from '../../kinds/relu-classifier.ts';
import type { MlpCase, MlpRules } from '../../mistakes/mlp/backprop.ts';
import { rightRules } from '../../mistakes/mlp/backprop.ts';
import { hidden, missingIn, output, predictionsAs } from '../../mistakes/mlp/other-activations.ts';
import { adapt, mistake, variantsOf } from '../../mistakes/program.ts';
import type { Problem } from '../../problem.ts';
import { fashion } from './fashion.ts';
import type { ModelProbe } from './p4b-question.ts';
import { asked, modelQuestion } from './p4b-question.ts';

const model: BuiltModel = {
  unit: fashion.model.module,
  builds: fashion.model.name,
  calls: [{ args: [], layers: asked }],
  // Dropout, noise, penalties, limits or frozen layers, which no prediction shows.
  added: {
    says: (added) => `The model holds more than the four dense layers that are asked for: ${added}.`,
    hint: 'Build the dense layers alone: dropout, penalties on weights and frozen layers change what is trained.',
    left: 0,
  },
};

const hiddenUnits = asked.widths.slice(0, -1);

const logSoftmaxRows = (Z: Mat): Mat =>
  Z.map((z) => {
    const largest = Math.max(...z);
    const logOfSum = Math.log(z.reduce((sum, v) => sum + Math.exp(v - largest), 0)) + largest;
    return z.map((v) => v - logOfSum);
  });

/** The model gives logits. */
const outputs = adapt(predictionsAs('outputs', { output: (z) => z }), ({ net, set }: ModelProbe): MlpCase => {
  const X = rowsOf(set);
  return { W: net.weights, b: net.biases, hidden: 'relu', output: 'softmax-cce', X, Y: X.map(() => []) };
});

const wrong = mistake<MlpRules>;
const needRelu = 'All three hidden layers need their ReLU.';
const without = (which: string, layer: number) =>
  missingIn(`${which}-missing`, `no ReLU in the ${which} hidden layer`, needRelu, layer);
const asksRelu = 'The sheet asks for ReLU.';

const modelProblem: Problem<ModelProbe> = {
  ...modelQuestion,
  probes: (random) => [
    { net: drawReluNet(random.fork('a'), hiddenUnits), set: drawImages(random.fork('x'), 5) },
    { net: drawReluNet(random.fork('b'), hiddenUnits, 1.5), set: drawImages(random.fork('y'), 4) },
    // So large that a rectifier which is cut off at 6 shows.
    { net: drawReluNet(random.fork('c'), hiddenUnits, 4), set: drawImages(random.fork('z'), 3) },
  ],
  oracle: (probe) => outputs.run(probe, outputs.right),
  accepts: [
    {
      id: 'softmax',
      title: 'The model ends in a softmax; its outputs are probabilities.',
      compute: (probe) => outputs.run(probe, { ...outputs.right, output: softmaxRows }),
    },
    {
      id: 'log-softmax',
      title: 'The model ends in a log-softmax; its outputs are logarithms of probabilities.',
      compute: (probe) => outputs.run(probe, { ...outputs.right, output: logSoftmaxRows }),
    },
  ],
  mistakes: variantsOf(outputs, [
    output('relu', 'Negative logits must stay negative: no activation, or a softmax.'),
    output('sigmoid', 'Ten classes exclude each other: no activation, or a softmax.'),
    hidden('sigmoid', asksRelu),
    hidden('tanh', asksRelu),
    hidden('linear', 'Give all three hidden layers a ReLU.'),
    hidden('softmax', 'Give the hidden layers a ReLU.'),
    without('first', 0),
    without('second', 1),
    without('third', 2),
    wrong('no-bias', 'layers without bias', 'Keep the biases: useBias is true by default.', {
      affine: (a, net, index) => rightRules.affine(a, { ...net, b: net.b.map((b) => b.map(() => 0)) }, index),
    }),
    wrong('capped', 'a ReLU that is cut off at 6', 'The sheet asks for ReLU: large values stay as they are.', {
      activate: (z) => mapMat(z, (v) => Math.min(6, Math.max(0, v))),
    }),
    wrong('leaky', 'a leaky ReLU in the hidden layers', 'The sheet asks for ReLU: negative values become 0.', {
      activate: (z) => mapMat(z, (v) => (v > 0 ? v : 0.3 * v)),
    }),
  ]),
};

export const checks: Check[] = [
  {
    id: 'p4b.architecture',
    task: 'P4b',
    title: 'The model is 784–256–128–64–10 with 242,762 parameters',
    asks: 'The layers of the model that buildFashionModel returns.',
    points: 2,
    run: (context) => judgeBuilt(context, model),
  },
  {
    id: 'p4b.activations',
    task: 'P4b',
    title: 'ReLU in the three hidden layers, logits or softmax at the output',
    asks: 'Outputs of the model with known weights, on twelve random images.',
    points: 2,
    problems: [modelProblem],
    run: async (context) => followingAddedLayers(context, await judgeOutputs(context)),
    judgeProblems: judgeOutputs,
  },
];

async function judgeOutputs(context: CheckContext): Promise<Judgement> {
  return judgeTensor(await evaluate(context, modelProblem), 'outputs', 'The output of the model');
}

/** Layers that hold weights beside the dense ones have lost their marks: what is left to see are the names of the activations. */
async function followingAddedLayers(context: CheckContext, judgement: Judgement): Promise<Judgement> {
  if (judgement.earned === 1) return judgement;
  const guest = await context.guest();
  const built = await guest.describe(await builtBy(guest, model.unit, model.builds), { weights: false });
  const holdsMore = built.parameters > asked.parameters;
  if (!holdsMore || denseFault(built, { ...asked, parameters: built.parameters }) !== undefined) return judgement;
  return areActivated(built, 'relu', ['softmax', 'logsoftmax'])
    ? pass({ followThrough: 'Judged by the names of your layers: those that you added cost their marks above.' })
    : judgement;
}
