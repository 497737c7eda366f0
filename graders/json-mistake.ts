/** Finds the first mistake in text that should be JSON, with its place: the engine's own message often has none. */

interface JsonMistake {
  /** What is wrong and what to do, without the place. */
  says: string;
  line: number;
  column: number;
}

class Mistake extends Error {
  readonly at: number;
  constructor(at: number, says: string) {
    super(says);
    this.at = at;
  }
}

/** The first mistake of syntax, or nesting beyond `deepest` levels; undefined for sound JSON. */
export function jsonMistake(text: string, deepest: number): JsonMistake | undefined {
  try {
    const end = blank(text, value(text, blank(text, 0), deepest));
    if (end < text.length) throw new Mistake(end, 'the text should end here');
    return undefined;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const before = text.slice(0, error.at).split('\n');
    return { says: error.message, line: before.length, column: before.at(-1)!.length + 1 };
  }
}

const space = /[ \t\r\n]*/y;
/** Neither quotes, backslashes nor control characters. */
const plain = /[ !#-[\]-\uffff]*/y;

// Each reader takes the place where its part begins and returns the place after it.

/** Where what this matches, nothing included, ends: at one stroke, since letter by letter is slow until the engine has compiled it. */
function after(these: RegExp, text: string, at: number): number {
  these.lastIndex = at;
  these.test(text);
  return these.lastIndex;
}

function blank(text: string, at: number): number {
  at = after(space, text, at);
  if (text.startsWith('//', at) || text.startsWith('/*', at))
    throw new Mistake(at, 'JSON has no comments: remove this one');
  return at;
}

function value(text: string, at: number, depth: number): number {
  if (depth === 0) throw new Mistake(at, 'this is nested too deeply');
  const first = text[at];
  if (first === '{') return members(text, at, '}', (from) => property(text, from, depth - 1));
  if (first === '[') return members(text, at, ']', (from) => value(text, from, depth - 1));
  if (first === '"') return string(text, at);
  const word = /(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)(?![\w.+-])/y;
  word.lastIndex = at;
  if (word.test(text)) return word.lastIndex;
  if (first === undefined) throw new Mistake(at, 'a value is missing: the text ends too early');
  if (first === "'") throw new Mistake(at, 'text stands in double quotes ("…")');
  throw new Mistake(at, 'a value should stand here; text needs double quotes ("…")');
}

function members(text: string, at: number, close: string, member: (at: number) => number): number {
  at = blank(text, at + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = blank(text, member(at));
    if (text[at] === close) return at + 1;
    if (text[at] === undefined) throw new Mistake(at, `a closing ${close} is missing`);
    if (text[at] !== ',') throw new Mistake(at, `a comma or ${close} should stand here`);
    const comma = at;
    at = blank(text, at + 1);
    if (text[at] === close) throw new Mistake(comma, `remove the comma before ${close}`);
  }
}

function property(text: string, at: number, depth: number): number {
  if (text[at] !== '"') throw new Mistake(at, 'a name in double quotes should stand here');
  at = blank(text, string(text, at));
  if (text[at] !== ':') throw new Mistake(at, 'a colon should stand here');
  return value(text, blank(text, at + 1), depth);
}

const twice = 'a backslash must be written twice (\\\\)';

function string(text: string, open: number): number {
  for (let at = after(plain, text, open + 1); at < text.length; at = after(plain, text, at + 1)) {
    const c = text[at]!;
    if (c === '"') return at + 1;
    if (c < ' ') throw new Mistake(at, 'text must end with " on its own line (write \\n for a new line)');
    if (c !== '\\') continue;
    // `\beta` and `\frac` are legal, and not what anybody means by them: backspace, form feed.
    if (/^[bf][A-Za-z]/.test(text.slice(at + 1, at + 3))) throw new Mistake(at, twice);
    if (!/^(["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at + 1, at + 6))) {
      throw new Mistake(at, twice);
    }
    at++;
  }
  throw new Mistake(open, 'this text has no closing "');
}
