/** Options that several commands share, read from text into what the grader takes. Imports nothing heavy: --help asks for these, too. */
import { statSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import type { FeedbackLevel } from '../model/grade.ts';
import type { Backend } from '../model/guest.ts';

/** The seed of practice and of audits. It is public: grades that count are drawn on others, see gradebook/round.ts. */
export const practiceSeed = 20_260;

export const seedOption = () =>
  new Option('--seed <n>', 'seed of the probes instead of a secret: for tests, and to repeat something').argParser(
    wholeNumber,
  );

export const secretFileOption = () =>
  new Option(
    '--secret-file <path>',
    'a file with the secret that the probes follow from; default: the one that <dir> keeps',
  );

export const roundOption = () =>
  new Option(
    '--round <name>',
    'other probes for another name, from the same secret; default: the first of <dir>, or "1"',
  ).argParser(roundName);

export const ownRoundOption = () =>
  new Option(
    '--own-round',
    'other probes for each work, which follow from what it holds: for systems on which one hands in again and sees what was asked',
  ).conflicts('round');

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

export const containedByOption = () =>
  new Option(
    '--contained-by <what>',
    'grade one submission although this machine cannot isolate it, because the container that gradmark runs in is the wall around it; every report says that you stated so (docs/containers.md)',
  )
    .choices(['container'])
    .conflicts('allowUnsafe');

export const feedbackOption = () =>
  new Option('--feedback <level>', 'how much the student sees').choices(['score', 'hint', 'full']).default('full');

export const dataOption = () =>
  new Option('--data <folder>', 'folder with the real data sets; everything is gradable without it')
    .env('GRADMARK_DATA')
    .argParser(folderThere);

/** Without the sets checks are easier to pass: a folder that was mistyped is not taken for one without them. */
function folderThere(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new InvalidArgumentError('There is no such folder.');
  return path;
}

export const pythonOption = () =>
  new Option(
    '--python <path>',
    'the interpreter, or virtual environment, that runs programs in Python; default: python3 on PATH',
  ).env('GRADMARK_PYTHON');

export const jobsOption = () =>
  new Option(
    '--jobs <n>',
    'submissions graded at once; default: one per core, as far as the free memory goes',
  ).argParser(atLeastOne);

/** A number from 0 to 100, or what is wrong with it. */
export function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError(`"${text}" is no number from 0 to 100.`);
  }
  return value;
}

/** Numbers from 0 to 100, separated by commas, in their order. */
export const percentages = (text: string): number[] =>
  text
    .split(',')
    .map(percentage)
    .sort((a, b) => a - b);

/** A short name on one line, or the sentence commander prints. */
function roundName(text: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._:+-]{0,39}$/u.test(text)) {
    throw new InvalidArgumentError('Give up to 40 letters, digits, spaces and . _ : + -');
  }
  return text.normalize('NFC');
}

/** A whole number ≥ 0, or the sentence commander prints. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('Give a whole number.');
  return value;
}

/** A whole number of things of which there has to be one. */
export function atLeastOne(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('Give a whole number from 1 on.');
  return value;
}

export interface CommonOptions {
  seed?: number;
  backend: Backend;
  feedback: FeedbackLevel;
  assignments: string[];
  allowUnsafe?: boolean;
  data?: string;
  full?: boolean;
  jobs?: number;
  python?: string;
}
