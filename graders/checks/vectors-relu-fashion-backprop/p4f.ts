/** Problem 4 (e) and (f): looking at single images. 4 marks, 2 of them by a person; (e) carries none. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { manualCheck } from '../../manual.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, numberOf } from '../../values.ts';
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { forward } from '../../../reference/oracles/mlp.ts';
import { modelArg, ownOutput, reluMlp, rowsOf, side } from './fashion-net.ts';
import { withOwnLabels } from './own-labels.ts';
import { callSampleProbs, drawSamplesProbe, samplesIn, samplesProblem } from './p4f-problem.ts';

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
    async run(desk) {
      const evaluation = await evaluate(desk, samplesProblem);
      const parts = { probs: 'The table of probs', pred: 'The list of pred', label: 'The list of label' };
      const judgements = Object.entries(parts).map(([name, what]) =>
        judgeTensor(evaluation, name, `${what} of all images`),
      );
      return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
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

async function judgeRandom(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const probe = drawSamplesProbe(desk.random('P4f/random'), 40, 1);
  const draws: number[][] = [];
  const drawn: string[] = [];
  // Six times 3 of 40: that an honest program draws the same three each time has probability below 1e-19.
  for (const seed of [1, 2, 3, 4, 5, 6, 1]) {
    const rows = samplesIn(await callSampleProbs(guest, probe, 3, seed));
    if (rows === undefined) return fail({ says: 'The samples cannot be read; see the check before.' });
    const indices = rows.map(({ index }) => index);
    if (rows.length !== 3 || new Set(indices).size !== 3) {
      return fail({ says: 'There should be three different images.', yours: `indices ${indices.join(', ')}` });
    }
    draws.push(indices);
    drawn.push(indices.join(', '));
  }
  if (drawn.at(-1) !== drawn[0]) {
    return fail({ says: 'The same seed gives other images.', yours: `${drawn[0]}, then ${drawn.at(-1)}` });
  }
  if (new Set(drawn).size === 1)
    return fail({ says: 'Every seed gives the same images: draw them at random.', yours: drawn[0]! });
  const says = placesFault(draws.slice(0, -1));
  return says === undefined ? pass() : fail({ says, yours: drawn.slice(0, -1).join('; ') });
}

/** What is not random about six times 3 of 40 places; an honest program is told so with probability below 1e-6. */
function placesFault(draws: readonly (readonly number[])[]): string | undefined {
  const inARow = (draw: readonly number[]) => Math.max(...draw) - Math.min(...draw) === draw.length - 1;
  if (draws.every(inARow)) return 'The images stand in a row: draw each of them at random.';
  const all = draws.flat();
  // 18 of 18 among 17 of 40 places, at either end: 2 · (17/40)^18 = 4e-7.
  return Math.max(...all) < 17 || Math.min(...all) >= 23
    ? 'All images come from one part of the test set: draw from all of it.'
    : undefined;
}

async function judgeInspection(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const { net, set } = drawSamplesProbe(desk.random('P4e/batch'), 8, 1);
  const model = await guest.make(modelArg(net, await ownOutput(guest)));
  const rows = rowsOf(set);
  const tensor = { container: 'tensor' } as const;
  const xs = makeArray([rows.length, side, side], rows.flat(), { ...tensor, dtype: 'float32' });
  const { value } = await withOwnLabels(guest, (dtype) => {
    const ys = makeArray([rows.length], Array.from(set.labels), { ...tensor, dtype });
    const batch = { kind: 'record', entries: { xs, ys } } as const;
    return guest.call({ module: 'p4e.ts', name: 'inspectBatch' }, [model, batch]);
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
