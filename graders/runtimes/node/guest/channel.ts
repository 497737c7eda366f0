/** The guest's end of the wire: blocking reads and writes, so that no timer of a student's runs between requests. */
import { decodeHeader, encodeHeader, headerBytes, jsonCap } from '../../../protocol/frame.ts';
import type { Request } from '../../../protocol/messages.ts';
import type { Outside } from './outside.ts';

interface Incoming {
  nonce: string;
  /** How many numbers the grader takes in the reply. */
  room: number;
  request: Request;
  binary: Uint8Array;
}

/** Waits for the next request; ends the process when the grader has closed the channel. */
export function receive(outside: Outside): Incoming {
  const { jsonLength, binaryLength } = decodeHeader(readExactly(outside, headerBytes));
  const json = readExactly(outside, jsonLength);
  const { nonce, room, ...request } = JSON.parse(outside.decodeUtf8(json)) as Pick<Incoming, 'nonce' | 'room'> &
    Request;
  // Memory that has been given back is handed out as it is (Buffer.allocUnsafe): the number of a question is nobody's to find.
  json.fill(0);
  return { nonce, room, request: request as Request, binary: readExactly(outside, binaryLength) };
}

/** Writes a reply; returns false, having written nothing, when its JSON is larger than the grader accepts. */
export function send(outside: Outside, reply: unknown, binary: readonly Uint8Array[]): boolean {
  // A copy in this realm: the length of the other realm's arrays can be lied about.
  const json = new Uint8Array(outside.encodeUtf8(JSON.stringify(reply)));
  if (json.length > jsonCap) return false;
  const binaryLength = binary.reduce((sum, part) => sum + part.length, 0);
  const head = new Uint8Array(headerBytes + json.length);
  head.set(encodeHeader(json.length, binaryLength));
  head.set(json, headerBytes);
  // One after the other: of a program that has taken all memory there is none for both together.
  for (const part of [head, ...binary]) write(outside, part);
  return true;
}

function write(outside: Outside, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.length;) sent += retry(outside, () => outside.writeSync(bytes, sent));
}

function readExactly(outside: Outside, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const got = retry(outside, () => outside.readSync(bytes, at));
    if (got === 0) outside.exit(0);
    at += got;
  }
  return bytes;
}

/** What reading and writing say when a grader was killed: nobody is there to end this process. */
const gone: readonly unknown[] = ['EPIPE', 'ECONNRESET'];

/** The socket blocks; should a student have made it non-blocking, waits a millisecond and tries again. */
function retry(outside: Outside, io: () => number): number {
  for (;;) {
    try {
      return io();
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (gone.includes(code)) outside.exit(0);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
