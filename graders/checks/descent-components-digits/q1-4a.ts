/** Question 1.4a: the layer Linear. 3 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import type { Problem } from '../../problem.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { fieldOf, arrayFrom } from '../../values.ts';
import { callLayer, makeLinear, randomRows, readNamed, record } from './layer-calls.ts';
import { backward, backwardMistakes } from './linear-backward.ts';
import { forward, forwardMistakes, step, stepMistakes } from './linear-layer.ts';
import type { LinearProbe } from './linear-layer.ts';
import { agree, unlessStopped } from './own-answers.ts';

/** Examples, inputs and outputs: all different, so that nothing can be turned round unseen. */
const sizes = [
  [3, 5, 4],
  [6, 2, 7],
] as const;

const drawLinear = (random: Random, [n, nIn, nOut]: readonly [number, number, number]): LinearProbe => ({
  W: randomRows(random, nIn, nOut),
  b: randomRows(random, 1, nOut)[0]!,
  x: randomRows(random, n, nIn),
  dy: randomRows(random, n, nOut),
  earlier: { x: randomRows(random, n, nIn), dy: randomRows(random, n, nOut) },
  dW: randomRows(random, nIn, nOut),
  db: randomRows(random, 1, nOut)[0]!,
  stepSize: random.uniform(0.05, 0.4),
});

const shapeOf = (rows: readonly (readonly number[])[]) => [rows.length, rows[0]!.length];

const common = {
  precision: 'double',
  probes: (random: Random) => sizes.map((size, i) => drawLinear(random.fork(`size ${i}`), size)),
  describe: ({ x, W, b }: LinearProbe) => `Linear(${W.length}, ${b.length}), ${x.length} examples`,
} as const;

export const forwardProblem: Problem<LinearProbe> = {
  ...common,
  id: '1.4a.forward',
  title: 'Linear, forwards',
  async ask(guest, { W, b, x }) {
    const layer = await makeLinear(guest, W, b);
    return { value: record({ y: await callLayer(guest, layer, 'forward', [arrayOf(x)]) }) };
  },
  read: ({ value }, { x, b }) => readNamed(value, { y: [x.length, b.length] }, 'forward'),
  write: (answer) => record({ ...answer }),
  oracle: (probe) => forward.run(probe, forward.right),
  mistakes: variantsOf(forward, forwardMistakes),
};

/** Another mini-batch goes through first: gradients that are added up, or inputs that are kept, then show. */
export const backwardProblem: Problem<LinearProbe> = {
  ...common,
  id: '1.4a.backward',
  title: 'Linear, backwards',
  async ask(guest, { W, b, x, dy, earlier }) {
    const layer = await makeLinear(guest, W, b);
    await callLayer(guest, layer, 'forward', [arrayOf(x)]);
    await callLayer(guest, layer, 'forward', [arrayOf(earlier.x)]);
    await callLayer(guest, layer, 'backward', [arrayOf(earlier.x), arrayOf(earlier.dy)]);
    const dx = await callLayer(guest, layer, 'backward', [arrayOf(x), arrayOf(dy)]);
    return { value: record({ dx, dW: await guest.get(layer, 'dW'), db: await guest.get(layer, 'db') }) };
  },
  read: ({ value }, { x, W, b }) =>
    readNamed(value, { dx: shapeOf(x), dW: shapeOf(W), db: [b.length] }, 'after backward'),
  write: (answer) => record({ ...answer }),
  oracle: (probe) => backward.run(probe, backward.right),
  mistakes: variantsOf(backward, backwardMistakes),
};

export const stepProblem: Problem<LinearProbe> = {
  ...common,
  id: '1.4a.step',
  title: 'A step of Linear',
  async ask(guest, { W, b, dW, db, stepSize }) {
    const layer = await makeLinear(guest, W, b);
    await guest.set(layer, 'dW', arrayOf(dW));
    await guest.set(layer, 'db', arrayOf(db));
    await callLayer(guest, layer, 'step', [stepSize]);
    return { value: record({ W: await guest.get(layer, 'W'), b: await guest.get(layer, 'b') }) };
  },
  read: ({ value }, { W, b }) => readNamed(value, { W: shapeOf(W), b: [b.length] }, 'after step'),
  write: (answer) => record({ ...answer }),
  oracle: (probe) => step.run(probe, step.right),
  mistakes: variantsOf(step, stepMistakes),
};

const part = (
  id: string,
  title: string,
  points: number,
  problem: Problem<LinearProbe>,
  names: readonly string[],
): Check => ({
  id,
  task: '1.4a',
  title,
  asks: 'Layers with 5 inputs and 4 outputs and with 2 inputs and 7 outputs, random weights and a random dy.',
  points,
  problems: [problem],
  run: (desk) => judgeWorst(desk, problem, names),
});

export const checks: Check[] = [
  part('1.4a.forward', 'forward is xW + b for every row', 1, forwardProblem, ['y']),
  part('1.4a.dx', 'backward returns the gradient with respect to the input', 0.5, backwardProblem, ['dx']),
  part('1.4a.dW', 'backward stores dW, summed over the mini-batch', 0.5, backwardProblem, ['dW']),
  part('1.4a.db', 'backward stores db, summed over the mini-batch', 0.5, backwardProblem, ['db']),
  {
    ...part('1.4a.step', 'step moves W and b against the stored gradients', 0.5, stepProblem, ['W', 'b']),
    asks: 'step with random dW and db; or with those that your own backward stored.',
    run: judgeStep,
  },
];

async function judgeWorst(desk: Desk, problem: Problem<LinearProbe>, names: readonly string[]): Promise<Judgement> {
  const evaluation = await evaluate(desk, problem);
  const judgements = names.map((name) => judgeTensor(evaluation, name, name));
  return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
}

/** A program that keeps its gradients elsewhere and shows them as dW and db is right if it steps by what it shows. */
async function judgeStep(desk: Desk): Promise<Judgement> {
  const judgement = await judgeWorst(desk, stepProblem, ['W', 'b']);
  if (judgement.earned === 1) return judgement;
  const ownStep = await unlessStopped(async () => {
    const guest = await desk.guest();
    for (const probe of desk.probes(stepProblem)) {
      const layer = await makeLinear(guest, probe.W, probe.b);
      await callLayer(guest, layer, 'forward', [arrayOf(probe.x)]);
      await callLayer(guest, layer, 'backward', [arrayOf(probe.x), arrayOf(probe.dy)]);
      const stored = readNamed(
        record({ dW: await guest.get(layer, 'dW'), db: await guest.get(layer, 'db') }),
        { dW: shapeOf(probe.W), db: [probe.b.length] },
        'after backward',
      );
      await callLayer(guest, layer, 'step', [probe.stepSize]);
      const after = record({ W: await guest.get(layer, 'W'), b: await guest.get(layer, 'b') });
      if ('misread' in stored || stored.misreads !== undefined) return false;
      const { dW, db } = stored.answer;
      const rows = probe.W.map((_, i) => [...dW!.data.subarray(i * probe.b.length, (i + 1) * probe.b.length)]);
      const expected = step.run({ ...probe, dW: rows, db: [...db!.data] }, step.right);
      for (const name of ['W', 'b']) {
        const yours = arrayFrom(fieldOf(after, name));
        if (yours === undefined || !agree(yours, expected[name]!)) return false;
      }
    }
    return true;
  });
  return ownStep
    ? pass({ notes: ['step uses the gradients of the last backward, not values set from outside'] })
    : judgement;
}
