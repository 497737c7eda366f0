/** Problem 4 (b): the network 784–256–128–64–10. 4 marks. */
import { softmaxRows } from '../../../reference/oracles/activations.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { addedTo } from '../../added-layers.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { MlpRules } from '../../mistakes/mlp/backprop.ts';
import { forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Finding, ModelDescription } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { inWords, isArray } from '../../values.ts';
import { classes, drawImages, drawReluNet, ownModel, pixels, rowsOf, weightTensors } from './fashion-net.ts';
import type { ImageSet } from './fashion-net.ts';
import { mistake } from './plain.ts';
import type { Net } from '../../kinds/listed-net.ts';

const hidden = [256, 128, 64];
/** 784·256 + 256, 256·128 + 128, 128·64 + 64, 64·10 + 10. */
const parameters = 242_762;

interface ModelProbe {
  net: Net;
  set: ImageSet;
}

function outputs({ net, set }: ModelProbe, changed: Partial<MlpRules> = {}): Answer {
  const rules = { ...rightRules, output: (z: number[][]) => z, ...changed };
  const X = rowsOf(set);
  const given = {
    W: net.weights,
    b: net.biases,
    hidden: 'relu',
    output: 'softmax-cce',
    X,
    Y: X.map(() => []),
  } as const;
  return { outputs: arrayOf(forwardPass({ ...given }, rules).a.at(-1)!) };
}

const relu = (v: number) => Math.max(0, v);
const wrong = (id: string, title: string, advice: string, changed: Partial<MlpRules>) =>
  mistake<ModelProbe>(id, title, advice, (probe) => outputs(probe, changed));
const without = (id: string, which: string, layer: number) =>
  wrong(id, `no ReLU in the ${which} hidden layer`, 'All three hidden layers need their ReLU.', {
    activate: (z, _net, index) => (index === layer ? z : mapMat(z, relu)),
  });

export const modelProblem: Problem<ModelProbe> = {
  id: 'P4b.model',
  title: 'Outputs of the network',
  names: { outputs: 'the output of the model' },
  precision: 'single',
  probes: (random) => [
    { net: drawReluNet(random.fork('a'), hidden), set: drawImages(random.fork('x'), 5) },
    { net: drawReluNet(random.fork('b'), hidden, 1.5), set: drawImages(random.fork('y'), 4) },
    // So large that a rectifier which is cut off at 6 shows.
    { net: drawReluNet(random.fork('c'), hidden, 4), set: drawImages(random.fork('z'), 3) },
  ],
  describe: ({ set }) => `your model with weights set by the grader, ${set.labels.length} random images`,
  async ask(guest, { net, set }) {
    const model = await ownModel(guest);
    // Other layers do not take these weights; that is told, and paid for, with the layers.
    if (layersFault(await guest.describe(model)) !== undefined) return { value: undefined };
    const items = weightTensors(net).flat();
    await guest.call({ handle: model, method: 'setWeights' }, [{ kind: 'list', items }]);
    // Models for [28, 28, 1] or [784] numbers get the same pixels in their own shape.
    const shape = (await guest.describe(model)).inputShape.slice(1).map((n) => n ?? pixels);
    const images = makeArray([set.labels.length, ...shape], rowsOf(set).flat(), {
      container: 'tensor',
      dtype: 'float32',
    });
    return { value: (await guest.call({ handle: model, method: 'predict' }, [images])).value };
  },
  read({ value }, { set }) {
    if (value === undefined)
      return { misread: { says: 'Only the layers of the sheet take the weights of the grader.' } };
    if (!isArray(value)) return { misread: { says: 'predict should give one tensor.', yours: inWords(value) } };
    const read = canonicalise('the output', value, [set.labels.length, classes], { transposed: 'refuse' });
    return 'misread' in read ? read : { answer: { outputs: read.array }, notes: read.note ? [read.note] : [] };
  },
  write: (answer) => answer['outputs'],
  oracle: (probe) => outputs(probe),
  accepts: [
    {
      id: 'softmax',
      title: 'The model ends in a softmax; its outputs are probabilities.',
      compute: (probe) => outputs(probe, { output: softmaxRows }),
    },
  ],
  mistakes: [
    wrong('relu-output', 'ReLU at the output', 'Negative logits must stay negative: no activation, or a softmax.', {
      output: (z) => mapMat(z, relu),
    }),
    wrong('sigmoid-output', 'sigmoid at the output', 'Ten classes exclude each other: no activation, or a softmax.', {
      output: (z) => mapMat(z, (v) => 1 / (1 + Math.exp(-v))),
    }),
    wrong('sigmoid-hidden', 'sigmoid in the hidden layers', 'The sheet asks for ReLU.', {
      activate: (z) => mapMat(z, (v) => 1 / (1 + Math.exp(-v))),
    }),
    wrong('tanh-hidden', 'tanh in the hidden layers', 'The sheet asks for ReLU.', {
      activate: (z) => mapMat(z, Math.tanh),
    }),
    wrong('linear-hidden', 'no activation in the hidden layers', 'Give all three hidden layers a ReLU.', {
      activate: (z) => z,
    }),
    wrong('softmax-hidden', 'softmax in the hidden layers', 'Give the hidden layers a ReLU.', {
      activate: (z) => softmaxRows(z),
    }),
    without('first-missing', 'first', 0),
    without('second-missing', 'second', 1),
    without('third-missing', 'third', 2),
    wrong('no-bias', 'layers without bias', 'Keep the biases: useBias is true by default.', {
      affine: (a, net, index) => rightRules.affine(a, { ...net, b: net.b.map((b) => b.map(() => 0)) }, index),
    }),
    wrong('capped', 'a ReLU that is cut off at 6', 'The sheet asks for ReLU: large values stay as they are.', {
      activate: (z) => mapMat(z, (v) => Math.min(6, Math.max(0, v))),
    }),
    wrong('leaky', 'a leaky ReLU in the hidden layers', 'The sheet asks for ReLU: negative values become 0.', {
      activate: (z) => mapMat(z, (v) => (v > 0 ? v : 0.3 * v)),
    }),
  ],
};

