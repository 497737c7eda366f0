/**
 * What is computed once for all submissions is computed by one thread, whichever needs it first; the others wait for it and are
 * handed it. It lives in the memory of this process alone: what follows from a secret goes nowhere else.
 */
import type { MessagePort } from 'node:worker_threads';
import { MessageChannel } from 'node:worker_threads';

/** A thread's way to be answered while it waits and does nothing else. */
export interface Sharing {
  port: MessagePort;
  /** One number: 1 when an answer lies there. */
  answered: SharedArrayBuffer;
}

/** It wants what has this name, or has made it; without bytes it is nothing that can be handed on. */
export type Sought = { wants: string } | { made: string; bytes: SharedArrayBuffer | undefined };

/** It is to make it, for all or for itself alone; or here it is. */
export type Handing = 'make for all' | 'make for yourself' | SharedArrayBuffer;

/** The place of one thread. */
export interface Place {
  sharing: Sharing;
  hear(sought: Sought): void;
  /** The thread has ended: what it was making, one of those who wait for it makes. */
  left(): void;
}

interface Making {
  by: Place;
  waiting: Map<Place, (handing: Handing) => void>;
}

/** Opens what the threads of a batch share; every thread takes a place. */
export function openSharing(): () => Place {
  const made = new Map<string, Handing>();
  const making = new Map<string, Making>();

  return () => {
    const { port1: ours, port2: port } = new MessageChannel();
    ours.unref();
    const answered = new SharedArrayBuffer(4);
    const flag = new Int32Array(answered);
    const give = (handing: Handing): void => {
      ours.postMessage(handing);
      Atomics.store(flag, 0, 1);
      Atomics.notify(flag, 0);
    };
    const place: Place = {
      sharing: { port, answered },
      hear(sought) {
        if ('made' in sought) {
          const handing = sought.bytes ?? 'make for yourself';
          made.set(sought.made, handing);
          const { waiting } = making.get(sought.made)!;
          making.delete(sought.made);
          for (const giveOther of waiting.values()) giveOther(handing);
          return;
        }
        const { wants } = sought;
        const known = made.get(wants);
        const begun = making.get(wants);
        if (known !== undefined) return give(known);
        if (begun !== undefined) return void begun.waiting.set(place, give);
        making.set(wants, { by: place, waiting: new Map() });
        give('make for all');
      },
      left() {
        ours.close();
        for (const { waiting } of making.values()) waiting.delete(place);
        for (const [name, { by, waiting }] of making) {
          if (by !== place) continue;
          making.delete(name);
          for (const other of waiting.keys()) other.hear({ wants: name });
        }
      },
    };
    return place;
  };
}
