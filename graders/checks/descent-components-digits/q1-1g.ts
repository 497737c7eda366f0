/** Question 1.1g: gradient descent with a decaying step size. 1 mark. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered } from '../../question.ts';
import type { Mistake } from '../../mistakes/program.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { short } from './claims.ts';
import { descent, fromOne, moveMistakes } from './descent.ts';
import type { DescentProbe, DescentRules } from './descent.ts';
import { askDescent, readEnd, writeEnd } from './descent-answer.ts';
import { agree } from '../../follow-through.ts';
import { followingOwn, isRight } from './own-answers.ts';
import { descentProblem, historyFault, judgeEnd, theStep } from './q1-1a.ts';
import { evaluate } from '../../evaluate.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { plainBand } from './plain-band.ts';
import { unlessStopped } from '../../stopped.ts';

const module = 'q1-1g.ts';

const sized =
  (size: DescentRules['size']) =>
  (right: DescentRules): DescentRules => ({ ...right, size });

const sizeMistakes: readonly Mistake<DescentRules>[] = [
  {
    id: 'no-decay',
    title: 'the step size does not decay',
    advice: 'Multiply the step size of step t by decay to the power t.',
    apply: sized(({ stepSize }) => stepSize),
  },
  {
    id: 'decayed-twice-over',
    title: 'the power is applied to a step size that is decayed already',
    advice:
      'Either multiply the step size by decay after every step, or compute stepSize · decay^t from the start; not both.',
    apply: sized(({ decay }, t, before) => before * decay ** t),
  },
  {
    id: 'one-factor',
    title: 'every step is decayed by one factor',
    advice: 'The step size has to shrink from step to step: stepSize · decay^t with the number t of the step.',
    apply: sized(({ stepSize, decay }) => stepSize * decay),
  },
  {
    id: 'times-t',
    title: 'decay times t instead of decay to the power t',
    advice: 'Use the power decay^t (`decay ** t`), not the product.',
    apply: sized(({ stepSize, decay }, t) => stepSize * decay * t),
  },
  {
    id: 'inverse-time',
    title: 'the step size is divided by 1 + decay · t',
    advice: 'The sheet asks for stepSize · decay^t.',
    apply: sized(({ stepSize, decay }, t) => stepSize / (1 + decay * t)),
  },
  {
    id: 'exponential',
    title: 'the step size falls as exp(−decay · t)',
    advice: 'The sheet asks for stepSize · decay^t.',
    apply: sized(({ stepSize, decay }, t) => stepSize * Math.exp(-decay * t)),
  },
  {
    id: 'grows',
    title: 'the step size is divided by decay^t',
    advice: 'Multiply by decay^t: with decay below 1 the steps have to become smaller.',
    apply: sized(({ stepSize, decay }, t) => stepSize / decay ** t),
  },
];

/** Decays far from 1, and at least two steps, so that counting from 0 or from 1 shows. */
export const decayProblem: Problem<DescentProbe> = {
  id: '1.1g.decay',
  title: 'Gradient descent with decaying steps',
  precision: 'double',
  seenAs: theStep,
  band: plainBand,
  probes: (random) =>
    [2, 3, 5, 12].map((steps) => ({
      start: [random.uniform(1, 3), random.uniform(0.5, 2)],
      stepSize: random.uniform(0.05, 0.08),
      steps,
      decay: random.uniform(0.45, 0.8),
    })),
  visits: [
    {
      says: 'a step size that falls below a fiftieth',
      holds: (probes) => probes.some(({ decay, steps }) => decay ** (steps - 1) < 0.02),
    },
  ],
  describe: ({ start, stepSize, steps, decay }) =>
    `${steps} steps from (${start.map(short).join(', ')}), step size ${short(stepSize)}, decay ${short(decay)}`,
  ask: (guest, probe) => askDescent(guest, module, probe, probe.decay),
  read: readEnd,
  write: writeEnd,
  oracle: (probe) => descent.run(probe, descent.right),
  accepts: [
    {
      id: 'from-one',
      title: 'steps are counted from t = 1, so the first step is decayed already',
      compute: (probe) => descent.run(probe, sized(fromOne)(descent.right)),
    },
  ],
  mistakes: variantsOf(descent, [...sizeMistakes, ...moveMistakes]),
  clues: { quantities: ({ steps }) => [{ symbol: 'steps', value: steps, means: 'the number of steps' }] },
};

export const checks: Check[] = [
  {
    id: '1.1g.decay',
    task: '1.1g',
    title: 'The step sizes are η₀, η₀d, η₀d², …',
    asks: 'x and y after 2, 3, 5 and 12 steps from random points with a decay between 0.45 and 0.8.',
    points: 0.75,
    problems: [decayProblem],
    run: judgeDecay,
  },
  {
    id: '1.1g.default',
    task: '1.1g',
    title: 'Without the fifth argument, and with decay 1, it does the same as 1.1a',
    asks: 'The searches of 1.1a, without decay and with decay 1: last point, value and histories.',
    points: 0.25,
    run: judgeDefault,
  },
];

