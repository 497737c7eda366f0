/**
 * The process that starts contained commands for a grader. To start one, the kernel copies what describes the memory of whoever
 * starts it, and every page of that has to be claimed anew afterwards: from a grader of 200 MB that takes 50 ms, from here one.
 */
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { endOf, spawnOrder, streamsOf, type Ended, type StartOrder } from './start.ts';

export type ToStarter = { id: number; order: StartOrder } | { id: number; kill: true };
export type FromStarter =
  | { id: number; failed: string }
  | { id: number; pid: number }
  /** Comes with the stream itself, one after the other; and how many are still to come. */
  | { id: number; left: number }
  | { id: number; ended: Ended };

const running = new Map<number, () => void>();
/** Nobody hears any more is the grader's end as well, and may show here first: unanswered, it would be ours before theirs. */
const tell = (told: FromStarter, stream?: Socket): void => {
  if (!process.connected) return end();
  process.send!(told, stream, undefined, (failed) => failed && end());
};

function start(id: number, order: StartOrder): void {
  let child: ReturnType<typeof spawn>;
  try {
    child = spawnOrder(order, spawn);
  } catch (error) {
    return tell({ id, failed: (error as Error).message });
  }
  if (child.pid === undefined) return void child.once('error', (error) => tell({ id, failed: error.message }));
  const { ended, kill } = endOf(child, child.pid);
  running.set(id, kill);
  const streams = streamsOf(child, order) as (Socket & { _handle: { readStop(): void } })[];
  // Not a byte is read here: all of them are for whoever asked.
  for (const stream of streams) stream._handle.readStop();
  tell({ id, pid: child.pid });
  for (const [place, stream] of streams.entries()) tell({ id, left: streams.length - place - 1 }, stream);
  void ended.then((how) => {
    running.delete(id);
    tell({ id, ended: how });
  });
}

process.on('message', (said: ToStarter) => {
  if ('order' in said) start(said.id, said.order);
  else running.get(said.id)?.();
});
/**
 * The grader is gone, however it ended: what it had started goes, too. Node does not say that the channel is gone while half a
 * message is in it, as there may be when the grader is killed; the end of what we read is told by the kernel.
 */
function end(): never {
  for (const kill of running.values()) kill();
  process.exit();
}
process.on('disconnect', end);
process.stdin.on('close', end).on('error', end).resume();
