/** Question 1b: predictions of the regression network with weights of the grader's, three steps of it, and its training. */
import { stoppingQuestion } from '../../kinds/early-stopping-question.ts';
import { tensorOf, weightTensors } from '../../kinds/pixel-net.ts';
import { predictionsQuestion } from '../../kinds/predictions-question.ts';
import type { Regression } from '../../kinds/training-steps-question.ts';
import { stepsQuestion } from '../../kinds/training-steps-question.ts';

/** Units of the three dense layers. */
export const units = [32, 16, 1] as const;

/** Where the student's functions are, and the given one that cuts batches. */
export const trainer = {
  unit: 'q1b',
  builds: 'buildModel',
  trains: 'train',
  batches: { module: 'fixed-batches', name: 'fixedBatches' },
};

const refused = `The model does not take the weights of dense layers of ${units.join(', ')} units`;

export const asked = {
  model: predictionsQuestion<Regression>({
    id: 'q1b.model',
    title: 'Predictions of the regression network',
    unit: trainer.unit,
    name: trainer.builds,
    args: ({ X }) => [X[0]!.length],
    tensor: 'prices',
    shape: ({ X }) => [X.length],
    unnoted: true,
    weights: (net) => weightTensors(net).flat(),
    refused,
    inputs: ({ X }) => tensorOf(X),
    describe: ({ X }) =>
      `your model for ${X[0]!.length} features with weights set by the grader, ${X.length} random rows`,
  }),
  steps: stepsQuestion({ id: 'q1b.steps', unit: trainer.unit, builds: trainer.builds, refused }),
  stopping: stoppingQuestion('q1b.stopping', trainer),
};
