/** Question 1.1a: gradient descent with a constant step size. 1 mark; 1.1b replays the run of the sheet. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { claimedNumbers } from '../../kinds/claims.ts';
import { short } from '../../numerics/digits.ts';
import { historyFault, searchKey, tookOtherCount } from '../../kinds/search.ts';
import { drawSearches, searchVisits } from '../../kinds/search-probes.ts';
import { askSearch, readHistory } from '../../kinds/search-question.ts';
import type { Search } from '../../mistakes/training/descent.ts';
import { walk } from '../../mistakes/training/descent.ts';
import { moveMistakes } from '../../mistakes/training/descent-mistakes.ts';
import type { Finding } from '../../model/finding.ts';
import type { Value } from '../../model/guest.ts';
import type { Problem } from '../../problem.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { constant, constantQuestion } from './q1-1-question.ts';
import { ripples as surface } from '../../../reference/oracles/descent.ts';

export const descentProblem: Problem<Search> = {
  ...constantQuestion,
  ...searchKey(surface, moveMistakes),
  probes: (random) => drawSearches(surface, random),
  visits: searchVisits(surface),
  band: plainNumbers,
};

export const checks: Check[] = [
  {
    id: '1.1a.steps',
    task: '1.1a',
    title: 'optimizeF takes steps of gradient descent',
    asks: 'x and y after 1, 2 and 4 small steps from random points, after steps so large that they lead uphill, after steps beside a minimum and at it, and from far out.',
    points: 0.6,
    problems: [descentProblem],
    run: (context) => judgeEnd(context, descentProblem),
  },
  {
    id: '1.1a.history',
    task: '1.1a',
    title: 'value is f at the last point, and the histories hold the start and every point after it',
    asks: 'value, xHist and yHist of the same searches, compared with your own last point.',
    points: 0.4,
    run: judgeHistory,
  },
  {
    id: '1.1b.run',
    task: '1.1b',
    title: 'Ten steps of size 0.1 from (3, 2) were run',
    asks: '"1.1b" in answers.json. No marks.',
    points: 0,
    run: judgeRun,
  },
];

/** The worse of the judgements of x and y. */
export async function judgeEnd(context: CheckContext, problem: Problem<Search>): Promise<Judgement> {
  const evaluation = await evaluate(context, problem);
  const x = judgeTensor(evaluation, 'x', 'x after the last step');
  return x.earned < 1 ? x : judgeTensor(evaluation, 'y', 'y after the last step');
}

async function judgeHistory(context: CheckContext): Promise<Judgement> {
  let tookOther = false;
  for (const search of context.probes(descentProblem)) {
    const { value } = await context.ask(descentProblem, search);
    const fault = faultOf(value, search);
    if (fault !== undefined) return fail(fault);
    tookOther ||= tookOtherCount(surface, search, value, told);
  }
  return tookOther
    ? pass({ followThrough: 'The number of steps is wrong; the histories are right for your own number.' })
    : pass();
}

const told = { fields: constant.fields, band: plainNumbers };

/** What is wrong with the value and the histories of a search, whatever its last point. */
export const faultOf = (value: Value, search: Search): Finding | undefined =>
  historyFault(surface, search, value, { ...told, asked: constantQuestion.describe(search) });

/** Reported numbers are rounded by hand: three digits are enough. */
const rounded = (a: number, b: number): boolean => Math.abs(a - b) <= 0.006;

async function judgeRun(context: CheckContext): Promise<Judgement> {
  const yours = claimedNumbers(context, '1.1b', ['x', 'y', 'value']);
  const search: Search = { start: [3, 2], stepSize: 0.1, steps: 10, decay: 1 };
  const [x, y] = walk(surface, search).at(-1)!;
  const right = { x, y, value: surface.f(x, y) };
  const isIt = (end: typeof right) => (['x', 'y', 'value'] as const).every((name) => rounded(yours[name], end[name]));
  if (isIt(right)) return pass();
  const own = readHistory((await askSearch(await context.guest(), constant, search)).value, constant.fields);
  if ('end' in own && isIt({ x: own.end[0], y: own.end[1], value: own.value })) {
    return pass({ followThrough: 'These are the numbers of your own optimizeF, which is wrong in 1.1a.' });
  }
  return fail({
    says: 'These are not the numbers after ten steps.',
    yours: Object.values(yours).map(short).join(', '),
    expected: Object.values(right).map(short).join(', '),
  });
}
