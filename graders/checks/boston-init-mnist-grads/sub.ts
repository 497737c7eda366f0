/** The hand-in as a whole: it loads, nothing is left to do, exports are explained and used. 10 marks, 6 by a person. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { sourceQualityChecks, sourcesOf } from '../../kinds/source-quality.ts';
import { manualCheck } from '../../manual.ts';
import { moduleOfUnit } from '../../runtimes/node/language/program-files.ts';
import { evaluate, isAttempt } from '../../evaluate.ts';
import type { AnyProblem } from '../../problem.ts';
import { standardiseProblem } from './q1a-key.ts';
import { modelProblem as regressionProblem } from './q1b-key.ts';
import { forwardProblem, histogramProblem, normalWeights, uniformWeights } from './q2-key.ts';
import { modelProblem, prepareProblem } from './q3a-key.ts';
import { gradsProblem } from './q3c.ts';
import { first16Problem } from './q3d.ts';
import { ProgramStopped } from '../../stopped.ts';

/** The units of the questions in their order, with what shows that they were worked on. */
const questions: readonly [unit: string, problems: readonly AnyProblem[]][] = [
  ['q1a', [standardiseProblem]],
  ['q1b', [regressionProblem]],
  ['q2a', [forwardProblem]],
  ['q2b', [histogramProblem]],
  ['q2c', [normalWeights, uniformWeights]],
  ['q3a', [modelProblem, prepareProblem]],
  ['q3c', [gradsProblem]],
  ['q3d', [first16Problem]],
];
/** Quality is marked from half of the modules on: stubs are documented and load, too. */
const enough = 4;

export const checks: Check[] = [
  {
    id: 'sub.loads',
    task: 'SUB',
    title: 'All modules that were handed in load, one after the other',
    asks: `Loading ${questions.map(([unit]) => moduleOfUnit(unit)).join(', ')}.`,
    points: 1,
    run: (context) => forWork(context, judgeLoading),
  },
  ...sourceQualityChecks({ prefix: 'sub', task: 'SUB', forWork }),
  manualCheck({
    id: 'sub.quality',
    task: 'SUB',
    title: 'Names, structure, presentation',
    points: 6,
    text: sourcesOf,
  }),
];

async function forWork(
  context: CheckContext,
  judge: (context: CheckContext) => Promise<Judgement>,
): Promise<Judgement> {
  const attempts = await context.oncePerSubmission('sub/attempts', () => attemptsOf(context));
  if (attempts >= enough) return judge(context);
  const skipped = `Not judged: ${attempts} of the ${questions.length} modules show work on their questions; marks for quality are given from ${enough} on.`;
  return { earned: 0, skipped };
}

async function attemptsOf(context: CheckContext): Promise<number> {
  let count = 0;
  for (const [, problems] of questions) {
    for (const problem of problems) {
      if (!(await isAttempt(() => evaluate(context, problem)))) continue;
      count++;
      break;
    }
  }
  return count;
}

async function judgeLoading(context: CheckContext): Promise<Judgement> {
  for (const [unit] of questions) {
    try {
      await (await context.guest()).exports(unit);
    } catch (error) {
      // What was not handed in costs the marks of its question.
      if (!(error instanceof ProgramStopped)) throw error;
      if (error.kind === 'missing') continue;
      const places = error.place === undefined ? {} : { places: [error.place] };
      return fail({ says: `${moduleOfUnit(unit)} does not load: ${error.message}`, ...places });
    }
  }
  return pass();
}
