/** Question 1.1a: gradient descent with a constant step size. 1 mark; 1.1b replays the run of the sheet. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Finding, Value } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { claimedNumbers, short } from './claims.ts';
import { descent, f, moveMistakes, walk } from './descent.ts';
import type { DescentProbe } from './descent.ts';
import { askDescent, readEnd, readHistory, writeEnd } from './descent-answer.ts';
import { converged, downhill, farOut, still, uphill, visits } from './descent-probes.ts';
import { plainBand } from './plain-band.ts';

const module = 'q1-1a.ts';

/** A point shows the steps that led to it, and a step the product of its factors. */
export const theStep = 'the step: step size × gradient';

export const descentProblem: Problem<DescentProbe> = {
  id: '1.1a.steps',
  title: 'Gradient descent on the surface',
  precision: 'double',
  seenAs: theStep,
  band: plainBand,
  probes: (random) => [
    ...[1, 2, 4].map((steps) => downhill(random, steps)),
    uphill(random),
    still(random),
    converged(random.fork('converged')),
    farOut(random),
  ],
  visits,
  describe: (probe) =>
    `${probe.steps} steps of size ${short(probe.stepSize)} from (${probe.start.map(short).join(', ')})`,
  ask: (guest, probe) => askDescent(guest, module, probe),
  read: readEnd,
  write: writeEnd,
  oracle: (probe) => descent.run(probe, descent.right),
  mistakes: variantsOf(descent, moveMistakes),
  clues: { quantities: ({ steps }) => [{ symbol: 'steps', value: steps, means: 'the number of steps' }] },
};

/** The worse of the judgements of x and y. */
export async function judgeEnd(desk: Desk, problem: Problem<DescentProbe>): Promise<Judgement> {
  const evaluation = await evaluate(desk, problem);
  const [x, y] = [
    judgeTensor(evaluation, 'x', 'x after the last step'),
    judgeTensor(evaluation, 'y', 'y after the last step'),
  ];
  return x.earned < 1 ? x : y;
}

export const checks: Check[] = [
  {
    id: '1.1a.steps',
    task: '1.1a',
    title: 'optimizeF takes steps of gradient descent',
    asks: 'x and y after 1, 2 and 4 small steps from random points, after steps so large that they lead uphill, after steps beside a minimum and at it, and from far out.',
    points: 0.6,
    problems: [descentProblem],
    run: (desk) => judgeEnd(desk, descentProblem),
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

async function judgeHistory(desk: Desk): Promise<Judgement> {
  let tookOther = false;
  for (const probe of desk.probes(descentProblem)) {
    const { value } = await desk.ask(descentProblem, probe);
    const fault = historyFault(value, probe);
    if (fault !== undefined) return fail(fault);
    tookOther ||= tookOtherCount(value, probe);
  }
  return tookOther
    ? pass({ followThrough: 'The number of steps is wrong; the histories are right for your own number.' })
    : pass();
}

/** What is wrong with value, xHist or yHist, given the last point, which is judged elsewhere; undefined if nothing is. */
export function historyFault(value: Value, probe: DescentProbe): Finding | undefined {
  const read = readHistory(value);
  if ('misread' in read) return read.misread;
  const [x, y] = read.end;
  const asked = descentProblem.describe(probe);
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    const says = 'The last point is not finite, so value and histories cannot be compared with it.';
    return { says, asked, yours: `x = ${x}, y = ${y}` };
  }
  if (!near(read.value, f(x, y))) {
    return {
      says: 'value is not f(x, y) at the last point.',
      asked,
      yours: short(read.value),
      expected: `f(${short(x)}, ${short(y)}) = ${short(f(x, y))}`,
      ...(isLowest(read) ? { hint: lowest } : {}),
    };
  }
  const way = walk(probe, descent.right);
  for (const [name, history, axis, last] of [
    ['xHist', read.xs, 0, x],
    ['yHist', read.ys, 1, y],
  ] as const) {
    // A loop that runs once too often or too seldom is paid for in the other check.
    if (history.length !== probe.steps + 1 && !tookOtherCount(value, probe)) {
      const says = `${name} should hold the start and the point after every step, ${probe.steps + 1} numbers.`;
      return { says, asked, yours: `${history.length} numbers`, expected: `${probe.steps + 1} numbers` };
    }
    const differs = (says: string, yours: number, expected: number) =>
      near(yours, expected)
        ? undefined
        : { says: `${name} ${says}`, asked, yours: short(yours), expected: short(expected) };
    const ends =
      differs('should begin with the start.', history[0]!, probe.start[axis]) ??
      differs('should end with the last point.', history.at(-1)!, last);
    if (ends !== undefined) return ends;
    // What lies between is known where the last point is right.
    if (!endsAt(probe, read.end)) continue;
    for (const [t, value] of history.entries()) {
      const between = differs(`should hold the point after step ${t}.`, value, way[t]![axis]);
      if (between !== undefined) return between;
    }
  }
  return undefined;
}

/** Whether the search ends where a loop with one step more or less ends, and the histories say so. */
function tookOtherCount(value: Value, probe: DescentProbe): boolean {
  const read = readHistory(value);
  if ('misread' in read) return false;
  return [read.xs, read.ys].every(({ length }) => {
    const steps = length - 1;
    return Math.abs(steps - probe.steps) === 1 && endsAt({ ...probe, steps }, read.end);
  });
}

const endsAt = (probe: DescentProbe, [x, y]: readonly [number, number]): boolean => {
  const [ex, ey] = walk(probe, descent.right).at(-1)!;
  return near(x, ex) && near(y, ey);
};

/** Histories may be kept in single precision. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= plainBand.accept * Math.max(1, Math.abs(b));

const isLowest = ({ value, xs, ys }: { value: number; xs: number[]; ys: number[] }): boolean =>
  xs.length === ys.length && near(value, Math.min(...xs.map((x, t) => f(x, ys[t]!))));

const lowest =
  'It is the lowest value on the way. A step that is too large leads uphill: return the value where the search ends, which may be higher.';

/** Reported numbers are rounded by hand: three digits are enough. */
const rounded = (a: number, b: number): boolean => Math.abs(a - b) <= 0.006;

async function judgeRun(desk: Desk): Promise<Judgement> {
  const yours = claimedNumbers(desk, '1.1b', ['x', 'y', 'value']);
  const probe: DescentProbe = { start: [3, 2], stepSize: 0.1, steps: 10, decay: 1 };
  const [x, y] = walk(probe, descent.right).at(-1)!;
  const right = { x, y, value: f(x, y) };
  if (rounded(yours.x, x) && rounded(yours.y, y) && rounded(yours.value, right.value)) return pass();
  const own = readHistory((await askDescent(await desk.guest(), module, probe)).value);
  if ('end' in own && rounded(yours.x, own.end[0]) && rounded(yours.y, own.end[1]) && rounded(yours.value, own.value)) {
    return pass({ followThrough: 'These are the numbers of your own optimizeF, which is wrong in 1.1a.' });
  }
  return fail({
    says: 'These are not the numbers after ten steps.',
    yours: Object.values(yours).map(short).join(', '),
    expected: Object.values(right).map(short).join(', '),
  });
}
