/**
 * Attacks in Python that fit into a line or two: `fixtures/attacks/in-python.json`. Some try a single thing, which has to be
 * refused; others are a program that has to end in a certain way.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Listed =
  | { tries: string; layer: string }
  | { does: string; code: string; layer: string; ending: string; says: string };

/** Runs a text and says whether it came through; what libc refuses by its answer raises here. */
export const attempting = `
import os, sys

def libc(name, *args):
    import ctypes
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*args) == -1:
        raise OSError(ctypes.get_errno(), name)

def syscall(number, *args):
    libc('syscall', number, *args)

def attempt(text):
    try:
        exec(text, {'os': os, 'sys': sys, 'libc': libc, 'syscall': syscall})
        return 'came through'
    except BaseException as raised:
        return 'refused' if isinstance(raised, (OSError, ImportError, ValueError, RuntimeError, EOFError)) else repr(raised)
`;

const always = { runs: 'python', boundMs: 4000, byDay: 'fixtures/attacks-in-python.test.ts' };

/** All that are listed in a folder's file: by name, with its program and how it has to end, and what those try that try one thing. */
export function listedInPython(folder: string): {
  tries: string[];
  listed: { name: string; code: string; ending: object }[];
} {
  const all = JSON.parse(readFileSync(join(folder, 'in-python.json'), 'utf8')) as Listed[];
  const listed = all.map((one) => {
    if ('does' in one) {
      const { does, code, ...ending } = one;
      return { name: `python: ${does}`, code, ending: { ...always, ...ending, why: does } };
    }
    const { tries, layer } = one;
    const code = `${attempting}\ndef f(bait):\n    return attempt(${JSON.stringify(tries)})\n`;
    const ending = { ...always, layer, ending: 'answer', says: '^\\{"value":"refused"\\}$', why: tries };
    return { name: `python: ${tries}`, code, ending };
  });
  return { tries: all.flatMap((one) => ('tries' in one ? [one.tries] : [])), listed };
}
