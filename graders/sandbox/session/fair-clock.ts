/**
 * A clock that is fair on a busy machine and to neighbours. A student's limit is meant as the time their program takes: it is
 * charged what it computes and what it sleeps, and not what it waits for a processor, or for the grader to read its answer.
 */
import type { Waits } from '../contain/watchdog.ts';
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
/** Less than this is charged as wall time until more has come together, of several calls: each look costs as much as a short call. */
const worthLookingMs = 50;
/** Threads of one program that wait keep each other waiting. So many times what the one waited that waited longest is believed. */
const believed = 2;

interface Clock {
  /** What the call is charged: wall time, or less when the program was kept waiting; less than nothing where earlier calls were charged too much. */
  chargedMs(): number;
  stop(): void;
}

type Timed = Pick<Launched, 'cpuMs' | 'waits' | 'kill'>;

/** What is known of a process at one moment. */
interface Look {
  cpuMs: number;
  waits: Waits | undefined;
}

interface Meter {
  /** Whether the kernel told when somebody last looked. */
  readonly told: boolean;
  /** What is due for so much more wall time, during some of which the grader was busy itself. */
  due(wallMs: number, graderMs: number): number;
}

/**
 * Of one process, whose calls come one after the other. What it waited is found for the time since the last look alone, so that
 * nobody saves it up to sleep for it.
 */
function openMeter(launched: Timed): Meter {
  const look = (): Look => ({ cpuMs: launched.cpuMs(), waits: launched.waits() });
  let before = look();
  /** Since then. */
  let [wallMs, graderMs, chargedMs] = [0, 0, 0];
  return {
    get told() {
      return before.waits !== undefined;
    },
    due(moreMs, busyMs) {
      wallMs += moreMs;
      graderMs += busyMs;
      if (wallMs < worthLookingMs) {
        chargedMs += moreMs;
        return moreMs;
      }
      const now = look();
      const due = servedMs(before, now, wallMs, graderMs) - chargedMs;
      before = now.waits === undefined ? { ...now, waits: before.waits } : now;
      [wallMs, graderMs, chargedMs] = [0, 0, 0];
      return due;
    },
  };
}

/** What is charged for the wall time between two looks. */
function servedMs(before: Look, now: Look, wallMs: number, graderMs: number): number {
  const cpuMs = now.cpuMs - before.cpuMs;
  if (before.waits === undefined || now.waits === undefined) {
    // A clock of the processor that stands still tells nothing: then wall time counts.
    return now.cpuMs > 0 ? Math.min(wallMs, Math.max(cpuMs / starved, wallMs / mostlyAsleep)) : wallMs;
  }
  const served = Math.max(0, wallMs - waitedMs(before.waits, now.waits));
  return Math.min(wallMs, Math.max(cpuMs, served - graderMs, served / mostlyAsleep));
}

function waitedMs(before: Waits, now: Waits): number {
  const waits = [...now].map(([thread, ms]) => Math.max(0, ms - (before.get(thread) ?? 0)));
  const sum = waits.reduce((all, each) => all + each, 0);
  return Math.min(sum, believed * Math.max(0, ...waits));
}

/** Starts the limit of a call of one process; when it is over the process is killed with this sentence. */
export type StartClock = (limitMs: number, overtime: string) => Clock;

/** The clocks of a process. */
export function clocksOf(launched: Timed): StartClock {
  let meter: Meter | undefined;
  return (limitMs, overtime) => startClock(launched, (meter ??= openMeter(launched)), limitMs, overtime);
}

function startClock(launched: Timed, meter: Meter, limitMs: number, overtime: string): Clock {
  const startedAt = performance.now();
  const hostBefore = performance.eventLoopUtilization();
  let stopped = false;
  let timer: NodeJS.Timeout;
  let due = startedAt;
  /** How long the grader itself stood still. */
  let stoodMs = 0;
  /** Of this call, as far as somebody counted. */
  let [countedMs, graderMs, chargedMs] = [0, 0, 0];

  const lateMs = (): number => {
    const late = performance.now() - due;
    return late > lookMs ? late : 0;
  };
  const wallMs = () => performance.now() - startedAt - stoodMs - lateMs();
  const count = (): void => {
    const [wall, { active }] = [wallMs(), performance.eventLoopUtilization(hostBefore)];
    chargedMs += meter.due(wall - countedMs, active - graderMs);
    [countedMs, graderMs] = [wall, active];
  };
  const look = (): void => {
    if (stopped) return;
    stoodMs += lateMs();
    due = performance.now();
    count();
    const left = Math.min(limitMs - chargedMs, (meter.told ? patience : blindPatience) * limitMs - wallMs());
    if (left > 0) return wait(left + 10);
    // Of a process that is gone the kernel tells nothing any more.
    stopped = true;
    launched.kill('timeout', overtime);
  };
  const wait = (ms: number): void => {
    const next = Math.min(ms, lookMs);
    due = performance.now() + next;
    // Timers come before what has arrived meanwhile: an answer that is there is read first.
    timer = setTimeout(() => setImmediate(look), next);
  };
  wait(limitMs);
  return {
    chargedMs() {
      if (!stopped) count();
      // Had its time been over, it would have been ended for that.
      return Math.min(limitMs, chargedMs);
    },
    stop() {
      if (!stopped) count();
      stopped = true;
      clearTimeout(timer);
    },
  };
}
