/** Follow-through: gradients judged with the student's own way forwards, which is wrong and has lost its marks. */
import type { CheckContext, Judgement } from '../../check.ts';
import { evaluate } from '../../evaluate.ts';
import type { NetworkClass } from '../../kinds/network-object.ts';
import { predictions } from '../../kinds/network-object.ts';
import { followingOwn } from '../../kinds/own-parts.ts';
import { alongOwnWay, hiddenUnits } from '../../kinds/own-way.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Problem } from '../../problem.ts';
import { unlessStopped } from '../../stopped.ts';
import type { NetProbe } from './network-question.ts';

interface OwnForward {
  network: NetworkClass;
  forward: Problem<NetProbe<MlpCase>>;
  gradients: Problem<NetProbe<MlpCase>>;
  /** Where the way forwards has its marks. */
  paidIn: string;
  /** The mistake with which it is the given network again, and none of the student's own. */
  given: string;
}

/** Right is also what the formulas of backpropagation make of the student's own way forwards. */
export async function followingOwnForward(
  context: CheckContext,
  judgement: Judgement,
  tensors: readonly string[],
  { network, forward, gradients, paidIn, given }: OwnForward,
): Promise<Judgement> {
  const isGiven = async () => (await evaluate(context, forward)).diagnosis?.mistakes.includes(given) ?? false;
  if (judgement.earned === 1 || (await unlessStopped(isGiven, true))) return judgement;
  let judged = judgement;
  for (const hidden of hiddenUnits) {
    judged = await followingOwn(judged, context, {
      problem: gradients,
      tensors,
      earlier: [{ task: paidIn, problem: forward }],
      own: (guest, { net }) => alongOwnWay(net, (cut, X) => predictions(guest, network, { ...cut, X }), hidden),
    });
  }
  return judged;
}
