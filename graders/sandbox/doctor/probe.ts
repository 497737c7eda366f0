/** Runs small programs inside a sandbox and says which of them got through. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Limits } from '../../model/assignment.ts';
import type { SandboxLevel } from '../../model/guest.ts';
import type { Attempt, Bait } from './attempts.ts';
import { launch, type Launched, type Stop } from '../session/launch.ts';
import { stageOnNode } from '../../runtimes/node/stage-node.ts';
import type { StagedRuntime } from '../stage/stage.ts';

/** Reads one JSON document from the channel (length first), tries every body, and answers one line for each. */
const GUEST = `'use strict';
const fs = require('node:fs'), net = require('node:net'), dgram = require('node:dgram');
const child = require('node:child_process'), workers = require('node:worker_threads');
const exactly = (n) => { const b = Buffer.alloc(n); for (let at = 0; at < n; ) { const k = fs.readSync(3, b, at, n - at); if (!k) process.exit(0); at += k; } return b; };
const leaked = () => Object.keys(process.env).filter((key) => key !== 'PWD' && key !== 'SystemRoot');
const settle = (emitter, event) => new Promise((yes, no) => { emitter.once(event, yes); emitter.once('error', no); });
const send = (answer) => fs.writeSync(3, JSON.stringify(answer) + '\\n');
const late = () => new Promise((_, no) => setTimeout(no, 1000, new Error('no answer')));
const Body = (async () => {}).constructor;
const names = ['bait', 'require', 'fs', 'net', 'dgram', 'child', 'workers', 'settle', 'leaked', 'send'];
const { attempts, bait } = JSON.parse(exactly(exactly(4).readUInt32LE(0)).toString());
(async () => {
  send({ id: 'ready' });
  for (const { id, body } of attempts) {
    try {
      const value = await Promise.race([new Body(...names, body)(bait, require, fs, net, dgram, child, workers, settle, leaked, send), late()]);
      send({ id, open: true, said: String(value ?? '') });
    } catch (e) { send({ id, open: false, said: String((e && (e.code || e.message)) || e).slice(0, 200) }); }
  }
  process.exit(0);
})();
`;

export interface Tried {
  open: boolean;
  /** Error code or message when stopped; a returned value when open. */
  said: string;
}

export interface ProbeResult {
  /** By attempt id; an attempt that ended the process is absent. */
  tried: Map<string, Tried>;
  stop: Stop;
  output: string;
  /** From the start to the first sign of life; undefined when there was none. */
  startMs?: number;
}

export interface ProbeOptions {
  runtime: StagedRuntime;
  level: SandboxLevel;
  attempts: readonly Pick<Attempt, 'id' | 'body'>[];
  bait?: Partial<Bait>;
  limits?: Limits;
  wallMs?: number;
  /** Starts the process in another way than `launch` at `level`. */
  start?: () => Promise<Launched>;
}

export const PROBE_LIMITS: Limits = { callMs: 5000, submissionMs: 10_000, memoryMb: 700 };

/** Stages the little guest that tries things; under another name or in another folder where a test needs to know it apart. */
export function stageProbe(entry = 'probe.cjs', folder?: string): Promise<StagedRuntime> {
  const write = (outDir: string) => writeFile(join(outDir, entry), GUEST);
  return stageOnNode({ entry, fingerprint: async () => entry + GUEST, write }, folder);
}

/** Tries everything in one process and waits for its end, at most `wallMs` (default 10 s); rejects when the level cannot be started. */
export async function probe(options: ProbeOptions): Promise<ProbeResult> {
  const { runtime, level, attempts, bait = {}, limits = PROBE_LIMITS, wallMs = 10_000 } = options;
  const started = performance.now();
  const start = options.start ?? (() => launch({ runtime, level, limits, precision: 'single', backend: 'cpu' }));
  const launched = await start();
  const { channel, stopped, kill } = launched;
  const timer = setTimeout(() => kill('timeout', `gave no answer within ${wallMs / 1000} s`), wallMs);
  const tried = new Map<string, Tried>();
  let startMs: number | undefined;
  let text = '';
  // The last lines may arrive after the process is gone; and a process that fails at once is gone before anybody listens.
  const closed = finished(channel).catch(() => undefined);
  channel.setEncoding('utf8').on('data', (chunk: string) => {
    startMs ??= performance.now() - started;
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) note(tried, line);
    if (text.length > 100_000 || tried.size > 1000) kill('output', 'sent more than was asked');
  });
  const program = Buffer.from(JSON.stringify({ attempts, bait }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(program.length);
  channel.write(Buffer.concat([length, program]));
  const [stop] = await Promise.all([stopped, closed]);
  clearTimeout(timer);
  tried.delete('ready');
  return { tried, stop, output: launched.output(), startMs };
}

function note(tried: Map<string, Tried>, line: string): void {
  try {
    const { id, open, said } = JSON.parse(line) as { id: string } & Tried;
    tried.set(String(id), { open: open === true, said: String(said) });
  } catch {
    // not a line of ours
  }
}
