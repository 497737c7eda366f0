/** What a network gives forwards, and the known slips of a forward pass that show there. */
import type { Program } from '../program.ts';
import type { Visible } from '../visible.ts';
import { rememberedAmong, visibleAmong } from '../visible.ts';
import type { MlpCase, MlpRules } from './backprop.ts';
import { forwardPass, rightRules } from './backprop.ts';
import { hiddenMistakes } from './hidden-forward.ts';
import type { MlpKind, MlpMistake } from './kind.ts';
import { outputMistakes } from './output-forward.ts';
import { trialCases } from './trial.ts';
import { matArray } from './views.ts';

/** The answer is `{ P }`, the outputs of the last layer. */
export const forwardProgram: Program<MlpCase, MlpRules> = {
  right: rightRules,
  run: (net, rules) => ({ P: matArray(forwardPass(net, rules).a.at(-1)!) }),
};

/** The mistakes that change the outputs of such a network; those that change them alike are twins. */
export function visibleForwards(kind: MlpKind): Visible<MlpMistake> {
  const possible = [...hiddenMistakes, ...outputMistakes].filter(({ where }) => where?.(kind) ?? true);
  return rememberedAmong(`probabilities ${JSON.stringify(kind)}`, possible, () => {
    const cases = trialCases(kind);
    const answersBy = (rules: MlpRules) => cases.map((net) => forwardProgram.run(net, rules));
    return visibleAmong(
      possible,
      answersBy(rightRules),
      ({ apply }) => answersBy(apply(rightRules)),
      'they give the same probabilities',
    );
  });
}
