/**
 * Prints straight to a descriptor, in place of Node's own streams: to make those, Node loads some thirty modules, for which every
 * process would pay, whether its program prints or not. Nothing leads from here to anything of Node's.
 */
import fs from 'node:fs';
import type { Bag } from './outside.ts';

const { writeSync } = fs;
const bytes = Uint8Array;
const texts = String;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);

/** A stream as far as Node's console and the stand-in for its process use one; it blocks, so that nothing is lost with the process. */
export function plainStream(descriptor: number): Bag {
  const stream: Bag = {
    isTTY: false,
    columns: 80,
    writable: true,
    write: (chunk: unknown) => {
      const whole = chunk instanceof bytes ? new bytes(chunk) : encode(texts(chunk));
      try {
        for (let sent = 0; sent < whole.length;) sent += writeSync(descriptor, whole, sent);
      } catch {
        // Whoever read it is gone.
      }
      return true;
    },
    listenerCount: () => 0,
  };
  for (const name of ['on', 'once', 'off', 'removeListener']) stream[name] = () => stream;
  return stream;
}
