/** What a student's process prints: counted to the last byte, kept only at the beginning. */
import type { Readable } from 'node:stream';
import { OUTPUT_CAP_BYTES, OUTPUT_KEPT_BYTES } from './limits.ts';

export interface Collected {
  /** The beginning of everything, in order of arrival, with a last line that says how much is missing. */
  text(): string;
  /** Resolves when every stream is closed. */
  closed: Promise<unknown>;
}

/** Reads the streams to their end and calls `flooded` once when together they exceed the cap. */
export function collectOutput(streams: Readable[], flooded: () => void): Collected {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let bytes = 0;
  const take = (chunk: Buffer) => {
    const before = bytes;
    bytes += chunk.length;
    const part = chunk.subarray(0, OUTPUT_KEPT_BYTES - keptBytes);
    if (part.length > 0) keptBytes += kept.push(Buffer.from(part)) && part.length;
    if (before <= OUTPUT_CAP_BYTES && bytes > OUTPUT_CAP_BYTES) flooded();
  };
  const closed = Promise.all(
    streams.map((stream) => {
      stream.on('data', take).on('error', () => undefined);
      return new Promise((resolve) => stream.once('close', resolve));
    }),
  );
  const text = () => {
    const rest = bytes - keptBytes;
    return Buffer.concat(kept).toString('utf8') + (rest > 0 ? `\n… and ${rest} more bytes\n` : '');
  };
  return { text, closed };
}
