/** Gradients of a hidden layer where those of the last one are asked for: right backpropagation, one step too far. */
import type { CheckContext } from '../check.ts';
import { backprop, rightRules } from '../mistakes/mlp/backprop.ts';
import { matArray, vecArray } from '../mistakes/mlp/views.ts';
import type { Diagnosis } from '../model/finding.ts';
import type { NdArray } from '../model/numbers.ts';
import { mapArray, transpose } from '../numerics/arrays.ts';
import { compareTensor, judge } from '../numerics/compare.ts';
import { float32 } from '../numerics/tolerance.ts';
import type { Problem } from '../problem.ts';
import { arrayFrom, itemsOf } from '../values.ts';
import type { NetProbe } from './pixel-net.ts';

type Part = 'W' | 'b';
const parts: readonly Part[] = ['W', 'b'];

/** The mistake, if on every probe this part of what is returned is the gradient of one and the same hidden layer. */
export async function otherLayer(
  context: CheckContext,
  problem: Problem<NetProbe>,
  part: Part,
): Promise<Diagnosis | undefined> {
  const probes = context.probes(problem);
  const returned = await context.oncePerSubmission(`${problem.id}/returned`, async () => {
    const pairs: (NdArray | undefined)[][] = [];
    for (const net of probes) {
      const items = itemsOf((await context.ask(problem, net)).value) ?? [];
      pairs.push(parts.map((_, i) => arrayFrom(items[i] ?? null)));
    }
    return pairs;
  });
  const hidden = context.oncePerBatch(`${problem.id}/hidden gradients`, () => probes.map(hiddenGradients));
  const layer = hidden[0]!.findIndex((_, l) =>
    probes.every((net, i) => isMultiple(returned[i]![parts.indexOf(part)], hidden[i]![l]![part], net.X.length)),
  );
  if (layer < 0) return undefined;
  const [rows, cols] = returned[0]![0]?.shape ?? [];
  return {
    mistakes: ['other-layer'],
    certainty: 'certain',
    says: `This is the gradient with respect to ${part} of hidden layer ${layer + 1}, rightly computed. The gradient with respect to ${part} of the last layer, the one with the softmax, is asked for: stop one step earlier.`,
    evidence: [
      `All ${probes.length} probes agree with ∂L/∂${part} of dense layer ${layer + 1} of ${hidden[0]!.length + 1}${part === 'W' && rows !== undefined ? `, which is ${rows}×${cols} on the first` : ''}.`,
    ],
  };
}

/** ∂L/∂W and ∂L/∂b of every layer below the last one. */
function hiddenGradients(net: NetProbe): Record<Part, NdArray>[] {
  const { W, b } = backprop(net, rightRules);
  return W.slice(0, -1).map((gradient, l) => ({ W: matArray(gradient), b: vecArray(b[l]!) }));
}

/** Equal to the mean over the batch or to its sum, in either orientation. */
function isMultiple(yours: NdArray | undefined, mean: NdArray, batch: number): boolean {
  if (yours === undefined) return false;
  const orientations = mean.shape.length === 2 ? [mean, transpose(mean)] : [mean];
  return orientations
    .flatMap((array) => [array, mapArray(array, (value) => value * batch)])
    .some((expected) => judge(compareTensor('', yours, expected, float32), float32) !== 'reject');
}
