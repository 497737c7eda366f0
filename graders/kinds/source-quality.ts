/** The source of a hand-in as a reader sees it: what is left to do, what nobody explains, and what is exported for nobody. */
import type { Check, CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Finding } from '../model/finding.ts';
import type { ModuleOutline, SourceFile } from '../model/submission.ts';
import { isProgram, withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { notebookText } from '../runtimes/python/language/notebook-text.ts';
import { pythonModuleOf, pythonUnitOf, wholeNotebook, wholeProgram } from '../runtimes/python/language/unit-files.ts';

interface SourceQuality {
  /** What check ids begin with, e.g. `sub`. */
  prefix: string;
  task: string;
  /** Whether the hand-in is enough work to be judged by its form. */
  forWork(context: CheckContext, judge: (context: CheckContext) => Promise<Judgement>): Promise<Judgement>;
}

/** Three checks of one point each. */
export const sourceQualityChecks = ({ prefix, task, forWork }: SourceQuality): Check[] =>
  (
    [
      ['leftovers', 'Nothing is left to do: no TODO or FIXME in the comments', leftovers],
      ['comments', 'Every exported function has a comment that says what it is for', unexplained],
      ['exports', 'Nothing is exported that nobody asks for or imports', unused],
    ] as const
  ).map(([name, title, find]) => ({
    id: `${prefix}.${name}`,
    task,
    title,
    asks: 'The source of all modules that were handed in, and of the files that they import.',
    points: 1,
    run: (context) =>
      forWork(context, async () => {
        const finding = find(await context.outlines());
        return finding === undefined ? pass() : fail(finding);
      }),
  }));

/** The source of every program file of a hand-in, one after the other, for whoever reads it. */
export const sourcesOf = ({ submission }: CheckContext): string => submission.files.flatMap(readable).join('\n');

/** The source of one unit; of a notebook, which stands for all of them, all of its cells. */
export const sourceOf =
  (unit: string) =>
  ({ submission: { files } }: CheckContext): string | undefined => {
    const isOwn = ({ path }: SourceFile) => withoutProgramEnding(path) === unit || path === pythonModuleOf(unit);
    const own = files.find(isOwn) ?? files.find(({ path }) => path === wholeNotebook || path === wholeProgram);
    return own && (own.path === wholeNotebook ? notebookText(own.text) : own.text);
  };

function readable({ path, text }: SourceFile): string[] {
  if (isProgram(path)) return [`// ---- ${path}\n${text}`];
  if (pythonUnitOf(path) !== undefined) return [`# ---- ${path}\n${text}`];
  return path.endsWith('.ipynb') ? [`# ---- ${path}\n${notebookText(text)}`] : [];
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
