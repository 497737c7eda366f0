/** The grader's end of the process that starts contained commands. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ownModule } from '../../own-module.ts';
import { leakedDescriptors } from '../contain/descriptors.ts';
import type { Ended, Start, Started } from './start.ts';
import type { FromStarter, ToStarter } from './starter-process.ts';

export interface Starter {
  start: Start;
  /** Ends the process, and with it whatever it started that still runs. */
  close(): void;
}

interface Waiting {
  pid?: number;
  streams: Duplex[];
  started: PromiseWithResolvers<Started | { failed: string }>;
  ended: PromiseWithResolvers<Ended>;
}

/**
 * Comes up when it is first asked, and anew if it has ended. What it is asked takes milliseconds: where nothing is heard for
 * `patienceMs`, something between the two was lost, and it is ended rather than waited for without end.
 */
export function openStarter(patienceMs = 60_000): Starter {
  let starter: ChildProcess | undefined;
  let lastId = 0;
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
    child.on('error', () => undefined);
    child.once('exit', () => {
      if (starter === child) starter = undefined;
      // What it started ends with it.
      for (const [id] of waiting) hear({ id, failed: 'the process that starts others has ended' });
    });
    child.unref();
    (child.stdin as Socket).on('error', () => undefined).unref();
    return child;
  };
  /** The grader goes on as long as something runs, as it does for a process of its own. */
  const keepAlive = (): void => (waiting.size > 0 ? starter?.channel?.ref() : starter?.channel?.unref());
  const endUnless = (child: ChildProcess, heard: Promise<unknown>): void => {
    const late = setTimeout(() => void child.kill('SIGKILL'), patienceMs).unref();
    void heard.then(() => clearTimeout(late));
  };
  const say = (said: ToStarter): void => void starter?.send(said, () => undefined);

  const hear = (told: FromStarter, stream?: Duplex): void => {
    const one = waiting.get(told.id);
    if (one === undefined) return;
    if ('failed' in told) {
      waiting.delete(told.id);
      one.started.resolve(told);
      one.ended.resolve([null, 'SIGKILL']);
      keepAlive();
    } else if ('pid' in told) one.pid = told.pid;
    else if ('left' in told) {
      one.streams.push(stream!);
      if (told.left > 0) return;
      const [stdout, stderr, channel, ...pipes] = one.streams as [Readable, Readable, Duplex, ...Duplex[]];
      const kill = () => {
        say({ id: told.id, kill: true });
        if (starter !== undefined) endUnless(starter, one.ended.promise);
      };
      one.started.resolve({ pid: one.pid!, stdout, stderr, channel, pipes, ended: one.ended.promise, kill });
    } else {
      waiting.delete(told.id);
      one.ended.resolve([told.code, told.signal]);
      keepAlive();
    }
  };

  return {
    start(order) {
      const child = (starter ??= open());
      const id = ++lastId;
      const one: Waiting = { streams: [], started: Promise.withResolvers(), ended: Promise.withResolvers() };
      waiting.set(id, one);
      keepAlive();
      say({ id, order });
      endUnless(child, one.started.promise);
      return one.started.promise;
    },
    close: () => {
      starter?.stdin?.destroy();
      if (starter?.connected === true) starter.disconnect();
    },
  };
}
