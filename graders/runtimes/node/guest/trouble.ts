/** How the guest says that there is no answer, and what it makes of things that student code throws. */
import type { Trouble } from '../../../protocol/messages.ts';
import type { Outside } from './outside.ts';

/** Raised by the guest's own code; never handed to student code. */
export class GuestTrouble extends Error {
  readonly #trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.message);
    this.#trouble = trouble;
  }
  get trouble(): Trouble {
    return this.#trouble;
  }
  /** Unlike instanceof, this asks nothing of what was thrown, which may be a proxy. */
  static is(thrown: unknown): thrown is GuestTrouble {
    return typeof thrown === 'object' && thrown !== null && #trouble in thrown;
  }
}

const messageCap = 2000;
const framesRead = 50;

/** `text` shortened to what fits a message. */
export const cut = (text: string, length = messageCap) => (text.length > length ? `${text.slice(0, length)}…` : text);

/** What was thrown, in words, and the first frame of its stack that lies in one of `paths`. Reading it may run student code. */
export function describeThrown(outside: Outside, thrown: unknown, paths: ReadonlySet<string>): Trouble {
  if (GuestTrouble.is(thrown)) return thrown.trouble;
  if (typeof thrown === 'function') return { kind: 'threw', message: 'a function' };
  if (typeof thrown !== 'object' || thrown === null) {
    return { kind: 'threw', message: cut(typeof thrown === 'symbol' ? 'a symbol' : String(thrown)) };
  }
  const name = readText(outside, thrown, 'name');
  const message = readText(outside, thrown, 'message');
  const place = firstPlace(readText(outside, thrown, 'stack') ?? '', paths);
  return {
    kind: 'threw',
    message: cut(message ?? 'an object that is not an Error'),
    ...(name !== undefined && name !== '' && { name: cut(name, 100) }),
    ...(place && { place }),
  };
}

/** Whether there was no memory left for numbers, in the engine's words. */
export const isOutOfMemory = ({ name, message }: Trouble): boolean =>
  name === 'RangeError' && message === 'Array buffer allocation failed';

function readText(outside: Outside, thrown: object, key: string): string | undefined {
  try {
    const text = outside.get(thrown, key);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function firstPlace(stack: string, paths: ReadonlySet<string>): Trouble['place'] {
  const lines = stack.slice(0, 20_000).split('\n', framesRead);
  // A syntax error names its place in the first line, without a column.
  const syntax = /^(.+):(\d{1,7})$/.exec(lines[0] ?? '');
  if (syntax && paths.has(syntax[1]!)) return { path: syntax[1]!, line: Number(syntax[2]), column: 1 };
  for (const line of lines) {
    const frame = /^\s+at (?:.*\()?(.+?):(\d{1,7}):(\d{1,7})\)?$/.exec(line);
    if (frame && paths.has(frame[1]!)) return { path: frame[1]!, line: Number(frame[2]), column: Number(frame[3]) };
  }
  return undefined;
}
