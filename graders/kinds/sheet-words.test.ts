/** Kinds serve any sheet: what they say has the names of the table that they are made from, and of no other. */
import { expect, test } from 'vitest';
import { arrayOf } from '../numerics/arrays.ts';
import { createRandom } from '../numerics/random.ts';
import type { AnyProblem } from '../problem.ts';
import { drawProbes, missedVisits } from '../probes.ts';
import { sampleEpoch } from './sample-epoch.ts';
import { sampleScores } from './sample-scores.ts';
import { sampleStep } from './sample-step.ts';
import { aRightGuess, aWrongGuess } from './sample-visits.ts';
import { readEnd, readHistory } from './search-question.ts';
import { testedTraining } from './tested-training.ts';

const forward = sampleScores({
  task: 'A1',
  unit: 'a1',
  ofSample: 'lossOfOne',
  ofDataset: 'lossOfAll',
  samples: [{ draw: 'x', sizes: [5, 4, 3], samples: 9, scale: 2, guess: 'first' }],
  sampleVisits: [aRightGuess, aWrongGuess],
  datasets: [{ draw: 'y', sizes: [5, 4, 3], samples: 9, scale: 2, guess: 'last' }],
  datasetVisits: [aRightGuess],
});
const step = sampleStep({
  task: 'A2',
  unit: 'a2',
  name: 'learnOne',
  layers: 2,
  first: [
    { sizes: [5, 4, 3], scale: 1, lr: 0.625, guess: 0, label: 0 },
    { sizes: [6, 5, 4], scale: 2, lr: 0.8125, guess: 1, label: 3 },
  ],
  sure: { sizes: [6, 5, 4], scale: 1.5, lr: 12.5, guess: 1, label: 1, odds: 24 },
  visits: [aRightGuess, aWrongGuess],
  later: [{ sizes: [5, 4, 3], other: [4, 3, 3], lr: 0.625 }],
});
const epoch = sampleEpoch({
  task: 'A3',
  unit: 'a3',
  name: 'learnAll',
  layers: 2,
  step,
  samples: 5,
  networks: { x: { sizes: [5, 4, 3], lr: 0.4 } },
});
const training = testedTraining({
  task: 'A3',
  unit: 'a3',
  name: 'learnOften',
  layers: 2,
  epoch,
  forward,
  short: [{ sizes: [5, 4, 3], train: 4, test: 4, epochs: 2, lr: 0.4375 }],
  long: { images: { train: 10, test: 5 }, side: 8, hidden: [4], firstWeights: 1, epochs: 1, lr: 0.2, goal: 0.5 },
});

const problems: Readonly<Record<string, AnyProblem>> = {
  lossOfOne: forward.sample,
  lossOfAll: forward.dataset,
  learnOne: step.first,
  learnAll: epoch.problem,
  learnOften: training.problem,
};

/** What a student may be told about a problem before and after it is read. */
function saidOf(problem: AnyProblem): string {
  const [probe] = drawProbes(problem, createRandom(1, problem.id)) as readonly unknown[];
  const reading = problem.read({ value: undefined }, probe);
  const words = problem.mistakes.flatMap(({ title, advice }) => [title, advice]);
  return JSON.stringify([problem.id, problem.title, problem.describe(probe), reading, words]);
}

test.each(Object.entries(problems))('%s is spoken of by its own name, on networks of two layers', (name, problem) => {
  const said = saidOf(problem);
  expect(said).not.toMatch(/trainOne|testAndTrain|feedForward|weights\[2\]|P5|Q[1-4]/);
  // What an epoch is told about is the step that it repeats.
  expect(said).toContain(name === 'learnAll' ? 'learnOne' : name);
  const probes = drawProbes(problem, createRandom(2, problem.id)) as readonly unknown[];
  expect(missedVisits(problem, probes)).toEqual([]);
});

test('a search is read by the fields that its sheet names, and told in them', () => {
  const sheet = { unit: 'a4', name: 'descend', fields: { x: 'u', y: 'v', value: 'h', xs: 'us', ys: 'vs' } };
  const found = { kind: 'record', entries: { u: 1, v: 2, h: 3, us: null, vs: null } } as const;
  expect(readEnd({ value: found }, sheet)).toMatchObject({ answer: { x: arrayOf(1), y: arrayOf(2) } });
  expect(readEnd({ value: undefined }, sheet)).toMatchObject({
    misread: { says: 'descend should return { u, v, h, us, vs }.' },
  });
  expect(readHistory(found, sheet.fields)).toMatchObject({
    misread: { says: 'us and vs should be arrays of numbers.' },
  });
});
