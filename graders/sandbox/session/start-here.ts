/** Starts a contained command from this process. */
import type { ChildProcess } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { execa, type Options } from 'execa';
import { endOf, spawnOrder, streamsOf, type Start } from './start.ts';

/** execa ends what still runs when the grader ends, where the kernel does not. */
export const startHere: Start = async (order) => {
  // Wrapped in an object, because execa's subprocess is a promise of its own end that `await` would wait for.
  let result: Promise<unknown> | undefined;
  const child = spawnOrder(order, (file, args, options) => {
    const subprocess = execa(file, args, {
      ...(options as Options),
      ...{ buffer: false, reject: false, extendEnv: false, cleanup: true },
    });
    result = subprocess;
    return subprocess as unknown as ChildProcess;
  });
  const { pid, stdio } = child;
  if (pid === undefined || !stdio?.[1]) {
    const { originalMessage = order.file } = (await result) as { originalMessage?: string };
    return { failed: originalMessage };
  }
  const [stdout, stderr, channel, ...pipes] = streamsOf(child, order) as [Readable, Readable, Duplex, ...Duplex[]];
  return { pid, stdout, stderr, channel, pipes, ...endOf(child, pid) };
};
