/** The loss that MLP.backward returns: that of the mini-batch before the update, falling in small steps. */
import { categoricalCrossEntropy } from '../../reference/oracles/losses.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Guest, Value } from '../model/guest.ts';
import { arrayOf, rowsOf } from '../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords } from '../values.ts';
import { backwardNames } from './layer-objects.ts';
import type { Handle } from './student-objects.ts';
import { callAny } from './student-objects.ts';
import { wrongParts } from './own-parts.ts';
import type { TapedNet } from './taped-net.ts';
import { gradientParts } from './taped-net-gradients.ts';
import { stepParts } from './taped-net.ts';
import { makeNet } from './taped-net-question.ts';

const steps = 8;
const smallRate = 0.05;

/** A loss of somebody's own may look the label up instead of multiplying by it. */
const withHardLabels = (net: MlpCase): MlpCase => ({
  ...net,
  Y: net.Y.map((row) => row.map((v) => (v === Math.max(...row) ? 1 : 0))),
});

const itsLoss = 'Return the cross-entropy of the predictions with which the step begins.';

/** Room for a small number inside of the logarithm; a step changes the loss by more. */
const lossBand = 1e-3;

/** The mean over examples, their sum and the mean over all entries are in use; the sheet leaves it open. */
function isLossOf({ forward }: TapedNet, probe: MlpCase, loss: number): boolean {
  const losses = categoricalCrossEntropy(rowsOf(forward.oracle(probe)['p']!), probe.Y);
  const sum = losses.reduce((total, v) => total + v, 0);
  return [1, losses.length, probe.Y.flat().length].some((n) => Math.abs((loss * n) / sum - 1) <= lossBand);
}

const smallStep = (guest: Guest, mlp: Handle, { X, Y }: MlpCase): Promise<Value> =>
  callAny(guest, mlp, backwardNames, [arrayOf(X), arrayOf(Y), smallRate]);

/** Whether two networks with mini-batches of different sizes have the same loss. */
async function isConstant(context: CheckContext, { alongStep }: TapedNet): Promise<boolean> {
  const guest = await context.guest();
  const losses = new Set<string>();
  for (const probe of context.probes(alongStep)) {
    const got = await smallStep(guest, (await makeNet(guest, probe)).mlp, probe);
    losses.add([...(arrayFrom(fieldOf(got, 'loss') ?? got)?.data ?? [])].join());
  }
  return losses.size === 1;
}

/** With wrong parts or gradients, whose marks are lost above, it is enough that the first loss is finite and not 0. */
export async function judgeLoss(context: CheckContext, net: TapedNet): Promise<Judgement> {
  const guest = await context.guest();
  const probe = withHardLabels(context.probes(net.alongStep)[0]!);
  const { mlp } = await makeNet(guest, probe);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const got = await smallStep(guest, mlp, probe);
    const loss = arrayFrom(fieldOf(got, 'loss') ?? (typeof got === 'number' ? got : undefined));
    if (loss === undefined || loss.data.length === 0) {
      return fail({
        says: 'backward should return the loss of the mini-batch as a number.',
        yours: inWords(fieldOf(got, 'loss')),
      });
    }
    losses.push(loss.data.reduce((sum, v) => sum + v, 0));
  }
  const shown = losses.map((v) => Number(v.toPrecision(4))).join(', ');
  const falls = losses.every((loss, i) => i === 0 || loss < losses[i - 1]!);
  if (falls && isLossOf(net, probe, losses[0]!)) return pass();
  // Only the first: wrong gradients can lead to overflow later.
  if (!Number.isFinite(losses[0]) || losses[0] === 0) {
    return fail({
      says: 'The loss that backward returns is 0 or not a finite number.',
      yours: shown,
      hint: itsLoss,
    });
  }
  const culprits = await wrongParts(context, [...stepParts(net), ...gradientParts(net)]);
  if (culprits.length > 0 && (await isConstant(context, net))) {
    return fail({
      says: 'The loss that backward returns is the same number for every network and mini-batch.',
      yours: shown.split(', ')[0]!,
      hint: itsLoss,
    });
  }
  if (culprits.length > 0)
    return pass({
      followThrough: `The loss is returned. That it is another one comes from ${culprits.join(' and ')}.`,
    });
  if (falls) {
    return fail({
      says: 'The loss is not the cross-entropy of this mini-batch before the update.',
      asked: net.forward.describe(probe),
      yours: shown.split(', ')[0]!,
      hint: 'Take it from the predictions with which the step begins: the mean over the examples, or their sum.',
    });
  }
  return fail({
    says: 'The loss does not fall although the steps are small.',
    yours: shown,
    expected: 'a smaller number after every step',
    hint: 'Return the loss of the weights before the update, of this mini-batch alone, and update the weights of the layers themselves.',
  });
}
