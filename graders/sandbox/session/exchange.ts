/**
 * The grader's end of the channel: one request at a time, one reply with the same nonce, a clock on every wait. Whatever else
 * arrives ends the process. Whoever waits gets a ProgramStopped that says how it ended.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { binaryCap, encodeHeader, ProtocolBreak, type Frame } from '../../protocol/frame.ts';
import { createFrameReader, type FrameReader } from '../../protocol/frame-reader.ts';
import type { Answers, Op, Request, Trouble } from '../../protocol/messages.ts';
import { createDecoder, type Decoder } from '../../protocol/receive.ts';
import { elementCap } from '../../protocol/wire.ts';
import { readReply } from '../../protocol/validate.ts';
import { withoutAddresses } from './addresses.ts';
import { clocksOf } from './fair-clock.ts';
import type { Launched, Stop } from './launch.ts';
import { ProgramStopped } from '../../stopped.ts';

interface Question<O extends Op, T> {
  request: Extract<Request, { op: O }>;
  binary?: readonly Uint8Array[];
  wallMs: number;
  /** What is told when the time is over, e.g. "ran longer than 10 s in grads". */
  overtime: string;
  /** How many numbers the reply may hold; whatever is larger is not fetched. */
  room?: number;
  /** Told what the reply held. */
  fetched?(numbers: number): void;
  /** Told what the wait is charged, however it ends. */
  charge?(ms: number): void;
  /** Reads the answer; arrays have to be decoded in the order in which the guest wrote them. */
  read(answer: Answers[O], decode: Decoder): T;
}

type Reply<T> = { answer: T; ms: number } | { trouble: Trouble; ms: number };

export interface Exchange {
  readonly alive: boolean;
  /** Rejects with ProgramStopped when the process has ended, or ends before it answers as it should. */
  ask<O extends Op, T>(question: Question<O, T>): Promise<Reply<T>>;
  output(): string;
  /** Nobody has to watch the process until it is woken; only before anybody's program is in it. */
  rest(): void;
  wake(): void;
  close(): Promise<void>;
}

const unbidden = "the program wrote to the grader's channel";
/** Of the longest kind of number. */
const widestBytes = 8;
/** What is no array is made of small objects: so many letters of it take the place of a number. */
const lettersForANumber = 2;
/** Answers up to this size are read at the grader's expense: what that costs is noise. */
const freeBytes = 2 ** 18;
/** How long a process may live on after its channel has closed. */
const lingerMs = 500;
/** In so many turns: where this program is kept waiting for a processor, so is the process that has to come to its end. */
const lingerTurns = 25;

