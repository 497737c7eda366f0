/** Layers as objects: `forward(x)`, and `backward(x, dy)` with what it stores, after another mini-batch has gone through. */
import type { Guest } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Question } from '../question.ts';
import { record } from '../values.ts';
import { shapeOf } from './drawn-rows.ts';
import { readNamed } from './named-arrays.ts';
import { callMethod, warmUp } from './student-objects.ts';

type Rows = number[][];

/** A mini-batch with the gradient that arrives at its outputs, and another one that the layer sees as well. */
export interface LayerBatch {
  x: Rows;
  dy: Rows;
  other: { x: Rows; dy: Rows };
}

/** What another layer does in the meantime: layers keep their numbers to themselves. */
type Meanwhile<Probe> = (guest: Guest, probe: Probe) => Promise<unknown>;

/** A layer of the sheet, as both questions about it need it. */
export interface AskedLayer<Probe extends LayerBatch> {
  task: string;
  name: string;
  /** A layer with the weights of the probe, kept inside. */
  make(guest: Guest, probe: Probe): Promise<number>;
  describe(probe: Probe): string;
}

/** The output of a layer that has seen another mini-batch before. */
export const layerForward = <Probe extends LayerBatch>(
  { task, name, make, describe }: AskedLayer<Probe>,
  meanwhile?: Meanwhile<Probe>,
): Question<Probe> => ({
  id: `${task}.forward`,
  title: `${name}, forwards`,
  names: { y: 'the output of forward' },
  precision: 'double',
  describe,
  async ask(guest, probe) {
    const layer = await make(guest, probe);
    await meanwhile?.(guest, probe);
    await warmUp(guest, layer, 'forward', [arrayOf(probe.other.x)]);
    return { value: record({ y: await callMethod(guest, layer, 'forward', [arrayOf(probe.x)]) }) };
  },
  read: ({ value }, { dy }) => readNamed(value, { y: shapeOf(dy) }, 'forward'),
  write: (answer) => record(answer),
});

/**
 * The gradient that `backward` returns and those that it stores, with their shapes. The layer has seen another mini-batch
 * before and after this one, twice each time: a program that keeps inputs, and takes the first or the last, the one before or
 * all in turn, or that adds up gradients, answers with what belongs to the other one.
 */
export const layerBackward = <Probe extends LayerBatch>(
  { task, name, make, describe }: AskedLayer<Probe>,
  {
    stored = () => ({}),
    when,
    before,
    after,
  }: {
    stored?(probe: Probe): Record<string, readonly number[]>;
    when: string;
    before?: Meanwhile<Probe>;
    after?: Meanwhile<Probe>;
  },
): Question<Probe> => ({
  id: `${task}.backward`,
  title: `${name}, backwards`,
  names: { dx: 'the gradient that backward returns' },
  precision: 'double',
  describe,
  async ask(guest, probe) {
    const { x, dy, other } = probe;
    const layer = await make(guest, probe);
    for (const seen of [other.x, other.x, x, other.x, other.x]) await warmUp(guest, layer, 'forward', [arrayOf(seen)]);
    await callMethod(guest, layer, 'backward', [arrayOf(other.x), arrayOf(other.dy)]);
    await before?.(guest, probe);
    const entries = { dx: await callMethod(guest, layer, 'backward', [arrayOf(x), arrayOf(dy)]) };
    await after?.(guest, probe);
    const fields = Object.keys(stored(probe));
    const found = fields.length > 0 ? await guest.getAll(layer, fields) : [];
    return { value: record({ ...entries, ...Object.fromEntries(fields.map((field, i) => [field, found[i]])) }) };
  },
  read: ({ value }, probe) => readNamed(value, { dx: shapeOf(probe.x), ...stored(probe) }, when),
  write: (answer) => record(answer),
});
