/** One's own work, opened to be checked as often as it changes: for `check` on a student's machine and `ci` on a runner. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nearest } from '../assignment/did-you-mean.ts';
import type { BatchEvent, BatchOptions } from '../batch/options.ts';
import { withFullLimits } from '../batch/options.ts';
import type { Coursework } from '../coursework.ts';
import { gradeBatch } from '../grade.ts';
import { createGuestFactory } from '../guest-factory.ts';
import { listOf } from '../intake/list-of.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Grade, Results, TaskGrade } from '../model/grade.ts';
import type { SandboxLevel, StatedContainment } from '../model/guest.ts';
import { ownFolder } from '../kit/kit-files.ts';
import type { Kept } from '../kept-practice.ts';
import { keptPractice } from '../kept-practice.ts';
import { isLeftToCourse } from '../practice/practice-checks.ts';
import { chooseCoursework } from './choose-coursework.ts';
import { UserError } from './exit-codes.ts';
import type { CommonOptions } from './options.ts';
import { practiceSeed } from './options.ts';
import { assertBackend } from './open-named.ts';
import { graderVersion } from './version.ts';

export interface OwnWorkOptions extends CommonOptions {
  assignment?: string;
  /** With the practice pack although the keys are here. */
  practice?: boolean;
  task?: string;
  secretFile?: string;
  round?: string;
  ownRound?: boolean;
  containedBy?: StatedContainment;
}

interface OwnWork {
  coursework: Coursework;
  /** Reads the work anew and asks it everything. */
  check(onEvent?: (event: BatchEvent) => void): Promise<Results>;
  /** Makes ready what the next check will need, for when there will be one and nobody waits. */
  prepare(): void;
  close(): Promise<void>;
}

/** The coursework that the folder or archive is work for, with the tasks that are asked proven to be there. */
export async function chooseOwn(path: string, options: OwnWorkOptions): Promise<Coursework> {
  if (!existsSync(path)) throw new UserError(`${path} does not exist.`);
  // The kit of a lecturer's coursework holds what it is checked with.
  const kit = join(path, ownFolder);
  const assignments = [...options.assignments, ...(existsSync(kit) ? [kit] : [])];
  const chosen = await chooseCoursework(path, { ...options, assignments });
  const { assignment } = chosen;
  assertNamed(
    'task',
    askedTasks(options, chosen) ?? [],
    assignment.tasks.map(({ id }) => id),
    assignment,
  );
  return chosen;
}

/** The tasks that are asked; undefined where all are. What names a check asks for its task. */
export const askedTasks = (
  { task }: Pick<OwnWorkOptions, 'task'>,
  { checks }: Pick<Coursework, 'checks'>,
): string[] | undefined =>
  task?.split(',').map((id) => checks.find((check) => check.id === id.trim())?.task ?? id.trim());

/** The folder or archive as a batch of one, with the tasks that are asked. */
export async function ownBatch(path: string, options: OwnWorkOptions, level: SandboxLevel): Promise<BatchOptions> {
  const chosen = await chooseOwn(path, options);
  await assertBackend(options.backend);
  return {
    coursework: options.full === true ? withFullLimits(chosen) : chosen,
    paths: [path],
    // A secret is said to be one: nothing else takes the place of the seed.
    ...(options.secretFile === undefined
      ? { seed: options.seed }
      : { secretFile: options.secretFile, round: options.round, ownRound: options.ownRound }),
    backend: options.backend,
    level,
    python: options.python,
    containedBy: options.containedBy,
    feedback: options.feedback,
    graderVersion: graderVersion(),
    jobs: 1,
    full: options.full === true,
    ...(options.data !== undefined && { dataFolder: resolve(options.data) }),
    only: askedTasks(options, chosen),
    now: () => new Date(),
    clock: () => performance.now(),
  };
}

/**
 * Opens the folder or archive for as many checks as are asked; what does not change with its files is made once. It is judged in
 * this thread: one's own work, at one's own keyboard, where a thread of its own would cost a tenth of a check.
 */
export async function openOwnWork(path: string, options: OwnWorkOptions, level: SandboxLevel): Promise<OwnWork> {
  const batch = await ownBatch(path, options, level);
  const factory = await createGuestFactory(batch);
  const lasting = { factory, shared: new Map<string, unknown>(), kept: keptFor(batch) };
  return {
    coursework: batch.coursework,
    check: (onEvent) => gradeBatch(batch, onEvent, lasting),
    prepare: () => factory.prepare(),
    close: () => factory.close(),
  };
}

/**
 * Only of the draws that everybody practises with, so that what lies there has an end; a pack's probes stand in the pack, and what
 * follows from a secret is kept nowhere.
 */
const keptFor = ({ seed, coursework: { assignment, isPractice } }: BatchOptions): Kept | undefined =>
  seed === practiceSeed && isPractice !== true ? keptPractice(assignment.slug, seed) : undefined;

/** Whether nothing that earns marks went wrong; a task without marks never fails a run, nor does what only the course checks. */
export const allPassed = ({ refused, tasks }: Grade): boolean =>
  refused === undefined &&
  tasks.every((task) => task.max === 0 || ['pass', 'manual'].includes(task.status) || isRightHere(task));

const isRightHere = ({ checks }: TaskGrade): boolean =>
  checks.length > 0 &&
  checks.every(({ outcome, because }) => ['pass', 'manual'].includes(outcome) || isLeftToCourse(because));

/** Throws a sentence that suggests what was meant, where a name is not among those known. */
export function assertNamed(
  what: string,
  asked: readonly string[],
  known: readonly string[],
  { slug }: Pick<Assignment, 'slug'>,
): void {
  for (const name of asked.filter((one) => !known.includes(one))) {
    const near = nearest(name, known);
    const meant = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new UserError(`${slug} has no ${what} ${name}; it has ${listOf(known, 40)}.${meant}`);
  }
}
