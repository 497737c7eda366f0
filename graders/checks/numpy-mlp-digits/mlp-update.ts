/** The step that MLP.backward takes, and the steps that are taken in its place. */
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { diagnose } from '../../mistakes/diagnose.ts';
import { fixedRate, stepMistakes } from '../../mistakes/training/step.ts';
import type { Diagnosis, NdArray } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { arrayOf, maxAbs, zipArrays } from '../../numerics/arrays.ts';
import { common, libraryOf, rateOf, stepOf, stepped, summed } from './mlp-step.ts';
import { joined, readOne } from '../../kinds/named-arrays.ts';
import { record } from '../../values.ts';

const right = libraryOf(2);
const oracle = (net: MlpCase): Answer => right.program.run(net, right.program.right);

/** Known mistakes of a step along these gradients. */
export const alongSlips = (
  gradients: (net: MlpCase) => Answer,
): Pick<Problem<MlpCase>, 'oracle' | 'mistakes' | 'clues'> => ({
  oracle: gradients,
  mistakes: stepMistakes({ right: gradients, rate: rateOf }),
  clues: { families: [fixedRate({ right: gradients, rate: rateOf })] },
});

export const update: Problem<MlpCase> = stepped({
  ...common(2),
  ...alongSlips(oracle),
  id: '3.5.update',
  title: 'The step that backward takes, divided by the learning rate',
  read: ({ value }, net) =>
    joined(
      Object.entries(stepOf(value, net)).map(([name, array]) => ({
        name,
        read: readOne(name, array, array.shape, name),
      })),
    ),
  write: (answer, net) => {
    const moved = (rows: NdArray, name: string) =>
      zipArrays(rows, answer[name]!, (old, slope) => old - rateOf(net) * slope);
    const items = net.W.map((W, l) =>
      record({ W: moved(arrayOf(W), `W${l + 1}`), b: moved(arrayOf(net.b[l]!), `b${l + 1}`) }),
    );
    return record({ after: { kind: 'list', items } });
  },
  accepts: right.accepts.map((variant) => ({ ...variant, title: summed })),
  seenAs: 'the step: gradient × learning rate',
});

/** The steps and the gradients that the tape shows beside them, for each network. */
export interface Taped {
  net: MlpCase;
  step: Answer;
  tape: Answer;
}

/** What explains steps that are none along the gradients of the tape: there both are seen, so that it can be certain. */
export function explainSteps(taped: readonly Taped[]): Diagnosis {
  const tapes = new Map(taped.map(({ net, tape }) => [net, tape]));
  const { seenAs: _, accepts: __, ...problem } = update;
  return diagnose(
    { ...problem, ...alongSlips((net) => tapes.get(net)!) },
    taped.map(({ net }) => net),
    taped.map(({ step }) => step),
  );
}

/**
 * What the last digits of the weights before and after count for in a step along these gradients, as a share of its largest
 * number: the more the smaller the step is.
 */
export function stepDigits(net: MlpCase, name: string, step: NdArray, gradient: NdArray): number {
  const layer = Number(name.slice(1)) - 1;
  const before = name.startsWith('W') ? net.W[layer]!.flat() : net.b[layer]!;
  const isSingle = before.every((v, i) => isRounded(v - rateOf(net) * step.data[i]!));
  const digit = (isSingle ? 2 ** -23 : 2 ** -51) * Math.max(...before.map(Math.abs));
  return digit / (rateOf(net) * maxAbs(gradient) || 1);
}

/** A number of single precision, up to the rounding of going to and fro in double precision. */
const isRounded = (value: number): boolean => Math.abs(Math.fround(value) - value) <= 2 ** -50 * Math.abs(value);