/** A wrong move that was paid for in 1.1a is not paid for again: the same move with the right step sizes is right here. */
async function judgeDecay(desk: Desk): Promise<Judgement> {
  const judgement = await judgeEnd(desk, decayProblem);
  if (judgement.earned === 1 || (await isRight(() => evaluate(desk, descentProblem)))) return judgement;
  const says = 'Judged with the steps of your own 1.1a, which are wrong there.';
  for (const own of await ownSearches(desk)) {
    const [x, y] = [
      await followingOwn(judgement, desk, decayProblem, 'x', own, says),
      await followingOwn(judgement, desk, decayProblem, 'y', own, says),
    ];
    if (x.earned === 1 && y.earned === 1) return x;
  }
  return judgement;
}

type Search = (probe: DescentProbe) => Promise<Answer | undefined>;

/**
 * What the student's own wrong steps of 1.1a lead to with the right step sizes, counted from 0 or 1: the known mistakes that
 * 1.1a makes, and 1.1a itself, one step after the other.
 */
async function ownSearches(desk: Desk): Promise<readonly Search[]> {
  const made: Mistake<DescentRules>[] = [];
  for (const mistake of moveMistakes) if (await makes(desk, mistake)) made.push(mistake);
  return [descent.right.size, fromOne].flatMap((size) => [
    ...made.map((mistake): Search => {
      const rules = mistake.apply({ ...descent.right, size });
      return async (probe) => descent.run(probe, rules);
    }),
    (probe) => stepByStep(desk, probe, size),
  ]);
}

/** Whether the student's 1.1a makes this mistake, whatever else is wrong with what it returns. */
const makes = (desk: Desk, mistake: Mistake<DescentRules>): Promise<boolean> =>
  unlessStopped(async () => {
    const rules = mistake.apply(descent.right);
    for (const probe of desk.probes(descentProblem)) {
      const read = readEnd(await desk.ask(descentProblem, probe));
      const expected = descent.run(probe, rules);
      if (!('answer' in read) || !['x', 'y'].every((axis) => agree(read.answer[axis], expected[axis], plainBand)))
        return false;
    }
    return true;
  }, false);

/** The end of a search made of single steps of the student's own 1.1a. */
async function stepByStep(desk: Desk, probe: DescentProbe, size: DescentRules['size']): Promise<Answer | undefined> {
  let at: Answer = { x: arrayOf(probe.start[0]), y: arrayOf(probe.start[1]) };
  let stepSize = probe.stepSize;
  for (let t = 0; t < probe.steps; t++) {
    stepSize = size(probe, t, stepSize);
    const step: DescentProbe = { start: [at['x']!.data[0]!, at['y']!.data[0]!], stepSize, steps: 1, decay: 1 };
    const read = readEnd(await desk.ask(descentProblem, step));
    if (!('answer' in read) || staysAt(step, read.answer)) return undefined;
    at = read.answer;
  }
  return at;
}

async function judgeDefault(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  let followed = false;
  for (const probe of desk.probes(descentProblem)) {
    for (const decay of [undefined, 1]) {
      const { value } = await askDescent(guest, module, probe, decay);
      const yours = readEnd({ value });
      if ('misread' in yours) return fail(yours.misread);
      const same = (other: Answer) => ['x', 'y'].every((name) => agree(yours.answer[name], other[name], plainBand));
      const right = same(descent.run(probe, descent.right));
      const asOwn = (own: Answered) => {
        const read = readEnd(own);
        // A search that stays where it begins shows no steps.
        return 'answer' in read && same(read.answer) && !staysAt(probe, read.answer);
      };
      if (!right && !(await inOwnDescent(desk, probe, asOwn))) {
        return fail({
          says: `${decay === undefined ? 'Without the fifth argument' : 'With decay 1'} the search does not end where that of 1.1a ends.`,
          asked: descentProblem.describe(probe),
          yours: ['x', 'y'].map((name) => short(yours.answer[name]!.data[0]!)).join(', '),
          hint: 'Give the argument the default value 1: every power of 1 is 1.',
        });
      }
      const fault = historyFault(value, probe);
      const asFaulty = (own: Answered) => {
        const theirs = historyFault(own.value, probe);
        return theirs?.says === fault?.says && theirs?.yours === fault?.yours;
      };
      if (fault !== undefined && !(await inOwnDescent(desk, probe, asFaulty))) return fail(fault);
      followed ||= !right || fault !== undefined;
    }
  }
  return followed ? pass({ followThrough: 'It does the same as your own 1.1a, which is wrong there.' }) : pass();
}

const staysAt = ({ start }: DescentProbe, end: Answer): boolean =>
  ['x', 'y'].every((name, axis) => end[name]!.data[0] === start[axis]);

/** What 1.1a gets wrong in the same way is paid for there. */
const inOwnDescent = (desk: Desk, probe: DescentProbe, holds: (own: Answered) => boolean): Promise<boolean> =>
  unlessStopped(async () => holds(await desk.ask(descentProblem, probe)), false);
