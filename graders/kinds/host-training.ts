/** A whole training by the grader's own layers, just as a given `fit` does it, and the examples that such a `fit` takes. */
import { makeArray } from '../numerics/arrays.ts';
import type { Guest, Value } from '../model/guest.ts';
import type { StudentClass } from './student-objects.ts';
import type { Examples, HostNet, Settings as HostSettings } from './host-trainer.ts';
import { accuracyOf, trainEpochs } from './host-trainer.ts';

export type Settings = Omit<HostSettings, 'adds'>;

export interface TrainAndTest {
  train: Examples;
  test: Examples;
}

/** Accuracies in the last epoch, from the weights of this net, which hold the trained ones in the end. */
export async function trainFrom(
  net: HostNet,
  data: TrainAndTest,
  settings: Settings,
): Promise<{ train: number; test: number }> {
  let accuracy = { train: NaN, test: NaN };
  for (const share of trainEpochs(net, data.train, { ...settings, adds: 'gradients' })) {
    accuracy = { train: share, test: accuracyOf(net, data.test, settings.mbSize) };
    // Long trainings leave room for the sessions of other submissions.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return accuracy;
}

/** The first of these examples. */
export const firstOf = ({ x, y }: Examples, most: number): Examples => ({
  x: x.subarray(0, (most * x.length) / y.length),
  y: y.subarray(0, most),
});

/** Examples as `fit` takes them. */
export function sent({ x, y }: Examples) {
  const rows = makeArray([y.length, x.length / y.length], x);
  return { kind: 'record', entries: { x: rows, y: makeArray([y.length], y) } } as const;
}

/** What the `fit` of the sheet returns for this net of the student's, which is trained in the end. */
export async function fitNet(
  guest: Guest,
  { module, name }: StudentClass,
  net: number,
  { train, test }: TrainAndTest,
  settings: Settings,
): Promise<Value> {
  const data = { kind: 'record', entries: { train: sent(train), test: sent(test) } } as const;
  const options = { kind: 'record', entries: { ...settings } } as const;
  return (await guest.call({ module, name }, [{ kind: 'handle', id: net }, data, options])).value;
}
