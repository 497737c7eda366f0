/** The grader's end of the process that starts contained commands. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ownModule } from '../../own-module.ts';
import { leakedDescriptors } from '../contain/descriptors.ts';
import type { Ended, Start, Started, StartOrder } from './start.ts';
import type { FromStarter, ToStarter } from './starter-process.ts';

export interface Starter {
  start: Start;
  /** Ends the process, and with it whatever it started that still runs. */
  close(): void;
}

interface Waiting {
  order: StartOrder;
  pid?: number;
  /** Stdout, stderr, the channel, other pipes; one that was closed before it could be handed over is undefined. */
  streams: (Duplex | undefined)[];
  isThere: boolean;
  started: PromiseWithResolvers<Started | { failed: string }>;
  ended: PromiseWithResolvers<Ended>;
  /** How often it was asked for. */
  asked: number;
}

const gone = 'the process that starts others has ended';
/** What is only on its way is started anew by the next starter, this often. */
const mostAsked = 2;

/**
 * Comes up when it is first asked, and anew if it has ended. What it is asked takes milliseconds: where nothing is heard for
 * `patienceMs`, something between the two was lost, and it is ended rather than waited for without end.
 */
export function openStarter(patienceMs = 60_000): Starter {
  let starter: ChildProcess | undefined;
  let lastId = 0;
  let closed = false;
  const waiting = new Map<number, Waiting>();

  const open = (): ChildProcess => {
    // Nothing is written to the first: its end is how the process learns of ours.
    const stdio = ['pipe', 'ignore', 'inherit', 'ipc'];
    for (const fd of leakedDescriptors()) stdio[fd] ??= 'ignore';
    const child = spawn(process.execPath, [fileURLToPath(ownModule('sandbox/session/starter-process'))], {
      stdio: Array.from(stdio, (one) => one ?? 'ignore') as 'pipe'[],
      env: {},
      // Ctrl-C is for the grader to understand.
      detached: true,
    });
    child.on('message', (told: FromStarter, stream) => hear(told, stream as Duplex | undefined));
    // One that could not even be started has no end: this is all that is heard of it.
    child.on('error', () => child.pid === undefined && left(child));
    child.once('exit', () => left(child));
    child.unref();
    (child.stdin as Socket | null)?.on('error', () => undefined).unref();
    return child;
  };
  /** What it started ends with it. */
  const left = (child: ChildProcess): void => {
    if (starter === child) starter = undefined;
    for (const [id, one] of [...waiting]) {
      if (!one.isThere && !closed && one.asked < mostAsked) ask(id, one);
      else hear({ id, failed: gone });
    }
  };
  /** The grader goes on as long as something runs, as it does for a process of its own. */
  const keepAlive = (): void => (waiting.size > 0 ? starter?.channel?.ref() : starter?.channel?.unref());
  /** Patience is counted in pieces: for as long as this thread computes it hears nothing, whatever is said. */
  const endUnless = (child: ChildProcess, heard: Promise<unknown>): void => {
    let pieces = 0;
    const late = setInterval(() => ++pieces === 20 && child.kill('SIGKILL'), patienceMs / 20).unref();
    void heard.then(() => clearInterval(late));
  };
  const say = (said: ToStarter): void => void starter?.send?.(said, () => undefined);

  const hear = (told: FromStarter, stream?: Duplex): void => {
    const one = waiting.get(told.id);
    if (one === undefined) return;
    if ('pid' in told) one.pid = told.pid;
    else if ('left' in told) {
      one.streams.push(stream);
      if (told.left === 0) handOver(told.id, one);
    } else {
      waiting.delete(told.id);
      // Without effect where it had been handed over.
      one.started.resolve({ failed: 'failed' in told ? told.failed : 'it ended before it could be handed over' });
      one.ended.resolve('failed' in told ? 'lost' : told.ended);
      keepAlive();
    }
  };
  const handOver = (id: number, one: Waiting): void => {
    one.isThere = true;
    // One that has ended already may have lost some; that it has is told next.
    if (one.streams.includes(undefined)) return;
    const [stdout, stderr, channel, ...pipes] = one.streams as [Readable, Readable, Duplex, ...Duplex[]];
    const kill = () => {
      say({ id, kill: true });
      if (starter !== undefined) endUnless(starter, one.ended.promise);
    };
    one.started.resolve({ pid: one.pid!, stdout, stderr, channel, pipes, ended: one.ended.promise, kill });
  };
  const ask = (id: number, one: Waiting): void => {
    const child = (starter ??= open());
    one.asked++;
    one.streams = [];
    keepAlive();
    say({ id, order: one.order });
    endUnless(child, one.started.promise);
  };

  return {
    start(order) {
      const id = ++lastId;
      const [started, ended] = [Promise.withResolvers<Started | { failed: string }>(), Promise.withResolvers<Ended>()];
      const one: Waiting = { order, streams: [], isThere: false, started, ended, asked: 0 };
      waiting.set(id, one);
      ask(id, one);
      return started.promise;
    },
    close: () => {
      closed = true;
      starter?.stdin?.destroy();
      if (starter?.connected === true) starter.disconnect();
    },
  };
}
