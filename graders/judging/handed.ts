/** A thread's end of what is shared: it asks for what is computed once for all, and makes what nobody has made yet. */
import { deserialize, serialize } from 'node:v8';
import { receiveMessageOnPort } from 'node:worker_threads';
import type { ComputedOnce } from '../check-context.ts';
import { plainBytes } from './plain-bytes.ts';
import type { Handing, Sharing, Sought } from './sharing.ts';

/** Data sets of the full size are read by each thread: they would lie in memory once more. */
const mostBytes = 16 * 2 ** 20;

/** What others have computed, in the very numbers; the thread does nothing while one of them is at it. */
export function handedBy({ port, answered }: Sharing, tell: (sought: Sought) => void): ComputedOnce {
  const flag = new Int32Array(answered);
  return (name, make) => {
    tell({ wants: name });
    Atomics.wait(flag, 0, 0);
    Atomics.store(flag, 0, 0);
    const { message: handing } = receiveMessageOnPort(port) as { message: Handing };
    if (handing === 'make for yourself') return make();
    if (handing !== 'make for all') return deserialize(new Uint8Array(handing)) as ReturnType<typeof make>;
    let bytes: SharedArrayBuffer | undefined;
    try {
      const value = make();
      bytes = bytesOf(value);
      return value;
    } finally {
      tell({ made: name, bytes });
    }
  };
}

/** Undefined for what is not plain: functions stay where they are, and what is an object of a class would not be one elsewhere. */
function bytesOf(value: unknown): SharedArrayBuffer | undefined {
  if (plainBytes(value) > mostBytes) return undefined;
  const bytes = serialize(value);
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}
