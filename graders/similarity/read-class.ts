/** Reads the programs of a class without running them: each in the inspector, which ends what takes too long. */
import type { Assignment } from '../model/assignment.ts';
import type { SourceFile } from '../model/submission.ts';
import type { HandedIn } from '../intake/receive.ts';
import type { Inspector } from '../runtimes/node/inspect/inspector.ts';
import type { ProgramShape } from '../runtimes/node/inspect/inspection.ts';
import { isProgram, withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { ProgramStopped } from '../stopped.ts';
import type { ComparedModule, LeftOut, Program } from './program.ts';

/** A class may be as large as it likes, one submission may not: ten times the nodes of the longest model solution. */
const [mostModules, mostNodes] = [60, 30_000];

/** What one person handed in and what counts of it, not read yet. */
export type Handed = Pick<HandedIn, 'id' | 'read'>;

/** The programs of everybody who handed in, as they count, and what could not be compared. */
export async function readClass(
  handedIn: readonly Handed[],
  { given = [] }: Pick<Assignment, 'given'>,
  inspector: Inspector,
): Promise<{ programs: Program[]; leftOut: LeftOut[] }> {
  const isGiven = new Set(given.map(withoutProgramEnding));
  const [programs, leftOut]: [Program[], LeftOut[]] = [[], []];
  for (const { id, read } of handedIn) {
    const submission = await read();
    if ('refused' in submission) {
      leftOut.push({ id, why: submission.refused });
      continue;
    }
    if (submission.language !== undefined) {
      leftOut.push({ id, why: `is written in another language (${submission.language}), which is not compared` });
      continue;
    }
    const own = submission.files.filter(({ path }) => isProgram(path) && !isGiven.has(withoutProgramEnding(path)));
    if (own.length > mostModules)
      leftOut.push({ id, why: `has ${own.length} modules: the first ${mostModules} are compared` });
    const { modules, unread } = await readModules(own.slice(0, mostModules), inspector);
    leftOut.push(...unread.map((why) => ({ id, why })));
    programs.push({ id, modules });
  }
  return { programs, leftOut };
}

/** The modules that could be read, and a sentence for each that could not. What they cost is on one account. */
export async function readModules(
  files: readonly SourceFile[],
  inspector: Inspector,
): Promise<{ modules: ComparedModule[]; unread: string[] }> {
  const account = { cpuMs: 0 };
  const [modules, unread]: [ComparedModule[], string[]] = [[], []];
  let nodes = 0;
  for (const file of files) {
    const shape = await shapeOf(file, inspector, account);
    if (typeof shape === 'string') {
      unread.push(shape);
      continue;
    }
    nodes += shape.tokens.length / 2;
    if (nodes > mostNodes) unread.push(`${file.path} and what follows is too long: ${mostNodes} nodes are compared`);
    if (nodes > mostNodes) break;
    modules.push({ path: file.handedInAs ?? file.path, lines: file.text.split('\n'), shape });
  }
  return { modules, unread };
}

async function shapeOf(
  file: SourceFile,
  inspector: Inspector,
  account: { cpuMs: number },
): Promise<ProgramShape | string> {
  const asked = { files: [file], module: file.path, policy: 'free', imports: [], given: [], shapeOnly: true } as const;
  try {
    const { shape, syntax } = await inspector.inspect(asked, account);
    return shape ?? `${file.path} is no program: ${syntax?.message ?? 'it cannot be read'}`;
  } catch (error) {
    if (error instanceof ProgramStopped) return error.message;
    throw error;
  }
}
