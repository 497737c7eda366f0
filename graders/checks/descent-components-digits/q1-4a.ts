/** Question 1.4a: the layer Linear. 3 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import type { Guest, NdArray } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { arrayOf, mapArray, rowsOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { columnSums, matmul, transpose } from '../../../reference/oracles/linear-algebra.ts';
import { halfIfChanging } from '../../changed-arguments.ts';
import { callLayer, makeLinear, randomRows, readNamed, record, stir, warmUp } from './layer-calls.ts';
import type { Rows } from './layer-calls.ts';
import { backward, backwardMistakes } from './linear-backward.ts';
import { forward, forwardMistakes, momentum, step, stepMistakes } from './linear-layer.ts';
import type { LinearProbe } from './linear-layer.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { unlessStopped } from '../../stopped.ts';

/** Examples, inputs and outputs: all different, so that nothing can be turned round unseen. */
const sizes = [
  [3, 5, 4],
  [6, 2, 7],
  // A mini-batch of one example.
  [1, 3, 2],
] as const;

function drawLinear(random: Random, [n, nIn, nOut]: readonly [number, number, number]): LinearProbe {
  const x = randomRows(random, n, nIn);
  const dy = randomRows(random, n, nOut);
  return {
    W: randomRows(random, nIn, nOut),
    b: randomRows(random, 1, nOut)[0]!,
    x,
    dy,
    earlier: { x: randomRows(random, n, nIn), dy: randomRows(random, n, nOut) },
    dW: matmul(transpose(x), dy),
    db: columnSums(dy),
    stepSize: n === sizes[0][0] ? random.uniform(1.5, 2.5) : random.uniform(0.05, 0.4),
  };
}

const shapeOf = (rows: readonly (readonly number[])[]) => [rows.length, rows[0]!.length];

/** What the tensors of the three calls are to a reader. */
const what: Readonly<Record<string, string>> = {
  y: 'The output of forward',
  dx: 'The gradient that backward returns',
  dW: 'The dW that backward stores',
  db: 'The db that backward stores',
  W: 'W after step',
  b: 'b after step',
};

const common = {
  precision: 'double',
  band: plainNumbers,
  probes: (random: Random) => sizes.map((size, i) => drawLinear(random.fork(`size ${i}`), size)),
  clues: {
    quantities: ({ x, W, b }: LinearProbe) => [
      { symbol: 'n', value: x.length, means: 'the number of examples' },
      { symbol: 'nIn', value: W.length, means: 'the number of inputs' },
      { symbol: 'nOut', value: b.length, means: 'the number of outputs' },
    ],
  },
  describe: ({ x, W, b }: LinearProbe) => `Linear(${W.length}, ${b.length}), ${x.length} examples`,
} as const;

export const forwardProblem: Problem<LinearProbe> = {
  ...common,
  names: { y: 'the output of forward' },
  id: '1.4a.forward',
  title: 'Linear, forwards',
  async ask(guest, { W, b, x, earlier, dW, db }) {
    const layer = await makeLinear(guest, W, b);
    await makeLinear(guest, dW, db); // Another layer with other weights, whose gradients these are elsewhere.
    await warmUp(guest, layer, earlier.x);
    return { value: record({ y: await callLayer(guest, layer, 'forward', [arrayOf(x)]) }) };
  },
  read: ({ value }, { x, b }) => readNamed(value, { y: [x.length, b.length] }, 'forward'),
  write: (answer) => record({ ...answer }),
  oracle: (probe) => forward.run(probe, forward.right),
  mistakes: variantsOf(forward, forwardMistakes),
};

/** Another mini-batch goes through as well, and another layer is at work before the gradients are read. */
export const backwardProblem: Problem<LinearProbe> = {
  ...common,
  names: { dx: 'the gradient that backward returns' },
  id: '1.4a.backward',
  title: 'Linear, backwards',
  async ask(guest, { W, b, x, dy, earlier }) {
    const layer = await makeLinear(guest, W, b);
    await stir(guest, layer, x, earlier);
    const dx = await callLayer(guest, layer, 'backward', [arrayOf(x), arrayOf(dy)]);
    const second = await makeLinear(guest, W, b);
    await callLayer(guest, second, 'backward', [arrayOf(earlier.x), arrayOf(earlier.dy)]);
    return { value: record({ dx, dW: await guest.get(layer, 'dW'), db: await guest.get(layer, 'db') }) };
  },
  read: ({ value }, { x, W, b }) =>
    readNamed(value, { dx: shapeOf(x), dW: shapeOf(W), db: [b.length] }, 'after backward'),
  write: (answer) => record({ ...answer }),
  oracle: (probe) => backward.run(probe, backward.right),
  mistakes: variantsOf(backward, backwardMistakes),
};

/**
 * The gradients come from the student's own `backward`, wherever it keeps them; without one, or where it stores zeros, which
 * no step would show, they are set by hand. `read`
 * then takes the difference to ours out again, so that a wrong `backward` is not paid for here.
 */
