/**
 * A clock that is fair on a busy machine and to neighbours. A student's limit is meant as the time their program takes: it is
 * charged what it computes and what it sleeps, and not what it waits for a processor, or for the grader to read its answer.
 */
import type { Launched } from './launch.ts';

/** Wall time never exceeds this many times the limit, however long a program is kept waiting for a processor, as the kernel tells. */
const patience = 20;
/** The same where the kernel does not tell. */
const blindPatience = 4;
/** Time in which a program neither computed nor waited for a processor is charged by half at least: the grader may have been
 * what it waited for, or it slept. So nobody sleeps longer than twice their limit. */
const mostlyAsleep = 2;
/** A program that got less than this share of a core was kept waiting, as far as can be told without the kernel's word. */
const starved = 0.7;
/** It looks this often. A grader that comes to it later than once more was stopped, or the machine was: meanwhile it heard no answer. */
const lookMs = 1000;
/** Shorter calls are charged their wall time: to look for what they waited would cost more. */
const worthLookingMs = 50;

interface Clock {
  /** What the call is charged: wall time, or less when the program was kept waiting. */
  chargedMs(): number;
  stop(): void;
}

type Timed = Pick<Launched, 'cpuMs' | 'waitedMs' | 'kill'>;

/** Starts the limit of one call; when it is over the process is killed with this sentence. */
export function startClock(launched: Timed, limitMs: number, overtime: string): Clock {
  const startedAt = performance.now();
  const cpuBefore = launched.cpuMs();
  const hostBefore = performance.eventLoopUtilization();
  let waited: { before: number | undefined } | undefined;
  let stopped = false;
  /** What was charged when the limit was over: of a process that is gone the kernel tells nothing any more. */
  let atEnd: number | undefined;
  let timer: NodeJS.Timeout;
  let due = startedAt;
  /** How long the grader itself stood still. */
  let stoodMs = 0;

  const lateMs = (): number => {
    const late = performance.now() - due;
    return late > lookMs ? late : 0;
  };
  const wallMs = () => performance.now() - startedAt - stoodMs - lateMs();
  const chargedNow = (): number => {
    const wall = wallMs();
    const cpu = launched.cpuMs() - cpuBefore;
    if (waited === undefined) return wall;
    const now = launched.waitedMs();
    if (waited.before === undefined || now === undefined) {
      // A clock of the processor that stands still tells nothing: then wall time counts.
      const told = launched.cpuMs() > 0 ? Math.min(wall, Math.max(cpu / starved, wall / mostlyAsleep)) : wall;
      // Of a process that is gone nothing is told any more; had its time been over, it would have been ended for that.
      return waited.before === undefined ? told : Math.min(limitMs, told);
    }
    const served = wall - Math.min(wall, Math.max(0, now - waited.before));
    const graderBusy = performance.eventLoopUtilization(hostBefore).active;
    return Math.min(wall, Math.max(cpu, served - graderBusy, served / mostlyAsleep));
  };
  const look = (): void => {
    if (stopped) return;
    stoodMs += lateMs();
    due = performance.now();
    const longest = waited?.before === undefined ? blindPatience : patience;
    const charged = chargedNow();
    const left = Math.min(limitMs - charged, longest * limitMs - wallMs());
    if (left > 0) return wait(left + 10);
    atEnd = charged;
    launched.kill('timeout', overtime);
  };
  const wait = (ms: number): void => {
    const next = Math.min(ms, lookMs);
    due = performance.now() + next;
    // Timers come before what has arrived meanwhile: an answer that is there is read first.
    timer = setTimeout(() => setImmediate(look), next);
  };
  const begin = setTimeout(
    () => {
      waited = { before: launched.waitedMs() };
    },
    Math.min(worthLookingMs, limitMs / 2),
  );
  wait(limitMs);
  return {
    chargedMs: () => atEnd ?? chargedNow(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(begin);
    },
  };
}
