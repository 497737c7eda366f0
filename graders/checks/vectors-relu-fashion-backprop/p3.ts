/** Problem 3 B to D: gradients of a ReLU network, in general, in numbers and as a function. 6 + 4 + 10 marks. */
import type { Check, Judgement } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { judgeFormula } from '../../judge-formula.ts';
import type { Answer } from '../../question.ts';
import { unlessStopped } from '../../stopped.ts';
import { judgeNumbers, ownNumbers } from '../../kinds/hand-numbers.ts';
import { gradL } from './p1-formulas.ts';
import { forwardProblem, partialsProblem, reluGradsProblem, sheet } from './p3-key.ts';
import { inPlainNumbers } from './plain.ts';

const list = (answer: Answer, name: string): number[] | undefined => answer[name] && Array.from(answer[name].data);

/** Follow-through needs a unit that is on: where none is, everything is 0, and zeros show nothing. */
const isOn = (v: number): boolean => v > 0;

/** z̄ and z of the student's own forward pass, where they are wrong but can be read. */
const ownForward = (context: Parameters<Check['run']>[0]) =>
  unlessStopped<Answer>(() => ownNumbers(context, forwardProblem), {});

export const checks: Check[] = [
  {
    id: 'p3b.gradient',
    task: 'P3B',
    title: 'The gradient of the squared loss is right for any f',
    asks: '"gradL" in answers.json.',
    points: 6,
    formulas: [gradL],
    run: async (context) => judgeFormula(context, gradL),
  },
  {
    id: 'p3c.zbar',
    task: 'P3C',
    title: 'The pre-activations z̄ are right',
    asks: '"zbar" under "forward" in answers.json.',
    points: 1.5,
    problems: [forwardProblem],
    run: (context) => judgeNumbers(context, forwardProblem, 'zbar'),
  },
  {
    id: 'p3c.z',
    task: 'P3C',
    title: 'The activations z are the positive parts of z̄',
    asks: '"z" under "forward" in answers.json.',
    points: 1.5,
    problems: [forwardProblem],
    run: (context) =>
      judgeNumbers(context, forwardProblem, 'z', async (own) => {
        const zbar = list(own, 'zbar');
        return !zbar?.some(isOn)
          ? undefined
          : { entries: zbar.map((v) => Math.max(0, v)), says: 'z is right for your own z̄.' };
      }),
  },
  {
    id: 'p3c.f',
    task: 'P3C',
    title: 'The output f is right',
    asks: '"f" under "forward" in answers.json.',
    points: 1,
    problems: [forwardProblem],
    run: (context) =>
      judgeNumbers(context, forwardProblem, 'f', async (own) => {
        const z = list(own, 'z');
        const f = z?.some(isOn) ? z.reduce((sum, v, k) => sum + v * sheet.net.wO[k]!, sheet.net.bO) : undefined;
        return f === undefined ? undefined : { entries: [f], says: 'f is right for your own z.' };
      }),
  },
  ...(
    [
      ['dwO', 2, 'wO'],
      ['dbO', 0.5, 'bO'],
      ['dwH', 2, 'wH'],
      ['dbH', 2, 'bH'],
    ] as const
  ).map(([name, points, parameter]): Check => ({
    id: `p3d.${name.toLowerCase()}`,
    task: 'P3D',
    title: `The derivatives with respect to ${parameter} at x = 2 are right`,
    asks: `"${name}" under "partials" in answers.json; half a mark for every entry.`,
    points,
    problems: [partialsProblem],
    run: (context) =>
      judgeNumbers(context, partialsProblem, name, async () => {
        const own = await ownForward(context);
        const entries = derivedFrom(own, name);
        return entries && { entries, says: 'It is right for the forward pass that you gave in P3C.' };
      }),
  })),
  {
    id: 'p3d.function',
    task: 'P3D',
    title: 'reluNetGrads is right for any network and input',
    asks: 'reluNetGrads on networks with 3 to 6 units, for positive and negative x.',
    points: 3.5,
    problems: [reluGradsProblem],
    run: (context) =>
      inPlainNumbers(context, 'p3d', async () => judgeFunction(await evaluate(context, reluGradsProblem))),
  },
];

/** The partial derivatives that follow from the student's own z̄ (which units are on) and z. */
function derivedFrom(own: Answer, name: 'dwO' | 'dbO' | 'dwH' | 'dbH'): number[] | undefined {
  const [zbar, z] = [list(own, 'zbar'), list(own, 'z')];
  if (name === 'dbO' || ![zbar, z].every((values) => values?.some(isOn))) return undefined;
  if (name === 'dwO') return z;
  const dbH = zbar?.map((v, k) => (v > 0 ? sheet.net.wO[k]! : 0));
  return name === 'dbH' ? dbH : dbH?.map((d) => d * sheet.x);
}

/** A quarter of the marks for each kind of parameters; the derivative of bO, which is always 1, shows nothing by itself. */
function judgeFunction(evaluation: Evaluation): Judgement {
  const worst = firstWrong(evaluation, { dwO: 'dwO', dwH: 'dwH', dbH: 'dbH', dbO: 'dbO' });
  if (worst.earned === 1) return worst;
  const { dbO, ...others } = evaluation.tensors;
  const right = Object.values(others).filter(({ accepted }) => accepted).length;
  return { ...worst, earned: right === 0 ? 0 : (right + (dbO!.accepted ? 1 : 0)) / 4 };
}
