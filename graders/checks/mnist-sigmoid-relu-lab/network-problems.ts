/** What a network of the lab computes: probabilities forwards, and gradients of the summed loss backwards. */
import type { NdArray } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import { forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import type { MlpCase, MlpRules } from '../../mistakes/mlp/backprop.ts';
import { hiddenMistakes } from '../../mistakes/mlp/hidden-forward.ts';
import type { MlpKind, MlpMistake } from '../../mistakes/mlp/kind.ts';
import { mlpLibrary } from '../../mistakes/mlp/library.ts';
import { outputMistakes } from '../../mistakes/mlp/output-forward.ts';
import { drawCase, trialCases } from '../../mistakes/mlp/trial.ts';
import { matArray, wholeNet } from '../../mistakes/mlp/views.ts';
import type { Program } from '../../mistakes/program.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import { answerDistance } from '../../numerics/identifiability.ts';
import type { Random } from '../../numerics/random.ts';
import { arrayFrom, inWords } from '../../values.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import type { NetworkClass } from './network.ts';
import {
  callNetwork,
  makeWith,
  passThrough,
  readStep,
  readWeights,
  setWeights,
  sizesOf,
  writeStep,
} from './network.ts';

export interface NetProbe {
  net: MlpCase;
  /** A batch that goes through before, so that programs which add up or keep what is old show it. */
  earlier: MlpCase;
  eta: number;
}

/** All sizes and the batch differ, so that nothing can be exchanged unseen; the second network has large weights. */
const designs = [
  { sizes: [7, 5, 6, 4], batch: 9, scale: 1, eta: 0.3 },
  { sizes: [5, 8, 6, 3], batch: 11, scale: 4, eta: 0.07 },
] as const;

const kindOf = (hidden: 'sigmoid' | 'relu', eta?: number): MlpKind => ({
  hidden,
  output: 'softmax-cce',
  layers: 3,
  outputs: 'many',
  reduction: 'sum',
  ...(eta === undefined ? {} : { learningRate: eta }),
});

function drawProbe(random: Random, hidden: 'sigmoid' | 'relu', design: (typeof designs)[number]): NetProbe {
  const { sizes, batch, scale, eta } = design;
  const kind = kindOf(hidden, eta);
  const net = drawCase(random, sizes, batch, kind);
  const earlier = drawCase(random, sizes, batch, kind);
  return { net: { ...net, W: net.W.map((W) => W.map((row) => row.map((w) => w * scale))) }, earlier, eta };
}

const common = (hidden: 'sigmoid' | 'relu') =>
  ({
    precision: 'double',
    band: plainNumbers,
    probes: (random: Random) => designs.map((design, i) => drawProbe(random.fork(`design ${i}`), hidden, design)),
    describe: ({ net }: NetProbe) => `a network ${sizesOf(net).join('-')}, ${net.X.length} images, weights of ours`,
  }) as const;

/** The gradients that a step shows: forwardPropagate, backpropagate, updateWeights, and what the weights have lost. */
export function gradientProblem(id: string, target: NetworkClass, hidden: 'sigmoid' | 'relu'): Problem<NetProbe> {
  const library = mlpLibrary<NetProbe>({
    kind: kindOf(hidden, 0.3),
    view: wholeNet(3),
    toCase: ({ net }) => net,
  });
  return {
    ...common(hidden),
    id,
    title: 'Gradients of the cross-entropy, summed over the batch',
    async ask(guest, { net, earlier, eta }) {
      const own = await makeWith(guest, target, net);
      // A step of before, whose velocity must not come along, and a batch of before, whose gradients must not add up.
      await passThrough(guest, own, earlier.X, earlier.Y);
      await callNetwork(guest, own, 'updateWeights', [eta]);
      await setWeights(guest, own, net);
      await passThrough(guest, own, earlier.X, earlier.Y);
      await passThrough(guest, own, net.X, net.Y);
      // Another network in between, which must keep its values to itself.
      const other = await makeWith(guest, target, earlier);
      await passThrough(guest, other, earlier.X, earlier.Y);
      await callNetwork(guest, own, 'updateWeights', [eta]);
      return { value: await readWeights(guest, own, net.W.length) };
    },
    read: ({ value }, { net, eta }) => readStep(value, net, eta),
    write: (answer, { net, eta }) => writeStep(answer, net, eta),
    oracle: (probe) => library.program.run(probe, library.program.right),
    mistakes: library.mistakes,
    twins: library.twins,
    clues: library.clues,
  };
}

/** The program of the forward pass, whose rules the known mistakes change. */
export const forwardProgram: Program<NetProbe, MlpRules> = {
  right: rightRules,
  run: ({ net }, rules) => ({ P: probabilities(net, rules) }),
};

const probabilities = (net: MlpCase, rules: MlpRules): NdArray => matArray(forwardPass(net, rules).a.at(-1)!);

export function forwardProblem(id: string, target: NetworkClass, hidden: 'sigmoid' | 'relu'): Problem<NetProbe> {
  const { seen, twins } = seenForwards(kindOf(hidden));
  return {
    ...common(hidden),
    id,
    title: 'Probabilities of the classes',
    names: { P: 'the matrix of probabilities' },
    async ask(guest, { net, earlier }) {
      const own = await makeWith(guest, target, net);
      const other = await makeWith(guest, target, earlier);
      for (const id of [own, other]) await callNetwork(guest, id, 'forwardPropagate', [arrayOf(earlier.X)]);
      return { value: await callNetwork(guest, own, 'forwardPropagate', [arrayOf(net.X)]) };
    },
    read({ value }, { net }) {
      const given = arrayFrom(value);
      const says = 'forwardPropagate should return one row of probabilities for each image.';
      if (given === undefined) return { misread: { says, yours: inWords(value) } };
      const read = canonicalise('the output', given, [net.X.length, net.Y[0]!.length], { transposed: 'refuse' });
      return 'misread' in read ? read : { answer: { P: read.array }, notes: read.note ? [read.note] : [] };
    },
    write: (answer) => answer['P'],
    oracle: (probe) => forwardProgram.run(probe, rightRules),
    mistakes: variantsOf(forwardProgram, seen),
    twins,
  };
}

/** The mistakes that change probabilities; those that change them alike are twins. */
function seenForwards(kind: MlpKind): { seen: MlpMistake[]; twins: NonNullable<Problem<NetProbe>['twins']> } {
  const cases = trialCases(kind);
  const answersOf = (rules: MlpRules) => cases.map((net) => ({ P: probabilities(net, rules) }));
  const right = answersOf(rightRules);
  const groups: { answers: typeof right; mistakes: MlpMistake[] }[] = [{ answers: right, mistakes: [] }];
  for (const mistake of [...hiddenMistakes, ...outputMistakes]) {
    if (!(mistake.where?.(kind) ?? true)) continue;
    const answers = answersOf(mistake.apply(rightRules));
    const same = groups.find((group) =>
      group.answers.every((answer, i) => answerDistance(answer, answers[i]!, right[i]!) < 1e-9),
    );
    if (same) same.mistakes.push(mistake);
    else groups.push({ answers, mistakes: [mistake] });
  }
  const [, ...wrong] = groups;
  return {
    seen: wrong.flatMap((group) => group.mistakes),
    twins: wrong
      .filter((group) => group.mistakes.length > 1)
      .map((group) => ({ ids: group.mistakes.map(({ id }) => id), because: 'they give the same probabilities' })),
  };
}
