/** How a result lies in a queue: as it is within this process, closed wherever somebody else could read it. */
import { deflateSync, inflateSync } from 'node:zlib';
import { digestOf } from './same-but-for-times.ts';
import type { Seal } from './seal.ts';

export interface Wrapping {
  close(name: string, text: string): { body: Uint8Array; digest: string };
  open(name: string, body: Uint8Array): string;
}

const noKey = new Uint8Array();

/** For what never leaves this process. */
export const bare: Wrapping = {
  close: (_, text) => ({ body: Buffer.from(text), digest: digestOf(text, noKey) }),
  open: (_, body) => Buffer.from(body).toString(),
};

/** For what lies in a database. */
export const sealedWith = (seal: Seal): Wrapping => ({
  close: (name, text) => ({
    body: seal.close(name, deflateSync(text)),
    digest: digestOf(text, seal.digestKey),
  }),
  open: (name, body) => inflateSync(seal.open(name, body)).toString(),
});
