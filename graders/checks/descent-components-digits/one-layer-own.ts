/** The model of one layer made of the student's own functions of Question 1.2, which have paid for their mistakes. */
import { dot } from '../../../reference/oracles/linear-algebra.ts';
import type { CheckContext } from '../../check.ts';
import { softened } from '../../kinds/difference-quotient.ts';
import type { ElementwiseProblem } from '../../kinds/elementwise.ts';
import { isConstant, ownArray } from '../../kinds/own-functions.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import { lossProblem, sigmoidGradProblem, sigmoidProblem, slopeProblem } from './functions.ts';
import { oneLayerProblem } from './q1-3a-key.ts';
import type { OneLayerProbe } from './q1-3a-question.ts';

/** Whether the student's own functions tell one prediction from another: from constants, anything follows. */
export async function ownPartVaries(context: CheckContext, part: 'loss' | 'gradX'): Promise<boolean> {
  const mild = milder(context.probes(oneLayerProblem)[0]!);
  const values = [];
  for (const [by, y] of [
    [0, mild.y],
    [0.2, mild.y],
    [0, 1 - mild.y],
  ] as const) {
    values.push((await ownParts(context, { ...mild, b: mild.b + by, y }))?.[part]?.data[0] ?? NaN);
  }
  return !isConstant(arrayOf(values));
}

/** The same model with a target and an h strictly between 0 and 1, where a wrong sigmoid or loss is more likely to give a number. */
export const milder = (probe: OneLayerProbe): OneLayerProbe => {
  const h = 0.3 + 0.4 * probe.y;
  return { ...probe, b: h - dot(probe.x, probe.w), y: softened(probe.y) };
};

/** The same chain rule with the student's own σ, σ', loss and ∂L/∂ŷ. */
export async function ownParts(context: CheckContext, { w, b, x, y }: OneLayerProbe): Promise<Answer | undefined> {
  const own = async (problem: ElementwiseProblem, ...numbers: number[]) => {
    const args = numbers.map((value) => arrayOf(value));
    return (await ownArray(context, problem, args))?.data[0];
  };
  const h = dot(x, w) + b;
  const p = await own(sigmoidProblem, h);
  const slope = await own(sigmoidGradProblem, h);
  if (p === undefined || slope === undefined) return undefined;
  const loss = await own(lossProblem, y, p);
  const back = await own(slopeProblem, y, p);
  if (loss === undefined || back === undefined) return undefined;
  return { loss: arrayOf(loss), gradX: arrayOf(w.map((weight) => back * slope * weight)) };
}
