/** Starts a student's process at a level of containment, and ends it with everything it started. */
import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Limits } from '../../model/assignment.ts';
import type { Backend, Precision, SandboxLevel } from '../../model/guest.ts';
import { findTools } from '../contain/host-tools.ts';
import { levelCommand, type LevelCommand } from '../contain/level-command.ts';
import { programGroup } from '../contain/group-limits.ts';
import { OUTPUT_CAP_BYTES } from '../contain/limits.ts';
import { ownGroup } from '../contain/own-group.ts';
import { takeOwnUser } from '../contain/own-user.ts';
import type { Copies } from './copies.ts';
import { collectOutput } from './output.ts';
import type { StagedGuest, StagedRuntime } from '../stage/stage.ts';
import { unwatchable, watchTree, type Waits } from '../contain/watchdog.ts';
import type { Ended, Start } from './start.ts';
import { startHere } from './start-here.ts';

export interface Stop {
  /** `lost`: what had started it ended, and it with that; the program has no part in it. */
  why: 'exit' | 'timeout' | 'memory' | 'output' | 'killed' | 'lost';
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
  /** How long its threads were ready to run and had no processor, so far; undefined where it cannot be known. */
  waits(): Waits | undefined;
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
  /** Who starts it, where that is not this process. */
  startedBy?: Start | undefined;
  /** Where it is copied, if it can be, instead of being started. */
  copies?: Copies | undefined;
}

/** How long after the end we wait for the last holder of stdout to vanish. */
const LINGER_MS = 1000;

/** Starts the guest; rejects with an Error of ours when the sandbox itself cannot be started. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { runtime, level, limits, precision, backend } = options;
  const process = runtime.processFor({ backend, precision });
  const command = levelCommand(level, { guest: runtime, process, limits, tools: findTools() });
  const missing = 'missing' in command ? command.missing : unwatchable();
  if ('missing' in command || missing !== undefined)
    throw new Error(`Sandbox level ${level} is not available: ${missing}.`);
  return launchCommand(command, runtime, limits, options);
}

/** Starts a command line that levelCommand made. The kernel ends the sandbox with the thread that started it. */
export async function launchCommand(
  command: LevelCommand,
  runtime: StagedGuest,
  limits: Limits,
  { startedBy: start = startHere, copies }: Pick<LaunchOptions, 'startedBy' | 'copies'> = {},
): Promise<Launched> {
  const copy = await copies?.take(command, runtime.dir);
  const user = copy === undefined && process.geteuid?.() === 0 ? await takeOwnUser() : undefined;
  const { SystemRoot } = process.env;
  const started =
    copy ??
    (await start({
      file: command.file,
      args: command.args,
      // Windows cannot start a program without it; elsewhere the environment is empty.
      env: { ...command.env, ...(SystemRoot !== undefined && { SystemRoot }) },
      cwd: runtime.dir,
      detached: command.tied,
      ...(command.filter && runtime.filter && { filter: runtime.filter }),
      ...(user && { user: user.id }),
    }));
  if ('failed' in started) {
    user?.release();
    throw new Error(`The sandbox could not be started: ${started.failed}`);
  }
  const { pid, stdout, stderr, channel } = started;
  // Writing to a guest that has died is no news: `stopped` says it.
  channel.on('error', () => undefined);

  let decided: Pick<Stop, 'why' | 'detail'> | undefined;
  let gone = false;
  let ranOut = false;
  /** Of a process that is gone the kernel tells nothing. */
  let waits: Waits | undefined;
  const kill: Launched['kill'] = (why, detail) => {
    if (gone || decided) return;
    decided = { why, detail };
    ranOut = runsOut(why);
    if (why === 'memory' || why === 'output') waits = watch.waits();
    started.kill();
  };
  const flooded = () => kill('output', `printed more than ${OUTPUT_CAP_BYTES / 1e6} MB`);
  const printed = collectOutput([stdout, stderr], flooded, command.outOfMemory);
  const { besidesMb = 0 } = command;
  // Not how much it was, nor whether the runtime or we noticed first: the same program gets the same words each time.
  const tooLarge = `used more memory than the limit of ${limits.memoryMb} MB`;
  const watch = watchTree(pid, limits.memoryMb + besidesMb, () => kill('memory', tooLarge));
  const group = programGroup(ownGroup(), pid, limits.memoryMb + besidesMb);
  const stopped = started.ended.then(async (ended) => {
    gone = true;
    watch.end();
    if (group?.ranOutOfMemory() === true) decided ??= { why: 'memory', detail: tooLarge };
    group?.end();
    await Promise.race([printed.closed, delay(LINGER_MS)]);
    user?.release();
    // What was sent before the end may still be read for a while.
    delay(LINGER_MS).then(() => channel.destroy());
    const stop = describeStop(ended, decided, printed.text(), command.outOfMemory?.printed, tooLarge);
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
    waits: () => waits ?? watch.waits(),
    rest: watch.rest,
    wake: watch.wake,
    stopped,
    kill,
  };
}

/** Where a process is ended by a limit on what it uses, how far it has come differs from run to run. */
const runsOut = (why: Stop['why']): boolean => why === 'timeout' || why === 'memory';

/** execa lets unread streams run dry one turn after the start; a listener for those turns keeps early bytes for the session. */
async function keptUnread(channel: Duplex): Promise<void> {
  const hold = () => undefined;
  channel.on('readable', hold);
  await setImmediate();
  await setImmediate();
  channel.off('readable', hold);
}

function describeStop(
  ended: Ended,
  decided: Pick<Stop, 'why' | 'detail'> | undefined,
  output: string,
  printedThen: string | undefined,
  tooLarge: string,
): Stop {
  if (decided) return { ...decided, code: null, signal: 'SIGKILL' };
  if (ended === 'lost')
    return { why: 'lost', code: null, signal: null, detail: 'ended with the process that had started it' };
  const [code, signal] = ended;
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
