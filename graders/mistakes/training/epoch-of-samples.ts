/** Known mistakes of an epoch that takes one step for every sample: which samples share a step, and how far it goes. */
import { backprop, rightRules } from '../mlp/backprop.ts';
import type { Mistake } from '../program.ts';
import { mistake } from '../program.ts';
import type { CourseRules } from './course.ts';
import { cut, cutAll } from './course.ts';

const m = mistake<CourseRules>;
const oneByOne = (places: readonly number[]) => cut(places, 1);
const afterEverySample = 'Take a step after every sample.';

/** Of the samples of an epoch, the one that comes once more and the place where it does. */
export const repeated = { sample: 1, at: 3 };

/**
 * `batches` says which samples share a step, from their places 0, 1, 2, …; right is every one of them alone, in order.
 * `step` is the student's function that takes one.
 */
export const sampleEpochMistakes = (samples: number, step: string): readonly Mistake<CourseRules>[] => [
  m('whole-batch', 'one step with the gradients of all samples added', afterEverySample, {
    batches: (places) => [places],
  }),
  m('mean-batch', 'one step with the mean gradient of all samples', afterEverySample, {
    batches: (places) => [places],
    gradients: (net) => backprop({ ...net, reduction: 'mean' }, rightRules),
  }),
  m('pairs', 'steps with two samples at a time', 'No mini-batches here: a step after every sample.', {
    batches: (places) => cutAll(places, 2),
  }),
  m('reversed', 'the samples in reverse', 'Keep the order of the data.', {
    batches: (places) => oneByOne(places).reverse(),
  }),
  m('skips-last', 'without the last sample', 'The loop ends one sample too early.', {
    batches: (places) => oneByOne(places).slice(0, -1),
  }),
  m('skips-first', 'without the first sample', 'The first sample has index 0.', {
    batches: (places) => oneByOne(places).slice(1),
  }),
  m('every-second', 'with every second sample', 'Go through all samples: every second one is left out.', {
    batches: (places) => oneByOne(places.filter((place) => place % 2 === 0)),
  }),
  m('first-half', 'with the first half of the samples', 'Go through all samples: the second half is left out.', {
    batches: (places) => oneByOne(places.slice(0, Math.floor(places.length / 2))),
  }),
  m(
    'equal-once',
    'equal samples once',
    'Take a step for every sample, also for one that has come before: the network has changed since.',
    { batches: (places) => oneByOne(places.filter((place) => place !== repeated.at)) },
  ),
  m('first-only', 'one sample only', 'Go through all samples.', { batches: (places) => oneByOne(places).slice(0, 1) }),
  m('twice', 'two epochs', 'Go through the samples once.', {
    batches: (places) => [...oneByOne(places), ...oneByOne(places)],
  }),
  m('own-rate', 'the learning rate 0.003 whatever is passed in', `Pass lr on to ${step}.`, {
    rate: () => 0.003,
  }),
  m(
    'divided-rate',
    'the learning rate divided by the number of samples',
    'Every sample takes a full step of size lr.',
    { rate: (lr) => lr / samples },
  ),
];
