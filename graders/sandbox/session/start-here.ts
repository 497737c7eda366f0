/** Starts a contained command from this process. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import type { Options } from 'execa';
import { endOf, spawnOrder, streamsOf, type Start, type StartOrder } from './start.ts';

interface Spawned {
  child: ChildProcess;
  /** Why it could not be started, where it has no pid. */
  failure: Promise<string>;
}

export const startHere: Start = async (order) => {
  // What the kernel ends with the grader needs nobody else for it.
  const { child, failure } = order.detached ? spawnTied(order) : await spawnTended(order);
  const { pid, stdio } = child;
  if (pid === undefined || !stdio?.[1]) return { failed: await failure };
  const [stdout, stderr, channel, ...pipes] = streamsOf(child, order) as [Readable, Readable, Duplex, ...Duplex[]];
  return { pid, stdout, stderr, channel, pipes, ...endOf(child, pid) };
};

function spawnTied(order: StartOrder): Spawned {
  const child = spawnOrder(order, spawn);
  const failure = new Promise<string>((resolve) => child.once('error', ({ message }) => resolve(message)));
  return { child, failure };
}

/** execa ends what still runs when the grader ends. Its hundred modules are loaded only where that is needed. */
async function spawnTended(order: StartOrder): Promise<Spawned> {
  const { execa } = await import('execa');
  let result: Promise<{ originalMessage?: string }> | undefined;
  const child = spawnOrder(order, (file, args, options) => {
    const tended: Options = { buffer: false, reject: false, extendEnv: false, cleanup: true };
    const subprocess = execa(file, args, { ...(options as Options), ...tended });
    result = subprocess;
    return subprocess as unknown as ChildProcess;
  });
  // In an object, because execa's subprocess is a promise of its own end that `await` would wait for.
  return { child, failure: result!.then(({ originalMessage = order.file }) => originalMessage) };
}
