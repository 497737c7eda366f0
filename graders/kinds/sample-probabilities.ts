/** What is right to say of single images, on sets among whose images the first and the last class are the likeliest once. */
import { argmax } from '../../reference/oracles/accuracy.ts';
import { forward } from '../../reference/oracles/mlp.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { judgePlaces } from './drawn-places.ts';
import { classes, rowsOf } from './image-set.ts';
import { reluMlp } from './relu-classifier.ts';
import { adapt, variantsOf } from '../mistakes/program.ts';
import { sampleProbabilities, sampleProbabilityMistakes } from '../mistakes/training/sample-probabilities.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import type { AskedSamples, SamplesProbe } from './sample-probabilities-question.ts';
import { callSamples, drawSamplesProbe, samplesIn, samplesQuestion } from './sample-probabilities-question.ts';

/** Loops over classes go wrong at their ends. */
function drawWithBothEnds(random: Random, count: number, scale: number): SamplesProbe {
  for (let i = 0; i < 500; i++) {
    const probe = drawSamplesProbe(random.fork(`${i}`), count, scale);
    const winners = forward(reluMlp(probe.net), rowsOf(probe.set)).z.at(-1)!.map(argmax);
    if (winners.includes(0) && winners.includes(classes - 1)) return probe;
  }
  throw new Error('No draw has an image of the first and one of the last class.');
}

const samples = adapt(sampleProbabilities, ({ net, set }: SamplesProbe) => ({
  net: reluMlp(net),
  rows: rowsOf(set),
  labels: set.labels,
}));

interface SamplesDesign {
  /** Names the random numbers of this probe. */
  draw: string;
  images: number;
  /** Factor on all weights. */
  scale: number;
}

/** The student's function, and what is right for it. */
export interface SampleProbabilities {
  asked: AskedSamples;
  problem: Problem<SamplesProbe>;
}

export const imageProbabilities = (asked: AskedSamples, designs: readonly SamplesDesign[]): SampleProbabilities => ({
  asked,
  problem: {
    ...samplesQuestion(asked),
    probes: (random) => designs.map(({ draw, images, scale }) => drawWithBothEnds(random.fork(draw), images, scale)),
    oracle: (probe) => samples.run(probe, samples.right),
    mistakes: variantsOf(samples, sampleProbabilityMistakes),
  },
});

/** Whether three of forty images are drawn at random, the same ones for the same seed. */
export async function judgeDrawnSamples(context: CheckContext, { asked }: SampleProbabilities): Promise<Judgement> {
  const guest = await context.guest();
  const name = `${asked.task}/random`;
  const probe = context.oncePerBatch(name, () => drawSamplesProbe(context.random(name), 40, 1));
  return judgePlaces(async (seed) => {
    const rows = samplesIn(await callSamples(guest, asked, probe, 3, seed));
    return rows?.map(({ index }) => index);
  });
}
