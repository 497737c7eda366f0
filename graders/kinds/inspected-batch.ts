/** A function `(model, batch)` that returns the labels of a batch, what the model predicts, and how many agree. */
import { argmax } from '../../reference/oracles/accuracy.ts';
import { forward } from '../../reference/oracles/mlp.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { makeArray } from '../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, numberOf } from '../values.ts';
import { rowsOf, side } from './image-set.ts';
import { ownOutput, withOwnLabels } from './own-classifier.ts';
import { modelArg, reluMlp } from './relu-classifier.ts';
import type { AskedSamples } from './sample-probabilities-question.ts';
import { drawSamplesProbe } from './sample-probabilities-question.ts';

/** On eight random images. */
export async function judgeInspection(
  context: CheckContext,
  { task, unit, name, own }: AskedSamples,
): Promise<Judgement> {
  const guest = await context.guest();
  const drawn = `${task}/batch`;
  const { net, set } = context.oncePerBatch(drawn, () => drawSamplesProbe(context.random(drawn), 8, 1));
  const model = await guest.make(modelArg(net, await ownOutput(guest, own)));
  const rows = rowsOf(set);
  const tensor = { container: 'tensor' } as const;
  const xs = makeArray([rows.length, side, side], rows.flat(), { ...tensor, dtype: 'float32' });
  const { value } = await withOwnLabels(guest, own, (dtype) => {
    const ys = makeArray([rows.length], Array.from(set.labels), { ...tensor, dtype });
    const batch = { kind: 'record', entries: { xs, ys } } as const;
    return guest.call({ module: unit, name }, [model, batch]);
  });
  const preds = forward(reluMlp(net), rows).z.at(-1)!.map(argmax);
  const correct = preds.filter((pred, i) => pred === set.labels[i]).length;
  const same = (field: string, wanted: readonly number[]) => {
    const given = arrayFrom(fieldOf(value, field));
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
