/** The step that MLP.backward takes, and the steps that are taken in its place. */
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { stepMistakes } from '../../mistakes/training/step.ts';
import type { NdArray } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import { arrayOf, zipArrays } from '../../numerics/arrays.ts';
import { common, learningRate, libraryOf, stepOf, summed } from './mlp-step.ts';
import { joined, readOne, record } from './reading.ts';

const right = libraryOf(2);
export const update: Problem<MlpCase> = {
  ...common(2),
  id: '3.5.update',
  title: 'The step that backward takes, divided by the learning rate',
  read: ({ value }, net) =>
    joined(
      Object.entries(stepOf(value, net)).map(([name, array]) => ({
        name,
        read: readOne(name, array, array.shape, name),
      })),
    ),
  write: (answer, net) => {
    const moved = (rows: NdArray, name: string) =>
      zipArrays(rows, answer[name]!, (old, slope) => old - learningRate * slope);
    const items = net.W.map((W, l) =>
      record({ W: moved(arrayOf(W), `W${l + 1}`), b: moved(arrayOf(net.b[l]!), `b${l + 1}`) }),
    );
    return record({ after: { kind: 'list', items } });
  },
  oracle: (net) => right.program.run(net, right.program.right),
  accepts: right.accepts.map((variant) => ({ ...variant, title: summed })),
  mistakes: stepMistakes<MlpCase>({
    right: (net) => right.program.run(net, right.program.right),
    rate: () => learningRate,
  }),
  seenAs: 'the step: gradient × learning rate',
};
