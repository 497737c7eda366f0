/** Problem 4 (e) and (f): looking at single images. 4 marks, 2 of them by a person; (e) carries none. */
import type { Check } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { judgeInspection } from '../../kinds/inspected-batch.ts';
import { imageProbabilities, judgeDrawnSamples } from '../../kinds/sample-probabilities.ts';
import { manualCheck } from '../../manual.ts';
import { fashion } from './fashion.ts';

const samples = imageProbabilities({ task: 'P4f', unit: 'p4f', name: 'sampleProbs', own: fashion }, [
  { draw: 'a', images: 6, scale: 1 },
  { draw: 'b', images: 9, scale: 1.3 },
]);

export const checks: Check[] = [
  {
    id: 'p4e.batch',
    task: 'P4e',
    title: 'inspectBatch returns labels, predictions and how many agree',
    asks: 'inspectBatch on eight random images. No marks.',
    points: 0,
    run: (context) => judgeInspection(context, { task: 'P4e', unit: 'p4e', name: 'inspectBatch', own: fashion }),
  },
  {
    id: 'p4f.values',
    costly: true,
    task: 'P4f',
    title: 'Probabilities, prediction and label belong to the image at index',
    asks: 'sampleProbs for all images of two small sets.',
    points: 0.5,
    problems: [samples.problem],
    async run(context) {
      return firstWrong(await evaluate(context, samples.problem), {
        probs: 'The table of probs of all images',
        pred: 'The list of pred of all images',
        label: 'The list of label of all images',
      });
    },
  },
  {
    id: 'p4f.random',
    costly: true,
    task: 'P4f',
    title: 'k different images are drawn at random, the same ones for the same seed',
    asks: 'sampleProbs with k = 3 of 40 images, and seeds 1 to 6.',
    points: 0.5,
    run: (context) => judgeDrawnSamples(context, samples),
  },
  manualCheck({ id: 'p4f.comment', task: 'P4f', title: 'What the bars say', points: 2 }),
];
