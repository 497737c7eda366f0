/** Problem 4 (f): sets among whose images the first and the last class are the likeliest once. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { forward } from '../../../reference/oracles/mlp.ts';
import { classes, rowsOf } from '../../kinds/image-set.ts';
import { reluMlp } from '../../kinds/relu-classifier.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import { sampleProbabilities, sampleProbabilityMistakes } from '../../mistakes/training/sample-probabilities.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { SamplesProbe } from './p4f-question.ts';
import { drawSamplesProbe, samplesQuestion } from './p4f-question.ts';

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

export const samplesProblem: Problem<SamplesProbe> = {
  ...samplesQuestion,
  probes: (random) => [drawWithBothEnds(random.fork('a'), 6, 1), drawWithBothEnds(random.fork('b'), 9, 1.3)],
  oracle: (probe) => samples.run(probe, samples.right),
  mistakes: variantsOf(samples, sampleProbabilityMistakes),
};
