/** A session: one sandboxed process that hosts the modules of one submission, spoken to as a Guest. */
import { openAccount, type Account } from '../../model/account.ts';
import type { Contract } from '../../model/contract.ts';
import type { Arg, CallOptions, Guest, Precision, Reply as CallReply, Target, Value } from '../../model/guest.ts';
import { ProtocolBreak } from '../../protocol/frame.ts';
import type { Answers, LibraryExtent, Op, Request, Seen, Trouble, WireTarget } from '../../protocol/messages.ts';
import type { Decoder } from '../../protocol/receive.ts';
import { encodeArgs } from '../../protocol/send.ts';
import { elementCap } from '../../protocol/wire.ts';
import { madeElsewhere } from './blame-trial.ts';
import { openExchange, type Exchange } from './exchange.ts';
import { createGivenObjects } from './given-objects.ts';
import { launch, type LaunchOptions } from './launch.ts';
import { explain, outspoken, placesIn, spoiled, type StudentModule } from './stop-words.ts';
import { ProgramStopped } from '../../stopped.ts';

/** A guest that runs, with its tensor library ready, and knows no submission yet; good for one session. */
export interface WarmGuest {
  exchange: Exchange;
  options: LaunchOptions;
  node: string;
  /** True when the code cache did not fit: correct, but slower to start. */
  cacheRejected: boolean;
}

interface SessionOptions {
  launch: LaunchOptions;
  modules: readonly StudentModule[];
  /** Packages that the modules may import. */
  imports: readonly string[];
  /** All files of the submission, for the words about an import that leads nowhere. */
  names?: readonly string[];
  /** Seed of Math.random while the modules load. */
  seed?: number;
  /** What the whole submission was charged before, in whatever session; a new one where nothing is given. */
  account?: Account;
  /** A guest started earlier with the same launch options. */
  warm?: WarmGuest;
  /** How much of the tensor library is there, where the modules may import it. */
  library?: LibraryExtent;
  /** What the sheet's names are in the program's language, where that is another one. */
  contract?: Pick<Contract, 'names' | 'provides'>;
  /** What is asked of it, by the program's names. */
  asked?: readonly string[];
  /** The precision in which arguments travel, where it is not the one in which the library computes. */
  sent?: Precision;
}

export interface Session extends Guest {
  readonly alive: boolean;
  /** What the student's program printed, cut to what is kept. */
  output(): string;
  /** What came of cells that were run, and what was plotted; with `draw` cells that only draw are run for it, at nobody's expense, but none that needs one of the `lengthy` modules. */
  seen(draw: boolean, lengthy?: readonly string[]): Promise<Seen>;
  /** Lets go of an object kept inside. */
  release(handle: number): Promise<void>;
  close(): Promise<void>;
}

/** Of all answers of a submission together, which are kept until all of it is judged: four times what the largest coursework asks for. */
const mostNumbers = 2 ** 25;
/** For what is only shown, and plays no part in the marks. */
const seenMs = 4_000;
/** For what the grader itself does inside; students' limits do not apply. */
const startMs = 60_000;

/** Starts a guest and its tensor library, ready to be handed out. */
export async function warmGuest(options: LaunchOptions, library: LibraryExtent | 'none' = 'whole'): Promise<WarmGuest> {
  const exchange = openExchange(await launch(options));
  const { backend, precision } = options;
  const request: Request = { op: 'boot', backend, precision, library };
  const boot = await starting(exchange, request, [], (answer: Answers['boot']) => answer);
  return { exchange, options, ...boot };
}

