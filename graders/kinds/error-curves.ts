/** The data behind two plots of errors, squared and absolute, each with a curve of training and one of validation. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { fieldsOf, isText } from './side-car.ts';

const shape =
  'It holds { "mse": { "xLabel", "yLabel", "train": […], "val": […] }, "mae": { the same } } with one number an epoch.';

interface Plot {
  train: number[];
  val: number[];
}

const isSeries = (x: unknown): x is number[] =>
  Array.isArray(x) && x.length >= 2 && x.every((v) => Number.isFinite(v) && (v as number) >= 0);

function plotIn(file: string, sidecar: unknown, name: 'mse' | 'mae'): Plot | string {
  const given = fieldsOf(sidecar)[name];
  const plot = fieldsOf(given);
  if (plot !== given) return `${file} has no plot "${name}".`;
  for (const part of ['train', 'val'] as const) {
    if (!isSeries(plot[part]))
      return `The plot "${name}" of ${file} has no curve "${part}" made of numbers that are not negative.`;
  }
  for (const label of ['xLabel', 'yLabel'] as const) {
    if (!isText(plot[label])) return `The plot "${name}" of ${file} has no ${label}.`;
  }
  return { train: plot['train'] as number[], val: plot['val'] as number[] };
}

/** Four curves of one length that can be the errors of one training run: the mean square is never below the squared mean. */
export async function judgeErrorCurves(context: CheckContext, file: string): Promise<Judgement> {
  const sidecar = await context.sidecar(file);
  const [mse, mae] = [plotIn(file, sidecar, 'mse'), plotIn(file, sidecar, 'mae')];
  if (typeof mse === 'string') return fail({ says: mse, hint: shape });
  if (typeof mae === 'string') return fail({ says: mae, hint: shape });
  const lengths = [mse.train, mse.val, mae.train, mae.val].map((curve) => curve.length);
  if (new Set(lengths).size > 1)
    return fail({ says: 'The four curves do not have one length, the number of epochs.', yours: lengths.join(', ') });
  const copy = copyAmong(file, { mse, mae });
  if (copy !== undefined) return fail({ says: copy, hint: 'Plot every series of the history under its own name.' });
  for (const part of ['train', 'val'] as const) {
    const epoch = mse[part].findIndex((value, i) => value < mae[part][i]! ** 2 * (1 - 1e-6));
    if (epoch >= 0) {
      return fail({
        says: `The ${part} curves contradict each other: a mean squared error is never below the square of the mean absolute error.`,
        yours: `epoch ${epoch}: MSE ${mse[part][epoch]}, MAE ${mae[part][epoch]}`,
        hint: 'Check which series stands under which name.',
      });
    }
  }
  return pass();
}

/** Training and validation are other rows, and a mean of squares is another number than a mean of magnitudes: equal curves are copies. */
function copyAmong(file: string, { mse, mae }: Record<'mse' | 'mae', Plot>): string | undefined {
  const curves = { 'mse train': mse.train, 'mse val': mse.val, 'mae train': mae.train, 'mae val': mae.val };
  const named = Object.entries(curves);
  for (const [i, [name, curve]] of named.entries()) {
    const twin = named.slice(i + 1).find(([, other]) => other.every((value, k) => value === curve[k]));
    if (twin !== undefined)
      return `The curves "${name}" and "${twin[0]}" of ${file} are one and the same, number by number.`;
  }
  return undefined;
}
