/**
 * Starts the guest once where it is made, outside of any box and with a program of ours, so that its code caches hold what every
 * start runs: V8 compiles a function when it is first called, and a cache holds what was compiled when it was written.
 */
import type { Duplex } from 'node:stream';
import { execa } from 'execa';
import { encodeHeader } from '../../protocol/frame.ts';
import type { LibraryExtent, Request } from '../../protocol/messages.ts';
import { encodeArgs } from '../../protocol/send.ts';
import { elementCap } from '../../protocol/wire.ts';

const program = `"use strict";
const tf = require('@tensorflow/tfjs');
exports.twice = (x) => tf.tidy(() => tf.add(x, x));
exports.fails = () => { throw new Error('as asked'); };
`;
const module = 'sample.ts';

/** Rejects where the guest does not come to its end. `file` is the guest that writes its caches when it ends. */
export async function keepCode(file: string, library: LibraryExtent): Promise<void> {
  const guest = execa(process.execPath, [file, 'wasm', 'single'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    buffer: false,
    timeout: 60_000,
  });
  const channel = guest.stdio[3] as unknown as Duplex;
  const sample = Buffer.from(program);
  const tensor = {
    kind: 'array',
    container: 'tensor',
    dtype: 'float32',
    shape: [2],
    data: Float64Array.of(1, 2),
  } as const;
  const { args, binary } = encodeArgs([tensor], 'single');
  const call = (name: string, given: typeof args) =>
    ({ op: 'call', target: { module, name }, args: given, argsAfter: true, keep: 'value', policy: 'free' }) as const;
  ask(channel, { op: 'boot', backend: 'wasm', precision: 'single', library }, []);
  const modules = [{ path: module, bytes: sample.length }];
  ask(channel, { op: 'load', modules, names: [module], imports: ['@tensorflow/tfjs'], seed: 1 }, [sample]);
  ask(channel, { op: 'exports', module }, []);
  ask(channel, call('twice', args), binary);
  ask(channel, call('fails', []), []);
  channel.resume().end();
  await guest;
}

function ask(channel: Duplex, request: Request, binary: readonly Uint8Array[]): void {
  const json = Buffer.from(JSON.stringify({ nonce: 'sample', room: elementCap, ...request }));
  const bytes = binary.reduce((sum, part) => sum + part.length, 0);
  channel.write(Buffer.concat([encodeHeader(json.length, bytes), json, ...binary]));
}
