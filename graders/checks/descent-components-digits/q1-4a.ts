/** Question 1.4a: the layer Linear. 3 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { halfIfChanging } from '../../changed-arguments.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import type { Problem } from '../../problem.ts';
import { arrayOf, rowsOf } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { makeLinear } from '../../kinds/layer-calls.ts';
import { backwardProblem, forwardProblem, stepProblem } from './q1-4a-key.ts';
import type { LinearProbe } from './q1-4a-question.ts';
import { sheetLayers } from './sheet-layers.ts';

/** What the tensors of the three calls are to a reader. */
const words = {
  y: 'The output of forward',
  dx: 'The gradient that backward returns',
  dW: 'The dW that backward stores',
  db: 'The db that backward stores',
  W: 'W after step',
  b: 'b after step',
};
type Name = keyof typeof words;

const part = (
  id: string,
  title: string,
  points: number,
  problem: Problem<LinearProbe>,
  names: readonly Name[],
): Check => ({
  id,
  task: '1.4a',
  title,
  asks: 'Layers of 5, 2 and 3 inputs and 4, 7 and 2 outputs, the last with a single example; random weights and a random dy, and another mini-batch before.',
  points,
  problems: [problem],
  run: (context) => judgeWorst(context, problem, names),
});

const gradient = (name: 'dx' | 'dW' | 'db', title: string): Check => ({
  ...part(`1.4a.${name}`, title, 0.5, backwardProblem, [name]),
  run: (context) => judgeGradient(context, name),
});

export const checks: Check[] = [
  {
    ...part('1.4a.forward', 'forward is xW + b for every row', 1, forwardProblem, ['y']),
    run: async (context) =>
      unlessChanging(context, await judgeWorst(context, forwardProblem, ['y']), 'forward', ({ x }) => [x]),
  },
  {
    ...gradient('dx', 'backward returns the gradient with respect to the input'),
    run: async (context) =>
      unlessChanging(context, await judgeGradient(context, 'dx'), 'backward', ({ x, dy }) => [x, dy]),
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
  context: CheckContext,
  judgement: Judgement,
  method: 'forward' | 'backward',
  given: (probe: LinearProbe) => number[][][],
): Promise<Judgement> {
  const probe = context.probes(forwardProblem)[0]!;
  const args = given(probe).map((rows) => arrayOf(rows));
  return halfIfChanging(context, judgement, {
    name: `${method} of Linear`,
    args,
    call: async (guest, options) =>
      guest.call({ handle: await makeLinear(guest, sheetLayers.linear, probe.W, probe.b), method }, args, options),
  });
}

/** The gradient of dy · forward, by the right forward or by the student's own. */
async function judgeGradient(context: CheckContext, name: 'dx' | 'dW' | 'db'): Promise<Judgement> {
  return judgeBothSides(context, await judgeWorst(context, backwardProblem, [name]), {
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

const judgeWorst = async (
  context: CheckContext,
  problem: Problem<LinearProbe>,
  names: readonly Name[],
): Promise<Judgement> =>
  firstWrong(await evaluate(context, problem), Object.fromEntries(names.map((name) => [name, words[name]])));
