/** The command line: the only file, with its folder cli/, that sees every room; nothing imports it. */
import { Command, CommanderError } from 'commander';
import { addAdjust } from './cli/adjust.ts';
import { addAudit } from './cli/audit.ts';
import { addGrade } from './cli/grade.ts';
import { addCheck } from './cli/check.ts';
import { addCi } from './cli/ci.ts';
import { addData } from './cli/data.ts';
import { addDoctor } from './cli/doctor.ts';
import { addTasks } from './cli/tasks.ts';
import { addExport } from './cli/export.ts';
import { addMark } from './cli/mark.ts';
import { addForget } from './cli/forget.ts';
import { addHold } from './cli/hold.ts';
import { addNew } from './cli/new.ts';
import { addMarks } from './cli/marks.ts';
import { addPackPractice } from './cli/pack-practice.ts';
import { addPublish } from './cli/publish.ts';
import { addQueue } from './cli/queue.ts';
import { addPython } from './cli/python.ts';
import { addPackage } from './cli/package.ts';
import { addRegrade } from './cli/regrade.ts';
import { addReplay } from './cli/replay.ts';
import { addReport } from './cli/report.ts';
import { addRequests } from './cli/requests.ts';
import { addSimilarity } from './cli/similarity.ts';
import { addStart } from './cli/start.ts';
import { addWork } from './cli/work.ts';
import { unreadable } from './cli/argument-bytes.ts';
import type { Finish } from './cli/exit-codes.ts';
import { exitCodes, UserError } from './cli/exit-codes.ts';
import { goOnUnheard } from './cli/unheard.ts';
import { graderVersion } from './cli/version.ts';

/** Runs one command and returns its exit code. Throws nothing: what goes wrong is said on stderr. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = exitCodes.done;
  goOnUnheard();
  if (!isSomewhere()) {
    process.stderr.write('gradmark: the folder that this was started in is gone: go to one that is there.\n');
    return exitCodes.usage;
  }
  const [lost] = unreadable(args);
  if (lost !== undefined) {
    process.stderr.write(
      `gradmark: ${lost} is no UTF-8, and what it names cannot be found by it: rename that, or name the folder that it lies in.\n`,
    );
    return exitCodes.usage;
  }
  const program = commandLine((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    return failure(error);
  }
  return code;
}

/** All commands; each hands its exit code to `finish`. */
export function commandLine(finish: Finish): Command {
  const program = new Command('gradmark')
    .description('An automatic grader for deep-learning coursework.')
    .version(graderVersion())
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for the options)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  gradmark tasks                                              what there is to grade
  gradmark grade boston-init-mnist-grads class/ --out out     grade a folder of submissions
  gradmark start boston-init-mnist-grads                      begin a coursework
  gradmark check my-work/                                     check your own work
  gradmark doctor                                             what this machine can do, and how to mend it

Exit codes: 0 graded (check, ci: all passed), 1 something failed (check, ci) or differs (replay),
2 usage or bad input, 3 the grader's own trouble, 130 interrupted.`,
    );
  for (const add of [
    addStart,
    addGrade,
    addCheck,
    addCi,
    addPackage,
    addMark,
    addMarks,
    addAdjust,
    addHold,
    addPublish,
    addRegrade,
    addReplay,
    addRequests,
    addReport,
    addExport,
    addForget,
    addSimilarity,
    addQueue,
    addWork,
    addTasks,
    addNew,
    addAudit,
    addPackPractice,
    addData,
    addPython,
    addDoctor,
  ])
    add(program, finish);
  return program;
}

/** A folder can be deleted while somebody is in it; then no path has a meaning. */
function isSomewhere(): boolean {
  try {
    return process.cwd() !== '';
  } catch {
    return false;
  }
}

/** A stack is for us; a person who typed something wrong gets a sentence. */
function failure(error: unknown): number {
  if (isForStaff(error)) {
    process.stderr.write('gradmark: this command is for staff: it needs the package gradmark-keys beside gradmark.\n');
    return exitCodes.usage;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (
    error instanceof UserError ||
    (error instanceof Error &&
      [
        'AssignmentError',
        'Conflict',
        'CourseError',
        'CourseworkError',
        'GradebookError',
        'IntakeError',
        'NoFile',
        'PracticeError',
        'QueueError',
        'SealError',
        'SecretError',
      ].includes(error.name))
  ) {
    process.stderr.write(`gradmark: ${error.message}\n`);
    return exitCodes.usage;
  }
  if (error instanceof Error && ['NothingStarts', 'UnusableFolder', 'WriteError'].includes(error.name)) {
    process.stderr.write(`gradmark: ${error.message}\n`);
    return exitCodes.ours;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`gradmark: something of our own broke; no grade was changed.\n${detail}\n`);
  return exitCodes.ours;
}

/** The package for students has no module behind the commands that need keys. */
const isForStaff = (error: unknown): boolean =>
  error instanceof Error &&
  ['ERR_MODULE_NOT_FOUND', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '') &&
  /\/run-[a-z-]+\.m?js'/.test(error.message);
