/** Starts a student's process at a level of containment, and ends it with everything it started. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import { execa, type Options } from 'execa';
import type { Limits } from '../../model/assignment.ts';
import type { Backend, Precision, SandboxLevel } from '../../model/guest.ts';
import { leakedDescriptors } from '../contain/descriptors.ts';
import { findTools } from '../contain/host-tools.ts';
import { FILTER_FD, levelCommand, type LevelCommand } from '../contain/level-command.ts';
import { programGroup } from '../contain/group-limits.ts';
import { OUTPUT_CAP_BYTES } from '../contain/limits.ts';
import { ownGroup } from '../contain/own-group.ts';
import { takeOwnUser, type OwnUser } from '../contain/own-user.ts';
import { collectOutput } from './output.ts';
import type { StagedGuest, StagedRuntime } from '../stage/stage.ts';
import { processTree, watchTree } from '../contain/watchdog.ts';

export interface Stop {
  why: 'exit' | 'timeout' | 'memory' | 'output' | 'killed';
  /** Exit code of the student's process, where it had one. */
  code: number | null;
  signal: string | null;
  /** One sentence. */
  detail: string;
}

export interface Launched {
  pid: number;
  /** The guest's descriptor 3, to be listened to while it lives. Read it with care: whatever arrives is the student's claim. */
  channel: Duplex;
  /**
   * The beginning of what was printed on stdout, then of what was printed on stderr. Of a process that used up its time or
   * memory, only what it had printed before it was asked for the last time.
   */
  output(): string;
  /** To be called before the process is asked for something, once everything it has printed could be read. */
  settleOutput(): void;
  /** Processor time used so far, a few hundredths of a second late; 0 where it cannot be known. */
  cpuMs(): number;
  /** How long it was ready to run and had no processor, so far; undefined where it cannot be known. */
  waitedMs(): number | undefined;
  /** Its memory and time are not looked at until it is woken: for a process in which nobody's program is yet. */
  rest(): void;
  wake(): void;
  /** Resolves once nothing of the process is left; never rejects. */
  stopped: Promise<Stop>;
  /** Ends the process with everything it started; without effect when it has stopped already. */
  kill(why: Stop['why'], detail: string): void;
}

export interface LaunchOptions {
  runtime: StagedRuntime;
  level: SandboxLevel;
  limits: Limits;
  precision: Precision;
  backend: Backend;
}

/** Above this, an inherited descriptor would need an absurdly long list to be covered. */
const HIGHEST_COVERED_FD = 4096;
/** How long after the end we wait for the last holder of stdout to vanish. */
const LINGER_MS = 1000;

/** Starts the guest; rejects with an Error of ours when the sandbox itself cannot be started. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { runtime, level, limits, precision, backend } = options;
  const process = runtime.processFor({ backend, precision });
  const command = levelCommand(level, { guest: runtime, process, limits, tools: findTools() });
  if ('missing' in command) throw new Error(`Sandbox level ${level} is not available: ${command.missing}.`);
  return launchCommand(command, runtime, limits);
}

/** Starts a command line that levelCommand made. */
export async function launchCommand(command: LevelCommand, runtime: StagedGuest, limits: Limits): Promise<Launched> {
  // The kernel ends the sandbox with the thread that made it, not with the process.
  if (!isMainThread) throw new Error('A sandbox can be started from the main thread only.');
  const user = process.geteuid?.() === 0 ? await takeOwnUser() : undefined;
  const { child, result } = start(command, runtime, user);
  const { pid, stdout, stderr } = child;
  const channel = child.stdio?.[3] as Duplex | undefined;
  if (pid === undefined || !stdout || !stderr || !channel) {
    const { originalMessage = command.file } = (await result) as { originalMessage?: string };
    user?.release();
    throw new Error(`The sandbox could not be started: ${originalMessage}`);
  }
  // Writing to a guest that has died is no news: `stopped` says it.
  channel.on('error', () => undefined);

  let decided: Pick<Stop, 'why' | 'detail'> | undefined;
  let gone = false;
  let ranOut = false;
  const kill: Launched['kill'] = (why, detail) => {
    if (gone || decided) return;
    decided = { why, detail };
    ranOut = runsOut(why);
    killTree(pid);
  };
  const flooded = () => kill('output', `printed more than ${OUTPUT_CAP_BYTES / 1e6} MB`);
  const printed = collectOutput([stdout, stderr], flooded, command.outOfMemory);
  const { besidesMb = 0 } = command;
  // Not how much it was, nor whether the runtime or we noticed first: the same program gets the same words each time.
  const tooLarge = `used more memory than the limit of ${limits.memoryMb} MB`;
  const watch = watchTree(pid, limits.memoryMb + besidesMb, () => kill('memory', tooLarge));
  const group = programGroup(ownGroup(), pid, limits.memoryMb + besidesMb);
  const stopped = once(child, 'exit').then(async ([code, signal]) => {
    gone = true;
    watch.end();
    if (group?.ranOutOfMemory() === true) decided ??= { why: 'memory', detail: tooLarge };
    group?.end();
    await Promise.race([printed.closed, delay(LINGER_MS)]);
    user?.release();
    // What was sent before the end may still be read for a while.
    delay(LINGER_MS).then(() => channel.destroy());
    const stop = describeStop(code, signal, decided, printed.text(), command.outOfMemory?.printed, tooLarge);
    ranOut ||= runsOut(stop.why);
    return stop;
  });
  await keptUnread(channel);
  const output = () => (ranOut ? printed.settledText() : printed.text());
  return {
    pid,
    channel,
    output,
    settleOutput: printed.settle,
    cpuMs: watch.cpuMs,
    waitedMs: watch.waitedMs,
    rest: watch.rest,
    wake: watch.wake,
    stopped,
    kill,
  };
}