export const stepProblem: Problem<LinearProbe> = {
  ...common,
  // A single example would let biases pass whose gradients were never summed.
  probes: (random) => common.probes(random).filter(({ x }) => x.length > 1),
  id: '1.4a.step',
  title: 'A step of Linear',
  async ask(guest, probe) {
    const layer = await makeLinear(guest, probe.W, probe.b);
    await stepBefore(guest, layer, probe);
    await warmUp(guest, layer, probe.x);
    const ran = await unlessStopped(async () => {
      await callLayer(guest, layer, 'backward', [arrayOf(probe.x), arrayOf(probe.dy)]);
      return fits(await storedIn(guest, layer), probe);
    }, false);
    if (!ran) {
      await guest.set(layer, 'dW', arrayOf(probe.dW));
      await guest.set(layer, 'db', arrayOf(probe.db));
    }
    const before = await storedIn(guest, layer);
    await callLayer(guest, layer, 'step', [probe.stepSize]);
    const after = { W: await guest.get(layer, 'W'), b: await guest.get(layer, 'b') };
    return { value: record({ ...before, ...after }) };
  },
  read({ value }, probe) {
    const { W, b, dW, db, stepSize } = probe;
    const read = readNamed(value, { W: shapeOf(W), b: [b.length], dW: shapeOf(W), db: [b.length] }, 'after step');
    if ('misread' in read || read.misreads !== undefined) return read;
    const own = read.answer;
    const asOurs = (after: NdArray, mine: NdArray, ours: NdArray) =>
      mapArray(after, (value, i) => value + stepSize * (mine.data[i]! - ours.data[i]!));
    const answer = { W: asOurs(own['W']!, own['dW']!, arrayOf(dW)), b: asOurs(own['b']!, own['db']!, arrayOf(db)) };
    return { answer, notes: read.notes };
  },
  write: (answer, { dW, db }) => record({ ...answer, dW: arrayOf(dW), db: arrayOf(db) }),
  oracle: (probe) => step.run(probe, step.right),
  mistakes: variantsOf(step, stepMistakes),
  clues: { ...common.clues, families: [momentum] },
};

/** A step of another mini-batch, taken back: one that leaves something behind, as momentum does, shows in the next. */
async function stepBefore(guest: Guest, layer: number, { W, b, earlier, stepSize }: LinearProbe): Promise<void> {
  await warmUp(guest, layer, earlier.x);
  await unlessStopped(async () => {
    await callLayer(guest, layer, 'backward', [arrayOf(earlier.x), arrayOf(earlier.dy)]);
    await callLayer(guest, layer, 'step', [stepSize]);
    return true;
  }, false);
  await guest.set(layer, 'W', arrayOf(W));
  await guest.set(layer, 'b', arrayOf(b));
}

const storedIn = async (guest: Guest, layer: number) => ({
  dW: await guest.get(layer, 'dW'),
  db: await guest.get(layer, 'db'),
});

const fits = (stored: Awaited<ReturnType<typeof storedIn>>, { W, b }: LinearProbe): boolean => {
  const read = readNamed(record(stored), { dW: shapeOf(W), db: [b.length] }, 'after backward');
  return (
    'answer' in read &&
    read.misreads === undefined &&
    Object.values(read.answer).every((a) => a.data.every(Number.isFinite) && a.data.some((v) => v !== 0))
  );
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
  asks: 'Layers of 5, 2 and 3 inputs and 4, 7 and 2 outputs, the last with a single example; random weights and a random dy, and another mini-batch before.',
  points,
  problems: [problem],
  run: (desk) => judgeWorst(desk, problem, names),
});

const gradient = (name: 'dx' | 'dW' | 'db', title: string): Check => ({
  ...part(`1.4a.${name}`, title, 0.5, backwardProblem, [name]),
  run: (desk) => judgeGradient(desk, name),
});

export const checks: Check[] = [
  {
    ...part('1.4a.forward', 'forward is xW + b for every row', 1, forwardProblem, ['y']),
    run: async (desk) => unlessChanging(desk, await judgeWorst(desk, forwardProblem, ['y']), 'forward', ({ x }) => [x]),
  },
  {
    ...gradient('dx', 'backward returns the gradient with respect to the input'),
    run: async (desk) => unlessChanging(desk, await judgeGradient(desk, 'dx'), 'backward', ({ x, dy }) => [x, dy]),
  },
  gradient('dW', 'backward stores dW, summed over the mini-batch'),
  gradient('db', 'backward stores db, summed over the mini-batch'),
  {
    ...part('1.4a.step', 'step moves W and b against the stored gradients', 0.5, stepProblem, ['W', 'b']),
    asks: 'step after your own backward, compared with the dW and db that it stored.',
  },
];

/** Half for a call that changes what it is given: the layers around it still need that. */
function unlessChanging(
  desk: Desk,
  judgement: Judgement,
  method: 'forward' | 'backward',
  given: (probe: LinearProbe) => Rows[],
): Promise<Judgement> {
  const probe = desk.probes(forwardProblem)[0]!;
  const args = given(probe).map((rows) => arrayOf(rows));
  return halfIfChanging(desk, judgement, {
    name: `${method} of Linear`,
    args,
    call: async (guest, options) =>
      guest.call({ handle: await makeLinear(guest, probe.W, probe.b), method }, args, options),
  });
}

/** The gradient of dy · forward, by the right forward or by the student's own. */
async function judgeGradient(desk: Desk, name: 'dx' | 'dW' | 'db'): Promise<Judgement> {
  return judgeBothSides(desk, await judgeWorst(desk, backwardProblem, [name]), {
    backward: backwardProblem,
    forward: forwardProblem,
    output: 'y',
    form: 'straight',
    inputs: ({ x, W, b }) => ({ [name]: arrayOf({ dx: x, dW: W, db: b }[name]) }),
    at: (probe, { dx, dW, db }) => ({
      ...probe,
      x: dx ? rowsOf(dx) : probe.x,
      W: dW ? rowsOf(dW) : probe.W,
      b: db ? [...db.data] : probe.b,
    }),
    upstream: ({ dy }) => arrayOf(dy),
    paidIn: '1.4a (forward)',
  });
}

async function judgeWorst(desk: Desk, problem: Problem<LinearProbe>, names: readonly string[]): Promise<Judgement> {
  const evaluation = await evaluate(desk, problem);
  const judgements = names.map((name) => judgeTensor(evaluation, name, what[name] ?? name));
  return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
}
