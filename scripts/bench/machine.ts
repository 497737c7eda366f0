/** What the machine does besides: figures that need idle cores say nothing on one that is busy with something else. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Above this, the cores that a command finds are not idle. */
const mostOfOthers = 0.05;

/** A hundredth of a second, in which the kernel counts. */
const tickMs = 10;

/** Milliseconds of all cores in which anything computed, and in which a hypervisor had taken them away, since the machine started. */
function busyMs(): number {
  const [user, nice, system, , , interrupts, soft, stolen] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user! + nice! + system! + interrupts! + soft! + stolen!) * tickMs;
}

/** Starts to watch; the returned function says which share of the machine all others had, given what one used oneself. */
export function watchOthers(): (ownCpuMs: number) => number {
  const [before, startedAt] = [busyMs(), performance.now()];
  return (ownCpuMs) => {
    const machineMs = (performance.now() - startedAt) * availableParallelism();
    return Math.max(0, busyMs() - before - ownCpuMs) / machineMs;
  };
}

/** Why a figure that needs idle cores is not judged, or undefined where they were idle. */
export const notIdle = (share: number): string | undefined =>
  share > mostOfOthers ? `not judged: others had ${(100 * share).toFixed(0)} % of the machine` : undefined;