/** Where a process is ended by a limit on what it uses, how far it has come differs from run to run. */
const runsOut = (why: Stop['why']): boolean => why === 'timeout' || why === 'memory';

/** Starts the command. Wrapped in an object, because execa's subprocess is a promise of its own end that `await` would wait for. */
function start(
  command: LevelCommand,
  runtime: StagedGuest,
  user: OwnUser | undefined,
): { child: ChildProcess; result: Promise<object> } {
  const opened: number[] = [];
  const open = (path: string) => {
    const fd = openSync(path, 'r');
    opened.push(fd);
    return fd;
  };
  try {
    const stdio: unknown[] = ['ignore', 'pipe', 'pipe', 'pipe'];
    if (command.filter && runtime.filter) stdio[FILTER_FD] = open(runtime.filter);
    coverLeaks(stdio, () => open('/dev/null'));
    const subprocess = execa(command.file, command.args, {
      stdio: stdio as unknown as Options['stdio'],
      buffer: false,
      reject: false,
      extendEnv: false,
      // Windows cannot start a program without it; elsewhere the environment is empty.
      env: { ...command.env, ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}) },
      cwd: runtime.dir,
      // Ctrl-C goes to a whole process group: it is for the grader to decide what happens then, and no student's crash.
      detached: command.tied,
      cleanup: true,
      ...(user && { uid: user.id, gid: user.id }),
    });
    return { child: subprocess as unknown as ChildProcess, result: subprocess };
  } finally {
    // The child has its own copies.
    for (const fd of opened) closeSync(fd);
  }
}

/** Puts /dev/null over every descriptor that the child would otherwise inherit. */
function coverLeaks(stdio: unknown[], openNull: () => number): void {
  let nothing: number | undefined;
  for (const fd of leakedDescriptors()) {
    if (fd > HIGHEST_COVERED_FD)
      throw new Error(`File descriptor ${fd} would leak into the sandbox; start gradmark without it.`);
    stdio[fd] ??= nothing ??= openNull();
  }
  for (let fd = 0; fd < stdio.length; fd++) stdio[fd] ??= 'ignore';
}

/**
 * SIGKILL for the process, upon which the kernel ends its namespaces, and for each descendant where there are none. First for its
 * process group at one stroke: what it has just forked is not tied to it yet, and nobody's descendant once it is gone.
 */
function killTree(root: number): void {
  for (const pid of [-root, ...processTree(root)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone with its parent, or no group of its own
    }
  }
}

/** execa lets unread streams run dry one turn after the start; a listener for those turns keeps early bytes for the session. */
async function keptUnread(channel: Duplex): Promise<void> {
  const hold = () => undefined;
  channel.on('readable', hold);
  await setImmediate();
  await setImmediate();
  channel.off('readable', hold);
}

function describeStop(
  code: number | null,
  signal: string | null,
  decided: Pick<Stop, 'why' | 'detail'> | undefined,
  output: string,
  printedThen: string | undefined,
  tooLarge: string,
): Stop {
  if (decided) return { ...decided, code: null, signal: 'SIGKILL' };
  // bwrap and unshare report the death of the process inside as 128 + signal.
  const inner = code !== null && code > 128 ? signalName(code - 128) : undefined;
  if (printedThen !== undefined && output.includes(printedThen) && (inner ?? signal))
    return { why: 'memory', code: null, signal: inner ?? signal, detail: tooLarge };
  if (inner) return { why: 'exit', code: null, signal: inner, detail: `was ended by ${inner}` };
  if (signal) return { why: 'exit', code: null, signal, detail: `was ended by ${signal}` };
  return { why: 'exit', code, signal: null, detail: `exited with code ${code}` };
}

function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
