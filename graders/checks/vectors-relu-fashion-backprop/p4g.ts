/** Problem 4 (g): the accuracy of a model on the test batches. 2 marks. */
import type { Check } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { batchAccuracy } from '../../kinds/batch-accuracy.ts';
import { fashion } from './fashion.ts';

const accuracyProblem = batchAccuracy({ task: 'P4g', unit: 'p4g', name: 'testAccuracy', own: fashion }, [
  { draw: 'a', images: 23, batch: 8 },
  { draw: 'b', images: 31, batch: 7 },
]);

export const checks: Check[] = [
  {
    id: 'p4g.accuracy',
    costly: true,
    task: 'P4g',
    title: 'testAccuracy is the share of images that are classified rightly',
    asks: 'testAccuracy on 23 and 31 images, in batches of 8 and 7.',
    points: 2,
    problems: [accuracyProblem],
    run: async (context) => judgeTensor(await evaluate(context, accuracyProblem), 'accuracy', 'The accuracy'),
  },
];
