/**
 * A function `(net, x, y, rate)` that takes one step of gradient descent on one sample, in place: asked of networks that have
 * taken no step before, and of one that takes three.
 */
import type { Arg, Guest, Reply, Value } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Answer, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { fieldOf, inWords, itemsOf, list, record } from '../values.ts';
import type { Net, NetFunction } from './listed-net.ts';
import {
  layerNames,
  netArg,
  netInside,
  readNet,
  readStep,
  sentAfter,
  sizesOf,
  stepRounding,
  targetOf,
} from './listed-net.ts';

/** All that is seen is what the step changes: what is asked for are the gradients that it used. */
const common = ({ layers }: NetFunction) =>
  ({
    precision: 'double',
    seenAs: 'the step: gradient × learning rate, subtracted',
    names: layerNames(layers),
  }) as const;

export interface StepProbe {
  net: Net;
  x: number[];
  y: number;
  lr: number;
  /** The class that the network guesses. */
  guess: number;
}

export const firstStepQuestion = traced('kinds/sample-step-question#firstStepQuestion')(
  (asked: NetFunction): Question<StepProbe> => ({
    ...common(asked),
    id: `${asked.task}.step`,
    title: 'Gradients of one sample, read from the step that they cause',
    describe: ({ net, y, lr, guess }) =>
      `a ${sizesOf(net).join('–')} network, learning rate ${lr}, a sample whose class it guesses ${guess === y ? 'rightly' : 'wrongly'}`,
    async ask(guest, { net, x, y, lr }) {
      const sent = [netArg(net), arrayOf(x), y, lr];
      const { argsAfter } = await guest.call(targetOf(asked), sent, { argsAfter: true });
      return { value: argsAfter?.[0] };
    },
    read({ value }, { net, lr }) {
      const after = readNet(value, sizesOf(net));
      if ('says' in after) return { misread: { yours: inWords(value), ...after } };
      const answer = readStep(net, after, lr);
      return { answer, notes: [], rounding: stepRounding(after, answer, lr) };
    },
    write: (answer, { net, lr }) => sentAfter(net, answer, lr),
  }),
);

export interface LaterProbe {
  net: Net;
  lr: number;
  /** The samples of the steps, one after the other. */
  steps: { x: number[]; y: number }[];
  /** A network of other sizes that takes a step after each of them. */
  other: Net;
  otherX: number[];
}

export const laterStepsQuestion = (asked: NetFunction): Omit<Question<LaterProbe>, 'read' | 'write'> => ({
  ...common(asked),
  id: `${asked.task}.later`,
  title: 'Three steps of the same network, with another network between them',
  describe: ({ net, lr }) =>
    `three steps of one ${sizesOf(net).join('–')} network, learning rate ${lr}: a sample, another one, the first one again; another network takes steps in between`,
  async ask(guest, { net, lr, steps, other, otherX }) {
    const [kept, between] = [await guest.make(netArg(net)), await guest.make(netArg(other))];
    const nets: Value[] = [];
    for (const { x, y } of steps) {
      await takeStep(guest, asked, kept, { x, y, lr });
      nets.push(await netInside(guest, kept.id));
      await takeStep(guest, asked, between, { x: otherX, y: 1, lr });
    }
    return { value: record({ nets: list(nets) }) };
  },
});

/** One step of a network that is kept inside. */
export const takeStep = (
  guest: Guest,
  asked: NetFunction,
  net: Arg,
  { x, y, lr }: Pick<StepProbe, 'x' | 'y' | 'lr'>,
): Promise<Reply> => guest.call(targetOf(asked), [net, arrayOf(x), y, lr]);

/** The network before each step and the gradients along which it moved, or why one cannot be read. */
export function readSteps(
  value: Value,
  { net, lr, steps }: LaterProbe,
): { before: Net; gradients: Answer; rounding: Record<string, number> }[] | Extract<Reading, { misread: unknown }> {
  const items = itemsOf(fieldOf(value, 'nets')) ?? [];
  if (items.length !== steps.length) {
    return { misread: { says: 'There is no network to read.', yours: inWords(value) } };
  }
  const seen = [];
  let before = net;
  for (const item of items) {
    const after = readNet(item, sizesOf(net));
    if ('says' in after) return { misread: { yours: inWords(item), ...after } };
    const gradients = readStep(before, after, lr);
    seen.push({ before, gradients, rounding: stepRounding(after, gradients, lr) });
    before = after;
  }
  return seen;
}
