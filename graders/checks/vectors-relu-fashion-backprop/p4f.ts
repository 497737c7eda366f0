/** Problem 4 (e) and (f): looking at single images. 4 marks, 2 of them by a person; (e) carries none. */
import { rowsOf, side } from '../../kinds/image-set.ts';
import { modelArg, reluMlp } from '../../kinds/relu-classifier.ts';
import { ownOutput, withOwnLabels } from './fashion-net.ts';
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { judgePlaces } from '../../kinds/drawn-places.ts';
import { manualCheck } from '../../manual.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, numberOf } from '../../values.ts';
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { forward } from '../../../reference/oracles/mlp.ts';
import { samplesProblem } from './p4f-problem.ts';
import { callSampleProbs, drawSamplesProbe, samplesIn } from './p4f-question.ts';

export const checks: Check[] = [
  {
    id: 'p4e.batch',
    task: 'P4e',
    title: 'inspectBatch returns labels, predictions and how many agree',
    asks: 'inspectBatch on eight random images. No marks.',
    points: 0,
    run: judgeInspection,
  },
  {
    id: 'p4f.values',
    costly: true,
    task: 'P4f',
    title: 'Probabilities, prediction and label belong to the image at index',
    asks: 'sampleProbs for all images of two small sets.',
    points: 0.5,
    problems: [samplesProblem],
    async run(context) {
      return firstWrong(await evaluate(context, samplesProblem), {
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
    run: judgeRandom,
  },
  manualCheck({ id: 'p4f.comment', task: 'P4f', title: 'What the bars say', points: 2 }),
];

async function judgeRandom(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const probe = drawSamplesProbe(context.random('P4f/random'), 40, 1);
  return judgePlaces(async (seed) => {
    const rows = samplesIn(await callSampleProbs(guest, probe, 3, seed));
    return rows?.map(({ index }) => index);
  });
}

async function judgeInspection(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const { net, set } = drawSamplesProbe(context.random('P4e/batch'), 8, 1);
  const model = await guest.make(modelArg(net, await ownOutput(guest)));
  const rows = rowsOf(set);
  const tensor = { container: 'tensor' } as const;
  const xs = makeArray([rows.length, side, side], rows.flat(), { ...tensor, dtype: 'float32' });
  const { value } = await withOwnLabels(guest, (dtype) => {
    const ys = makeArray([rows.length], Array.from(set.labels), { ...tensor, dtype });
    const batch = { kind: 'record', entries: { xs, ys } } as const;
    return guest.call({ module: 'p4e', name: 'inspectBatch' }, [model, batch]);
  });
  const preds = forward(reluMlp(net), rows).z.at(-1)!.map(argmax);
  const correct = preds.filter((pred, i) => pred === set.labels[i]).length;
  const same = (name: string, wanted: readonly number[]) => {
    const given = arrayFrom(fieldOf(value, name));
    return given?.data.length === wanted.length && wanted.every((v, i) => given.data[i] === v);
  };
  if (same('labels', Array.from(set.labels)) && same('preds', preds) && numberOf(fieldOf(value, 'correct')) === correct)
    return pass();
  return fail({
    says: 'labels, preds or correct is another one.',
    yours: inWords(value),
    expected: `labels ${set.labels.join(', ')}; preds ${preds.join(', ')}; correct ${correct}`,
  });
}
