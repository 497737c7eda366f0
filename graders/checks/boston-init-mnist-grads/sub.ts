/** The hand-in as a whole: it loads, nothing is left to do, exports are explained and used. 10 marks, 6 by a person. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Finding, ModuleOutline } from '../../model.ts';
import { manualCheck } from '../../manual.ts';
import { evaluate, isAttempt } from '../../evaluate.ts';
import type { AnyProblem } from '../../problem.ts';
import { standardiseProblem } from './q1a-standardise.ts';
import { modelProblem as regressionProblem } from './q1b-model.ts';
import { forwardProblem } from './q2a-forward.ts';
import { histogramProblem } from './q2b-histogram.ts';
import { normalWeights, uniformWeights } from './q2c-weights.ts';
import { modelProblem } from './q3a-model.ts';
import { prepareProblem } from './q3a-prepare.ts';
import { gradsProblem } from './q3c-key.ts';
import { first16Problem } from './q3d.ts';
import { ProgramStopped } from '../../stopped.ts';

/** The modules of the questions in their order, with what shows that they were worked on. */
const questions: readonly [module: string, problems: readonly AnyProblem[]][] = [
  ['q1a.ts', [standardiseProblem]],
  ['q1b.ts', [regressionProblem]],
  ['q2a.ts', [forwardProblem]],
  ['q2b.ts', [histogramProblem]],
  ['q2c.ts', [normalWeights, uniformWeights]],
  ['q3a.ts', [modelProblem, prepareProblem]],
  ['q3c.ts', [gradsProblem]],
  ['q3d.ts', [first16Problem]],
];
/** Quality is marked from half of the modules on: stubs are documented and load, too. */
const enough = 4;

export const checks: Check[] = [
  {
    id: 'sub.loads',
    task: 'SUB',
    title: 'All modules that were handed in load, one after the other',
    asks: `Loading ${questions.map(([module]) => module).join(', ')}.`,
    points: 1,
    run: (desk) => forWork(desk, judgeLoading),
  },
  qualityCheck('sub.leftovers', 'Nothing is left to do: no TODO or FIXME in the comments', leftovers),
  qualityCheck('sub.comments', 'Every exported function has a comment that says what it is for', unexplained),
  qualityCheck('sub.exports', 'Nothing is exported that nobody asks for or imports', unused),
  manualCheck({
    id: 'sub.quality',
    task: 'SUB',
    title: 'Names, structure, presentation',
    points: 6,
    text: (desk) => sourcesOf(desk),
  }),
];

function qualityCheck(
  id: string,
  title: string,
  find: (outlines: readonly ModuleOutline[]) => Finding | undefined,
): Check {
  return {
    id,
    task: 'SUB',
    title,
    asks: 'The source of all modules that were handed in, and of the files that they import.',
    points: 1,
    run: (desk) =>
      forWork(desk, async () => {
        const finding = find(await desk.outlines());
        return finding === undefined ? pass() : fail(finding);
      }),
  };
}

async function forWork(desk: Desk, judge: (desk: Desk) => Promise<Judgement>): Promise<Judgement> {
  const attempts = await desk.share('sub/attempts', () => attemptsOf(desk));
  if (attempts >= enough) return judge(desk);
  const skipped = `Not judged: ${attempts} of the ${questions.length} modules show work on their questions; marks for quality are given from ${enough} on.`;
  return { earned: 0, skipped };
}

async function attemptsOf(desk: Desk): Promise<number> {
  let count = 0;
  for (const [, problems] of questions) {
    for (const problem of problems) {
      if (!(await isAttempt(() => evaluate(desk, problem)))) continue;
      count++;
      break;
    }
  }
  return count;
}

async function judgeLoading(desk: Desk): Promise<Judgement> {
  for (const [module] of questions) {
    try {
      await (await desk.guest()).exports(module);
    } catch (error) {
      // What was not handed in costs the marks of its question.
      if (!(error instanceof ProgramStopped)) throw error;
      if (error.kind === 'missing') continue;
      const places = error.place === undefined ? {} : { places: [error.place] };
      return fail({ says: `${module} does not load: ${error.message}`, ...places });
    }
  }
  return pass();
}

/** As many places as a reader wants to see at once. */
const shown = 8;

function leftovers(outlines: readonly ModuleOutline[]): Finding | undefined {
  const places = outlines.flatMap((outline) => outline.leftovers);
  if (places.length === 0) return undefined;
  const some = places.length === 1 ? 'A comment says' : `${places.length} comments say`;
  return { says: `${some} that something is left to do.`, places: places.slice(0, shown) };
}

function unexplained(outlines: readonly ModuleOutline[]): Finding | undefined {
  const bare = outlines.flatMap((outline) => outline.exports.filter((it) => it.what !== 'value' && !it.documented));
  if (bare.length === 0) return undefined;
  return {
    says: `${bare.length === 1 ? 'This exported function has' : 'These exported functions have'} no comment that explains anything: ${bare
      .map(({ name }) => name)
      .slice(0, shown)
      .join(', ')}.`,
    places: bare.map(({ place }) => place).slice(0, shown),
    hint: 'One sentence above a function is enough: what it is for, shapes and units, what surprises.',
  };
}

function unused(outlines: readonly ModuleOutline[]): Finding | undefined {
  const taken = new Set(
    outlines.flatMap(({ imports }) => imports.flatMap(({ path, names }) => names.map((name) => `${path} ${name}`))),
  );
  const idle = outlines.flatMap(({ path, asked, exports }) =>
    exports.filter(({ name }) => !asked.includes(name) && !taken.has(`${path} ${name}`) && !taken.has(`${path} *`)),
  );
  if (idle.length === 0) return undefined;
  return {
    says: `Nobody asks for or imports these exports: ${idle
      .map(({ name }) => name)
      .slice(0, shown)
      .join(', ')}.`,
    places: idle.map(({ place }) => place).slice(0, shown),
    hint: 'Leave the word export out, or delete what is no longer needed.',
  };
}

function sourcesOf({ submission }: Desk): string {
  const modules = submission.files.filter(({ path }) => /\.([mc]?[jt]s|[jt]sx)$/.test(path));
  return modules.map(({ path, text }) => `// ---- ${path}\n${text}`).join('\n');
}
