/** Question 1.1g: gradient descent with a decaying step size. 1 mark. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isRight } from '../../evaluate.ts';
import { agree } from '../../follow-through.ts';
import { short } from '../../numerics/digits.ts';
import { searchKey } from '../../kinds/search.ts';
import { drawDecaying } from '../../kinds/search-probes.ts';
import { askSearch, readEnd } from '../../kinds/search-question.ts';
import type { DescentRules, Search } from '../../mistakes/training/descent.ts';
import { descentOn, fromOne, rightDescent } from '../../mistakes/training/descent.ts';
import { moveMistakes, sizeMistakes } from '../../mistakes/training/descent-mistakes.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered } from '../../question.ts';
import { unlessStopped } from '../../stopped.ts';
import { followingOwn } from '../../kinds/own-functions.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { constantQuestion, decaying, decayQuestion } from './q1-1-question.ts';
import { descentProblem, faultOf, judgeEnd } from './q1-1a.ts';
import { ripples as surface } from '../../../reference/oracles/descent.ts';

const descent = descentOn(surface);

const decayProblem: Problem<Search> = {
  ...decayQuestion,
  ...searchKey(surface, [...sizeMistakes, ...moveMistakes]),
  probes: (random) => drawDecaying(surface, random),
  visits: [
    {
      says: 'a step size that falls below a fiftieth',
      holds: (searches) => searches.some(({ decay, steps }) => decay ** (steps - 1) < 0.02),
    },
  ],
  accepts: [
    {
      id: 'from-one',
      title: 'steps are counted from t = 1, so the first step is decayed already',
      compute: (search) => descent.run(search, { ...rightDescent, size: fromOne }),
    },
  ],
  band: plainNumbers,
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
async function judgeDecay(context: CheckContext): Promise<Judgement> {
  const judgement = await judgeEnd(context, decayProblem);
  if (judgement.earned === 1 || (await isRight(() => evaluate(context, descentProblem)))) return judgement;
  const says = 'Judged with the steps of your own 1.1a, which are wrong there.';
  for (const own of await ownSearches(context)) {
    const [x, y] = [
      await followingOwn(judgement, context, decayProblem, 'x', own, says),
      await followingOwn(judgement, context, decayProblem, 'y', own, says),
    ];
    if (x.earned === 1 && y.earned === 1) return x;
  }
  return judgement;
}

type OwnSearch = (search: Search) => Promise<Answer | undefined>;

/**
 * What the student's own wrong steps of 1.1a lead to with the right step sizes, counted from 0 or 1: the known mistakes that
 * 1.1a makes, and 1.1a itself, one step after the other.
 */
async function ownSearches(context: CheckContext): Promise<readonly OwnSearch[]> {
  const made: DescentRules[] = [];
  for (const { apply } of moveMistakes) if (await makes(context, apply(rightDescent))) made.push(apply(rightDescent));
  return [rightDescent.size, fromOne].flatMap((size) => [
    ...made.map(
      (rules): OwnSearch =>
        async (search) =>
          descent.run(search, { ...rules, size }),
    ),
    (search) => stepByStep(context, search, size),
  ]);
}

const isSame = (yours: Answer, other: Answer) =>
  ['x', 'y'].every((name) => agree(yours[name], other[name], plainNumbers));

/** Whether the student's 1.1a goes by these rules, whatever else is wrong with what it returns. */
const makes = (context: CheckContext, rules: DescentRules): Promise<boolean> =>
  unlessStopped(async () => {
    for (const search of context.probes(descentProblem)) {
      const read = descentProblem.read(await context.ask(descentProblem, search), search);
      if (!('answer' in read) || !isSame(read.answer, descent.run(search, rules))) return false;
    }
    return true;
  }, false);

/** The end of a search made of single steps of the student's own 1.1a. */
async function stepByStep(
  context: CheckContext,
  search: Search,
  size: DescentRules['size'],
): Promise<Answer | undefined> {
  let at: Answer = { x: arrayOf(search.start[0]), y: arrayOf(search.start[1]) };
  let stepSize = search.stepSize;
  for (let t = 0; t < search.steps; t++) {
    stepSize = size(search, t, stepSize);
    const step: Search = { start: [at['x']!.data[0]!, at['y']!.data[0]!], stepSize, steps: 1, decay: 1 };
    const read = descentProblem.read(await context.ask(descentProblem, step), step);
    if (!('answer' in read) || staysAt(step, read.answer)) return undefined;
    at = read.answer;
  }
  return at;
}

async function judgeDefault(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  let followed = false;
  for (const search of context.probes(descentProblem)) {
    for (const decay of [undefined, 1]) {
      const { value } = await askSearch(guest, decaying, search, decay);
      const yours = readEnd({ value }, decaying);
      if ('misread' in yours) return fail(yours.misread);
      const isRightEnd = isSame(yours.answer, descent.run(search, rightDescent));
      const asOwn = (own: Answered) => {
        const read = descentProblem.read(own, search);
        // A search that stays where it begins shows no steps.
        return 'answer' in read && isSame(yours.answer, read.answer) && !staysAt(search, read.answer);
      };
      if (!isRightEnd && !(await inOwnDescent(context, search, asOwn))) {
        return fail({
          says: `${decay === undefined ? 'Without the fifth argument' : 'With decay 1'} the search does not end where that of 1.1a ends.`,
          asked: constantQuestion.describe(search),
          yours: ['x', 'y'].map((name) => short(yours.answer[name]!.data[0]!)).join(', '),
          hint: 'Give the argument the default value 1: every power of 1 is 1.',
        });
      }
      const fault = faultOf(value, search);
      const asFaulty = (own: Answered) => {
        const theirs = faultOf(own.value, search);
        return theirs?.says === fault?.says && theirs?.yours === fault?.yours;
      };
      if (fault !== undefined && !(await inOwnDescent(context, search, asFaulty))) return fail(fault);
      followed ||= !isRightEnd || fault !== undefined;
    }
  }
  return followed ? pass({ followThrough: 'It does the same as your own 1.1a, which is wrong there.' }) : pass();
}

const staysAt = ({ start }: Search, end: Answer): boolean =>
  ['x', 'y'].every((name, axis) => end[name]!.data[0] === start[axis]);

/** What 1.1a gets wrong in the same way is paid for there. */
const inOwnDescent = (context: CheckContext, search: Search, holds: (own: Answered) => boolean): Promise<boolean> =>
  unlessStopped(async () => holds(await context.ask(descentProblem, search)), false);