export function openExchange(launched: Launched): Exchange {
  const { channel } = launched;
  const startClock = clocksOf(launched);
  let waiting: { reader: FrameReader; arrived(frame: Frame): void } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let stopped: Error | undefined;

  const ended = new Promise<void>((resolve) => {
    channel
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve());
    // Normally the channel ends with the process; after that nothing can arrive.
    void launched.stopped.then(() => setTimeout(resolve, lingerMs).unref());
  })
    .then(() => settledWithinLinger(launched.stopped))
    .then((known) => {
      if (known === undefined) launched.kill('killed', "the program closed the grader's channel");
      return launched.stopped;
    })
    .then((stop) => (stopped = asStopped(stop, withoutAddresses(launched.output()))));

  let broken = false;
  const breakOff = () => {
    broken = true;
    launched.kill('killed', unbidden);
  };

  channel.on('data', (chunk: Buffer) => {
    if (broken) return;
    if (waiting === undefined) return breakOff();
    try {
      const frame = waiting.reader.push(chunk);
      if (frame) waiting.arrived(frame);
    } catch {
      breakOff();
    }
  });

  const exchange = async <O extends Op, T>(question: Question<O, T>): Promise<Reply<T>> => {
    // The guest prints before it replies: one turn later all of that has been read.
    await setImmediate();
    if (stopped) throw stopped;
    launched.settleOutput();
    // Node draws these from what it keeps ready; asking the kernel for each costs as much as the rest of a request.
    const nonce = randomUUID().replaceAll('-', '');
    const { room = elementCap } = question;
    const arrival = new Promise<Frame>((resolve) => {
      waiting = {
        reader: createFrameReader(Math.min(binaryCap, room * widestBytes)),
        arrived: (frame) => {
          waiting = undefined;
          resolve(frame);
        },
      };
    });
    const clock = startClock(question.wallMs, question.overtime);
    write(launched, { nonce, room, ...question.request }, question.binary ?? []);
    const frame = await Promise.race([arrival, ended]).finally(clock.stop);
    const ms = clock.chargedMs();
    question.charge?.(ms);
    if (frame instanceof Error) throw frame;
    try {
      return charging(question.charge, frame, () => {
        const reply = readReply(question.request.op as O, frame, nonce);
        const decode = createDecoder(frame.binary, room);
        if ('trouble' in reply) {
          const message = withoutAddresses(reply.trouble.message);
          return { trouble: { ...reply.trouble, message }, ms };
        }
        const answer = question.read(reply.ok, decode);
        decode.end();
        question.fetched?.(decode.numbers() + frame.json.length / lettersForANumber);
        return { answer, ms };
      });
    } catch (error) {
      if (!(error instanceof ProtocolBreak)) throw error;
      breakOff();
      throw await ended;
    }
  };

  return {
    get alive() {
      return stopped === undefined;
    },
    ask: (question) => {
      const turn = last.then(() => exchange(question));
      last = turn.catch(() => undefined);
      return turn;
    },
    output: () => withoutAddresses(launched.output()),
    rest: launched.rest,
    wake: launched.wake,
    close: async () => {
      launched.kill('killed', 'the session was closed');
      await launched.stopped;
      channel.destroy();
      await ended;
    },
  };
}

/** Reads an answer. What that costs the grader is the program's to pay, as what it costs to make one. */
function charging<T>(charge: ((ms: number) => void) | undefined, { json, binary }: Frame, read: () => T): T {
  if (json.length + binary.length <= freeBytes) return read();
  const before = process.threadCpuUsage();
  try {
    return read();
  } finally {
    const { user, system } = process.threadCpuUsage(before);
    charge?.((user + system) / 1000);
  }
}

function write({ channel }: Launched, message: object, binary: readonly Uint8Array[]): void {
  const json = Buffer.from(JSON.stringify(message));
  const binaryLength = binary.reduce((sum, part) => sum + part.length, 0);
  channel.cork();
  channel.write(encodeHeader(json.length, binaryLength));
  channel.write(json);
  for (const part of binary) if (part.length > 0) channel.write(part);
  channel.uncork();
}

async function settledWithinLinger<T>(promise: Promise<T>): Promise<T | undefined> {
  let settled: T | undefined;
  void promise.then((value) => (settled = value));
  for (let turn = 0; turn < lingerTurns && settled === undefined; turn++) {
    await Promise.race([promise, delay(lingerMs / lingerTurns, undefined, { ref: false })]);
  }
  return settled;
}

/** How the end of the process is told to the student; what is lost through no fault of theirs is told to us. */
function asStopped(stop: Stop, output: string): Error {
  switch (stop.why) {
    case 'lost':
      return new Error(`The sandbox ${stop.detail}.`);
    case 'timeout':
    case 'memory':
      return new ProgramStopped(stop.why, stop.detail);
    case 'output':
    case 'killed':
      return new ProgramStopped('crash', stop.detail);
    case 'exit': {
      if (stop.code === null) return new ProgramStopped('crash', `the program ${stop.detail} before it answered`);
      const words = stop.code === 0 ? '' : lastWords(output);
      return new ProgramStopped('crash', `the program exited before it answered (exit code ${stop.code})${words}`);
    }
  }
}

function lastWords(output: string): string {
  const line = output.split('\n').findLast((text) => /(?:Error|Exception): /.test(text));
  return line === undefined ? '' : `: ${line.trim().slice(0, 200)}`;
}