/** Opens a session; modules are evaluated when they are first asked for. Rejects with a plain Error when the sandbox does not start. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { modules } = options;
  const imports = [...options.imports];
  const { exchange } =
    options.warm ??
    (await warmGuest(
      options.launch,
      options.launch.runtime.hasTensors(imports) ? (options.library ?? 'whole') : 'none',
    ));
  const texts = modules.map(({ code }) => Buffer.from(code));
  const request: Request = {
    op: 'load',
    modules: modules.map(({ path }, i) => ({ path, bytes: texts[i]!.length })),
    names: [...(options.names ?? modules.map(({ path }) => path))],
    imports,
    seed: options.seed ?? 0,
    ...(options.contract && { contract: options.contract.names }),
    ...(options.contract?.provides && { provides: options.contract.provides }),
    ...(options.asked && { asked: [...options.asked] }),
  };
  await starting(exchange, request, texts, () => undefined);
  return createSession(exchange, options);
}

async function starting<O extends Op, T>(
  exchange: Exchange,
  request: Extract<Request, { op: O }>,
  binary: readonly Uint8Array[],
  read: (answer: Answers[O]) => T,
): Promise<T> {
  try {
    const overtime = `the guest was not ready after ${startMs / 1000} s`;
    const reply = await exchange.ask<O, T>({ request, binary, wallMs: startMs, overtime, read });
    if ('trouble' in reply) throw new Error(reply.trouble.message);
    return reply.answer;
  } catch (error) {
    await exchange.close();
    const { message } = error as Error;
    throw new Error(`The sandbox did not start: ${message}. It printed: ${exchange.output().slice(0, 2000)}`, {
      cause: error,
    });
  }
}

function createSession(exchange: Exchange, options: SessionOptions): Session {
  const { runtime, limits, precision, backend } = options.launch;
  const { outOfMemory } = runtime.processFor(options.launch);
  const { sent: sentIn = precision } = options;
  const account = options.account ?? openAccount();
  const placeOf = placesIn(options.modules);
  /** Without one nobody but the grader can be at fault. */
  const isLoaded = options.modules.length > 0;
  const objects = createGivenObjects();

  /** Whose trouble it is. What the guest calls its own is believed where it makes arguments, and a clean process cannot make them either. */
  const stop = async (trouble: Trouble, doing: string, args: readonly Arg[] = []): Promise<Error> => {
    const explained = explain(trouble, doing, placeOf, outOfMemory);
    if (trouble.kind !== 'ours' || !isLoaded) return explained;
    if (args.length === 0) return new ProgramStopped('crash', outspoken(doing, trouble.message));
    const isSpoiled = await madeElsewhere(args, () => openSession({ ...options, modules: [], warm: undefined }));
    return isSpoiled ? new ProgramStopped('crash', spoiled(doing, trouble.message)) : explained;
  };

  /** Asks within the limits; `doing` names the student's function or module in what is told when it stops, of several parts each. */
  const ask = async <O extends Op, T>(
    request: Extract<Request, { op: O }>,
    doing: string | readonly string[],
    read: (answer: Answers[O], decode: Decoder) => T,
    {
      binary,
      callMs = limits.callMs,
      args = [],
    }: { binary?: readonly Uint8Array[]; callMs?: number; args?: readonly Arg[] } = {},
  ): Promise<{ answer: T; ms: number }> => {
    objects.expect(request);
    const leftMs = limits.submissionMs - account.usedMs;
    const named = (part = 0) => (typeof doing === 'string' ? doing : (doing[part] ?? doing[0]!));
    const wallMs = Math.max(0, Math.min(callMs, leftMs));
    const overtime =
      callMs <= leftMs
        ? `ran longer than ${seconds(callMs)} in ${named()}`
        : `used up the ${seconds(limits.submissionMs)} of the whole submission in ${named()}`;
    const charge = (ms: number) => (account.usedMs += ms);
    const fetched = (numbers: number) => (account.numbers += numbers);
    const room = Math.max(0, Math.min(elementCap, mostNumbers - account.numbers));
    const reply = await exchange.ask<O, T>({
      request,
      ...(binary && { binary }),
      wallMs,
      overtime,
      read: (answer, decode) => {
        const told = read(answer, decode);
        objects.met(decode.handles());
        return told;
      },
      charge,
      room,
      fetched,
    });
    if (!('trouble' in reply)) return reply;
    throw await stop(reply.trouble, named(reply.trouble.part), args);
  };

  const invoke = async (
    op: 'call' | 'construct',
    target: Target,
    args: readonly Arg[],
    call: CallOptions = {},
  ): Promise<CallReply> => {
    const sent = encodeArgs(args, sentIn);
    const request = {
      op,
      target: wireTarget(target),
      args: sent.args,
      argsAfter: call.argsAfter ?? false,
      ...conditions(call),
    };
    const doing = (op === 'construct' ? 'new ' : '') + nameOf(target);
    const read = (answer: Answers['call'], decode: Decoder) => {
      const value = decode.value(answer.value);
      return {
        value,
        ...(answer.argsAfter && { argsAfter: answer.argsAfter.map((arg) => decode.value(arg)) }),
        ...(answer.differentiated !== undefined && { differentiated: answer.differentiated }),
        ...(answer.takenFrom !== undefined && { takenFrom: answer.takenFrom }),
      };
    };
    const { answer, ms } = await ask(request as Extract<Request, { op: 'call' }>, doing, read, {
      binary: sent.binary,
      args,
      ...(call.wallMs !== undefined && { callMs: call.wallMs }),
    });
    return { ...answer, ms };
  };

  const getAll: Session['getAll'] = async (handle, paths, call = {}) => {
    const request: Extract<Request, { op: 'get' }> = { op: 'get', handle, paths: [...paths], ...conditions(call) };
    const read = ({ values }: Answers['get'], decode: Decoder) => {
      if (values.length !== paths.length) throw new ProtocolBreak('a value for each path is due');
      return values.map((value) => decode.value(value));
    };
    const reading = paths.map((path) => `reading ${path}`);
    return (await ask(request, reading, read, wall(call))).answer;
  };
  const setAll: Session['setAll'] = async (handle, values) => {
    const [paths, given] = [Object.keys(values), Object.values(values)];
    const { args, binary } = encodeArgs(given, sentIn);
    const request: Extract<Request, { op: 'set' }> = {
      op: 'set',
      handle,
      values: paths.map((path, i) => [path, args[i]!]),
    };
    const setting = paths.map((path) => `setting ${path}`);
    await ask(request, setting, () => undefined, { binary, args: given });
  };

  return {
    backend: precision === 'double' ? 'cpu' : backend,
    precision,
    get alive() {
      return exchange.alive;
    },
    output: () => exchange.output(),
    close: () => exchange.close(),
    call: (target, args, call) => invoke('call', target, args, call),
    construct: (target, args, call) => invoke('construct', target, args, { ...call, keep: 'handle' }),
    exports: async (module) => {
      const { answer } = await ask({ op: 'exports', module }, module, ({ names }) => names);
      return Object.fromEntries(answer);
    },
    make: async (arg) => {
      const { args, binary } = encodeArgs([arg], sentIn);
      const read = ({ value }: Answers['make'], decode: Decoder) => decode.value(value);
      const { answer } = await ask({ op: 'make', value: args[0]! }, 'making an argument', read, {
        binary,
        args: [arg],
      });
      if (typeof answer === 'object' && answer?.kind === 'handle') return { kind: 'handle', id: answer.id };
      throw new Error('Only objects can be kept inside; send a number or a text with each call.');
    },
    get: async (handle, path, call) => (await getAll(handle, [path], call))[0],
    getAll,
    set: (handle, path, value) => setAll(handle, { [path]: value }),
    setAll,
    take: async (handle, count, call = {}) => {
      const request = { op: 'take', handle, count, ...conditions(call) } as const;
      const read = ({ items }: Answers['take'], decode: Decoder): Value[] => items.map((item) => decode.value(item));
      return (await ask(request, 'the iterator', read, wall(call))).answer;
    },
    describe: async (handle, { weights } = { weights: true }) => {
      const read = ({ description }: Answers['describe'], decode: Decoder) => decode.description(description);
      return (await ask({ op: 'describe', handle, weights }, 'the model', read)).answer;
    },
    seen: async (draw, lengthy = []) => {
      const request: Extract<Request, { op: 'seen' }> = { op: 'seen', draw, lengthy: [...lengthy] };
      const question = { request, wallMs: seenMs, overtime: 'drew for too long' } as const;
      const reply = await exchange.ask<'seen', Seen>({ ...question, read: (answer) => answer });
      if ('trouble' in reply) throw await stop(reply.trouble, 'what was drawn');
      return reply.answer;
    },
    seed: async (seed) => void (await ask({ op: 'seed', seed }, 'seeding', () => undefined)),
    release: async (handle) => {
      await ask({ op: 'release', handle }, 'releasing', () => undefined);
      objects.release(handle);
    },
  };
}

const conditions = (call: CallOptions) => ({ keep: call.keep ?? 'value', policy: call.policy ?? 'free' }) as const;
const wall = (call: CallOptions) => (call.wallMs === undefined ? {} : { callMs: call.wallMs });
const seconds = (ms: number) => `${ms / 1000} s`;

function wireTarget(target: Target): WireTarget {
  if ('module' in target) return { module: target.module, name: target.name };
  return target.method === undefined ? { handle: target.handle } : { handle: target.handle, method: target.method };
}

const nameOf = (target: Target) => ('module' in target ? target.name : (target.method ?? 'the function'));