export const checks: Check[] = [
  {
    id: 'p4b.architecture',
    task: 'P4b',
    title: 'The model is 784–256–128–64–10 with 242,762 parameters',
    asks: 'The layers of the model that buildFashionModel returns.',
    points: 2,
    run: judgeArchitecture,
  },
  {
    id: 'p4b.activations',
    task: 'P4b',
    title: 'ReLU in the three hidden layers, logits or softmax at the output',
    asks: 'Outputs of the model with known weights, on twelve random images.',
    points: 2,
    problems: [modelProblem],
    run: async (desk) => judgeTensor(await evaluate(desk, modelProblem), 'outputs', 'The output of the model'),
  },
];

async function judgeArchitecture(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const model = await guest.describe(await ownModel(guest));
  const finding = layersFault(model) ?? addedFault(model);
  return finding === undefined ? pass() : fail(finding);
}

/** What is wrong with the inputs, the widths of the dense layers or the number of parameters. */
function layersFault(model: ModelDescription): Finding | undefined {
  const dense = model.layers.filter((layer) => layer.className === 'Dense').map((layer) => layer.config['units']);
  const expected = [...hidden, classes];
  const inputs = model.inputShape.slice(1).reduce<number>((product, n) => product * (n ?? 0), 1);
  const same = dense.length === expected.length && dense.every((units, i) => units === expected[i]);
  if (same && model.parameters === parameters && inputs === pixels) return undefined;
  const says =
    inputs !== pixels
      ? 'The model should take images of 28×28 pixels.'
      : same
        ? 'The model has the right widths but another number of parameters.'
        : 'The dense layers are not 256, 128, 64 and 10 wide.';
  return {
    says,
    yours: `input ${model.inputShape.slice(1).join('×')}, dense layers ${dense.map(String).join('–') || 'none'}, ${model.parameters} parameters`,
    expected: `input 28×28, dense layers ${expected.join('–')}, ${parameters} parameters`,
    hint: '784·256 + 256, 256·128 + 128, 128·64 + 64, 64·10 + 10.',
  };
}

/** Dropout, noise, penalties, limits or frozen layers, which no prediction shows. */
function addedFault(model: ModelDescription): Finding | undefined {
  const added = addedTo(model);
  return added.length === 0
    ? undefined
    : {
        says: `The model holds more than the four dense layers that are asked for: ${added.join(', ')}.`,
        yours: model.layers.map(({ className }) => className).join(', '),
        hint: 'Build the dense layers alone: dropout, penalties on weights and frozen layers change what is trained.',
      };
}
