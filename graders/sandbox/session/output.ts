/** What a student's process prints: counted to the last byte, kept only at the beginning. */
import type { Readable } from 'node:stream';
import type { OutOfMemory } from '../contain/runtime-process.ts';
import { OUTPUT_CAP_BYTES, OUTPUT_KEPT_BYTES } from '../contain/limits.ts';

interface Collected {
  /**
   * The beginning of what came on each stream, one stream after the other: how they mingle, and how much more there was when
   * the process was ended, differs from run to run.
   */
  text(): string;
  /** What is there so far does not depend on when the process is ended. */
  settle(): void;
  /** The text without what came after the last time it was settled, unless that was more than is kept. */
  settledText(): string;
  /** Resolves when every stream is closed. */
  closed: Promise<unknown>;
}

/**
 * Reads the streams to their end and calls `flooded` when together they exceed the cap since they were last settled: how much
 * is printed over all calls depends on how often the grader asks, which is no doing of the student's.
 */
export function collectOutput(streams: Readable[], flooded: () => void, outOfMemory?: OutOfMemory): Collected {
  let bytes = 0;
  const count = (length: number) => {
    const before = bytes;
    bytes += length;
    if (before <= OUTPUT_CAP_BYTES && bytes > OUTPUT_CAP_BYTES) flooded();
  };
  const collected = streams.map((stream) => collectOne(stream, count));
  const withoutReport = (text: string) =>
    outOfMemory === undefined ? text : text.replace(outOfMemory.report, `\n${outOfMemory.printed}\n`);
  return {
    text: () => collected.map(({ text }) => withoutReport(text())).join(''),
    settle: () => {
      bytes = 0;
      collected.forEach(({ settle }) => settle());
    },
    settledText: () => collected.map(({ settledText }) => withoutReport(settledText())).join(''),
    closed: Promise.all(collected.map(({ closed }) => closed)),
  };
}

function collectOne(stream: Readable, count: (bytes: number) => void): Collected {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let settledBytes = 0;
  let isCut = false;
  stream.on('data', (chunk: Buffer) => {
    const part = chunk.subarray(0, OUTPUT_KEPT_BYTES - keptBytes);
    if (part.length > 0) keptBytes += kept.push(Buffer.from(part)) && part.length;
    isCut ||= part.length < chunk.length;
    count(chunk.length);
  });
  stream.on('error', () => undefined);
  const upTo = (bytes: number, rest: string) =>
    Buffer.concat(kept).subarray(0, bytes).toString('utf8') + (rest === '' ? '' : `\n… ${rest}\n`);
  const text = () => upTo(keptBytes, isCut ? 'and more' : '');
  return {
    text,
    settle: () => (settledBytes = keptBytes),
    settledText: () =>
      isCut || settledBytes === keptBytes
        ? text()
        : upTo(settledBytes, 'and what was printed in the call that was stopped, which differs from run to run'),
    closed: new Promise((resolve) => stream.once('close', resolve)),
  };
}
