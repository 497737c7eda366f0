/** The known mistakes of backpropagation, chosen for a task: the kind of network and the tensors that it asks for. */
import type { Clues, Key } from '../../key.ts';
import { maxAbs } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import type { Program, SwitchedVariant } from '../program.ts';
import { variantsOf } from '../program.ts';
import type { Visible } from '../visible.ts';
import { rememberedAmong, visibleAmong } from '../visible.ts';
import type { MlpCase, MlpRules } from './backprop.ts';
import { biasMistakes } from './bias.ts';
import { mlpClues } from './clues.ts';
import { deltaMistakes } from './delta.ts';
import { flowMistakes } from './flow.ts';
import { hiddenMistakes } from './hidden-forward.ts';
import type { MlpKind, MlpMistake } from './kind.ts';
import { labelMistakes } from './labels.ts';
import { outputMistakes } from './output-forward.ts';
import { sampleMistakes } from './samples.ts';
import { scalingMistakes } from './scaling.ts';
import { slopeMistakes } from './slope.ts';
import { trialCases } from './trial.ts';
import type { View } from './views.ts';
import { mlpProgram, named } from './views.ts';

export const allMlpMistakes: readonly MlpMistake[] = [
  ...scalingMistakes,
  ...biasMistakes,
  ...deltaMistakes,
  ...slopeMistakes,
  ...flowMistakes,
  ...sampleMistakes,
  ...hiddenMistakes,
  ...outputMistakes,
  ...labelMistakes,
];

interface MlpTask<Probe> {
  kind: MlpKind;
  /** The tensors that the task asks for, under its own names. */
  view: View;
  toCase(probe: Probe): MlpCase;
  /** Mistakes that this task accepts as conventions, e.g. `sum`. */
  accept?: readonly string[];
}

/** What the gradients are taken with respect to, and the rate of a step along them. */
interface Differentiated {
  at: Answer;
  rate: number;
}

interface MlpLibrary<Probe> {
  /** `run` with the `right` rules is an oracle. */
  program: Program<Probe, MlpRules>;
  /** The mistakes that can be made in this kind of network and seen in these tensors. */
  mistakes: SwitchedVariant<Probe>[];
  /** The accepted conventions as variants. */
  accepts: SwitchedVariant<Probe>[];
  /** Mistakes that give the same numbers in these tensors. */
  twins: NonNullable<Problem<Probe>['twins']>;
  clues: Clues<Probe>;
  parametersOf(probe: Probe): Differentiated;
}

/** Everything that a problem about the gradients of a network needs besides its probes and calls. */
export function mlpLibrary<Probe>(asked: MlpTask<Probe>): MlpLibrary<Probe> {
  const lastLayerOnly = asked.view.every(({ layer }) => layer === -1 || layer === asked.kind.layers - 1);
  const task = { ...asked, kind: { ...asked.kind, lastLayerOnly } };
  const program = mlpProgram(task.view, task.toCase);
  const { mistakes, twins } = visible(task);
  const accepted = allMlpMistakes.filter(({ id, where }) => task.accept?.includes(id) && (where?.(task.kind) ?? true));
  return {
    program,
    mistakes: variantsOf(program, mistakes),
    accepts: variantsOf(program, accepted),
    twins,
    clues: mlpClues(task, program),
    parametersOf: (probe) => {
      const { W, b, learningRate = 1 } = task.toCase(probe);
      return { at: named({ W, b }, task.view), rate: learningRate };
    },
  };
}

/** What a problem about these gradients has in its key besides its probes. */
export const gradientsKey = <Probe>({
  program,
  mistakes,
  twins,
  clues,
  parametersOf,
}: MlpLibrary<Probe>): Pick<Key<Probe>, 'oracle' | 'mistakes' | 'twins' | 'clues' | 'differences'> => ({
  oracle: (probe) => program.run(probe, program.right),
  mistakes,
  twins,
  clues,
  differences: {
    are: 'told',
    at: (probe) => parametersOf(probe).at,
    lost: (probe) => lostInStep(parametersOf(probe)),
  },
});

/** A gradient that is read off a step has lost what the rounding of the parameters leaves, divided by the rate. */
const lostInStep = ({ at, rate }: Differentiated): Record<string, number> =>
  Object.fromEntries(Object.entries(at).map(([name, array]) => [name, (2 ** -53 * maxAbs(array)) / Math.min(1, rate)]));

/** Tries every mistake that applies on two small networks: what changes nothing in the view is left out, equals are twins. */
function visible<Probe>({ kind, view, accept = [] }: MlpTask<Probe>): Visible<MlpMistake> {
  const possible = allMlpMistakes.filter(({ id, where }) => !accept.includes(id) && (where?.(kind) ?? true));
  return rememberedAmong(`gradients ${JSON.stringify([kind, view, accept])}`, possible, () => {
    const cases = trialCases(kind);
    const trial = mlpProgram(view, (net: MlpCase) => net);
    const answersBy = (rules: MlpRules) => cases.map((net) => trial.run(net, rules));
    return visibleAmong(
      possible,
      answersBy(trial.right),
      ({ apply }) => answersBy(apply(trial.right)),
      `they are the same formula for ${view.map(({ name }) => name).join(' and ')}`,
    );
  });
}
