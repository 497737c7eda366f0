/**
 * Starts the guest once where it is made, outside of any box and with a program of ours, so that its code caches hold what every
 * start runs and most gradings ask for: V8 compiles a function when it is first called, and a cache holds what was compiled when it
 * was written.
 */
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { execa } from 'execa';
import { createFrameReader } from '../../protocol/frame-reader.ts';
import { encodeHeader, type Frame } from '../../protocol/frame.ts';
import type { LibraryExtent, Request } from '../../protocol/messages.ts';
import { elementCap } from '../../protocol/wire.ts';
import { sampleFails, sampleModule, sampleProgram, sampleRequests } from './sample-program.ts';

/** Rejects where the guest does not come to its end, or does not answer the sample. `file` is the guest that writes its caches when it ends. */
export async function keepCode(file: string, library: LibraryExtent): Promise<void> {
  const guest = execa(process.execPath, [file, 'wasm', 'single'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    buffer: false,
    timeout: 60_000,
  });
  const channel = guest.stdio[3] as unknown as Duplex;
  try {
    // One that ends by itself answers nothing more.
    await Promise.race([guest, askAll(channel, library)]);
  } finally {
    channel.resume().end();
  }
  await guest;
}

async function askAll(channel: Duplex, library: LibraryExtent): Promise<void> {
  const text = Buffer.from(sampleProgram);
  const modules = [{ path: sampleModule, bytes: text.length }];
  await ask(channel, { op: 'boot', backend: 'wasm', precision: 'single', library });
  await ask(channel, { op: 'load', modules, names: [sampleModule], imports: ['@tensorflow/tfjs'], seed: 1 }, [text]);
  for (const { request, binary } of sampleRequests) await ask(channel, request, binary);
}

async function ask(channel: Duplex, request: Request, binary: readonly Uint8Array[] = []): Promise<void> {
  const json = Buffer.from(JSON.stringify({ nonce: 'sample', room: elementCap, ...request }));
  const bytes = binary.reduce((sum, part) => sum + part.length, 0);
  channel.write(Buffer.concat([encodeHeader(json.length, bytes), json, ...binary]));
  const reader = createFrameReader();
  let frame: Frame | undefined;
  while (frame === undefined) {
    const [chunk] = (await once(channel, 'data')) as [Uint8Array];
    frame = reader.push(chunk);
  }
  const { trouble } = JSON.parse(Buffer.from(frame.json).toString()) as { trouble?: { message: string } };
  if (trouble !== undefined && trouble.message !== sampleFails)
    throw new Error(`The guest does not answer its sample: ${request.op}: ${trouble.message}`);
}
