/** A training with the scores before it and after every epoch, as a program with exchangeable rules, and its known mistakes. */
import type { Answer } from '../../question.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { MlpCase } from '../mlp/backprop.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';
import type { Course, CourseRules, Rows } from './course.ts';
import { inOrder, netsOf } from './course.ts';
import { decayMistakes } from './decay-mistakes.ts';

interface Score {
  averageLoss: number;
  correct: number;
}

interface RunRules extends CourseRules {
  testsOn(train: Rows, test: Rows): Rows;
  /** From the scores before the training and after every epoch what is told. */
  told(scores: readonly Score[]): readonly Score[];
}

/** The answer is what `changes` makes of the network at the end, with the lists `averageLoss` and `correct`. */
export const scoredRun = (
  score: (net: MlpCase, rows: Rows) => Score,
  changes: (course: Course, end: MlpCase) => Answer,
): Program<Course, RunRules> => ({
  right: { ...inOrder, testsOn: (_, test) => test, told: (scores) => scores },
  run: (course, rules) => {
    const nets = [course.start, ...netsOf(course, rules)];
    const tested = rules.testsOn(course.train, course.test);
    const scores = rules.told(nets.map((net) => score(net, tested)));
    return { ...changes(course, nets.at(-1)!), ...scoreLists(scores, course.epochs) };
  },
});

/** Lists that are too short end in −1, which no score is. */
const scoreLists = (scores: readonly Score[], epochs: number): Answer => {
  const list = (part: keyof Score) => arrayOf(Array.from({ length: epochs + 1 }, (_, k) => scores[k]?.[part] ?? -1));
  return { averageLoss: list('averageLoss'), correct: list('correct') };
};

const m = mistake<RunRules>;

const joined = (a: Rows, b: Rows): Rows => ({ X: [...a.X, ...b.X], Y: [...a.Y, ...b.Y] });
const part = ({ X, Y }: Rows, from: number, to: number): Rows => ({ X: X.slice(from, to), Y: Y.slice(from, to) });
const everySecond = <T>(items: readonly T[]): T[] => items.filter((_, i) => i % 2 === 0);
const asAsked = 'Train as many epochs as asked.';
const allSamples = 'Go through all training samples in every epoch.';
const onlyTraining = 'Train on the training samples alone: what the test samples are trained on they cannot test.';

/** `epoch` is the student's function that trains for one. */
export const runMistakes = (epoch: string): readonly Mistake<RunRules>[] => [
  m('one-epoch-less', 'one epoch less than asked', asAsked, { epochs: (asked) => asked - 1 }),
  m('one-epoch-more', 'one epoch more than asked', asAsked, { epochs: (asked) => asked + 1 }),
  m(
    'one-epoch-more-tested',
    'one epoch more than asked, in place of the test before the training',
    'Test once before the first epoch; then train an epoch and test, as often as asked.',
    { epochs: (asked) => asked + 1, told: (scores) => scores.slice(1) },
  ),
  m('one-epoch', 'one epoch only', 'Repeat as often as epochs says.', { epochs: () => 1 }),
  m('three-epochs', 'three epochs whatever is asked for', 'Use epochs as it is passed in.', { epochs: () => 3 }),
  m('trains-on-both', 'trained on the test samples too', onlyTraining, { trainsOn: joined }),
  m('tests-first', 'trained on the test samples, then on the others', onlyTraining, {
    trainsOn: (train, test) => joined(test, train),
  }),
  m('trains-on-tests', 'trained on the test samples instead', onlyTraining, { trainsOn: (_, test) => test }),
  m('first-half', 'trained on the first half of the samples', allSamples, {
    trainsOn: (train) => part(train, 0, Math.floor(train.Y.length / 2)),
  }),
  m('last-half', 'trained on the second half of the samples', allSamples, {
    trainsOn: (train) => part(train, Math.floor(train.Y.length / 2), train.Y.length),
  }),
  m('every-second', 'trained on every second sample', allSamples, {
    trainsOn: ({ X, Y }) => ({ X: everySecond(X), Y: everySecond(Y) }),
  }),
  m('skips-last', 'trained without the last sample', allSamples, { trainsOn: (train) => part(train, 0, -1) }),
  m('one-sample', 'one sample an epoch', allSamples, {
    trainsOn: (train, _, epoch) => part(train, epoch % train.Y.length, (epoch % train.Y.length) + 1),
  }),
  m('twice', 'two passes in every epoch', 'Go through the samples once in every epoch.', {
    trainsOn: (train) => joined(train, train),
  }),
  m('reversed', 'the samples in reverse', 'Keep the order of the data.', {
    trainsOn: ({ X, Y }) => ({ X: X.toReversed(), Y: Y.toReversed() }),
  }),
  ...decayMistakes<RunRules>('Use lr as it is passed in.'),
  m('slow-decay', 'a learning rate that falls by a tenth after every epoch', 'Use lr as it is passed in.', {
    rate: (lr, { epoch }) => lr * 0.9 ** epoch,
  }),
  m('own-rate', 'the learning rate 0.003 whatever is passed in', `Pass lr on to ${epoch}.`, { rate: () => 0.003 }),
  m('tests-on-training', 'tested on the training samples', 'The scores are those of the test samples.', {
    testsOn: (train) => train,
  }),
  m('late', 'the score before every epoch instead of after it', 'Test after the epoch, with the test samples.', {
    told: (scores) => [scores[0]!, ...scores.slice(0, -1)],
  }),
  m('last-repeated', 'the last score in place of all', 'Test after every epoch, and keep each score.', {
    told: (scores) => scores.map(() => scores.at(-1)!),
  }),
];
