/**
 * A clock that is fair on a busy machine. A student's limit is meant as the time their program runs; when the machine runs
 * other things meanwhile, the program gets more wall time, up to a bound. A program that only sleeps gains nothing but wait.
 */
import type { Launched } from './launch.ts';

/** Wall time never exceeds this many times the limit. */
const patience = 4;
/** A program that got less than this share of a core was kept waiting. */
const starved = 0.7;

interface Clock {
  /** What the call is charged: wall time, or less when the program was kept waiting. */
  chargedMs(): number;
  stop(): void;
}

/** Starts the limit of one call; when it is over the process is killed with this sentence. */
export function startClock(launched: Pick<Launched, 'cpuMs' | 'kill'>, limitMs: number, overtime: string): Clock {
  const startedAt = performance.now();
  const cpuBefore = launched.cpuMs();
  const wallMs = () => performance.now() - startedAt;
  const cpuMs = () => launched.cpuMs() - cpuBefore;
  let timer: NodeJS.Timeout;
  const wait = (ms: number) => {
    timer = setTimeout(() => {
      const left = limitMs - cpuMs() / starved;
      // A clock that stands still tells nothing: then wall time counts.
      const known = launched.cpuMs() > 0;
      if (known && left > 0 && wallMs() < patience * limitMs) wait(Math.min(left, patience * limitMs - wallMs()) + 10);
      else launched.kill('timeout', overtime);
    }, ms);
  };
  wait(limitMs);
  return {
    chargedMs: () =>
      launched.cpuMs() > 0 ? Math.min(wallMs(), Math.max(cpuMs() / starved, wallMs() / patience)) : wallMs(),
    stop: () => clearTimeout(timer),
  };
}
