/** Options that several commands share, read from text into what the grader takes. */
import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import type { FeedbackLevel } from '../model/grade.ts';
import type { Backend, SandboxLevel } from '../model/guest.ts';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { findNative, requireNative } from '../runtimes/node/native.ts';
import { bestLevel, levelLabel, refuseLevel } from '../sandbox/doctor/levels.ts';
import { UserError } from './exit-codes.ts';

/** The seed of practice and of audits. It is public: grades that count are drawn on others, see gradebook/seed.ts. */
export const practiceSeed = 20_260;

export const seedOption = () =>
  new Option('--seed <n>', 'seed of the probes; equal seeds give equal grades').argParser(wholeNumber);

export const backendOption = () =>
  new Option('--backend <name>', 'what tfjs runs on inside the sandbox')
    .choices(['wasm', 'cpu', 'node'])
    .default('wasm');

export const assignmentsOption = () =>
  new Option('--assignments <folder>', 'a folder with courseworks of your own; may be given several times')
    .default([] as string[], 'none')
    .argParser((folder: string, before: string[]) => [...before, folder]);

export const unsafeOption = () =>
  new Option('--allow-unsafe', 'run although this machine cannot isolate the program; only for code you trust');

export const feedbackOption = () =>
  new Option('--feedback <level>', 'how much the student sees').choices(['score', 'hint', 'full']).default('full');

export const dataOption = () =>
  new Option('--data <folder>', 'folder with the real data sets; everything is gradable without it').env(
    'GRADMARK_DATA',
  );

export const jobsOption = () =>
  new Option('--jobs <n>', 'submissions graded at once')
    .default(availableParallelism(), 'one per core')
    .argParser(wholeNumber);

/** Refuses, in a sentence that says what to do, a backend that this machine does not have. */
export async function assertBackend(backend: Backend): Promise<void> {
  if (backend !== 'node') return;
  await requireNative().catch((error: Error) => {
    throw new UserError(error.message);
  });
}

/** `wasm,cpu,node` as a list; without a text every backend that this machine has. */
export async function chooseBackends(text: string | undefined): Promise<Backend[]> {
  if (text === undefined) return (await findNative()) ? ['wasm', 'cpu', 'node'] : ['wasm', 'cpu'];
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const unknown = names.filter((name) => !['wasm', 'cpu', 'node'].includes(name));
  if (unknown.length > 0)
    throw new UserError(`There is no backend ${unknown.join(', ')}; there are wasm, cpu and node.`);
  const backends = names as Backend[];
  for (const backend of backends) await assertBackend(backend);
  return backends;
}

/** A number from 0 to 100, or what is wrong with it. */
export function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError(`"${text}" is no number from 0 to 100.`);
  }
  return value;
}

/** A whole number ≥ 0, or the sentence commander prints. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('Give a whole number.');
  return value;
}

/** Opens the coursework of this name, shipped or from the given folders. */
export async function openNamed(slug: string, folders: readonly string[]): Promise<Coursework> {
  return openCoursework(assignmentFolder(await listCourseworks(folders), slug));
}

/** The best level of this machine, refused in a sentence when it is too weak for others' code. */
export async function chooseLevel(allowUnsafe: boolean): Promise<SandboxLevel> {
  const level = await bestLevel();
  const refusal = refuseLevel(level, allowUnsafe);
  if (refusal !== undefined) throw new UserError(refusal);
  if (level === 'C' || level === 'D') process.stderr.write(`Sandbox: ${levelLabel(level)}. See "gradmark doctor".\n`);
  return level;
}

export interface CommonOptions {
  seed?: number;
  backend: Backend;
  feedback: FeedbackLevel;
  assignments: string[];
  allowUnsafe?: boolean;
  data?: string;
  full?: boolean;
  jobs: number;
}
