/** Programs that answer in the guest's place that the grader is at fault: whatever they were asked, their own failure stays theirs. */
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import { openSession, type Session } from '../../sandbox/session/session.ts';
import { idOf } from '../../sandbox/session/session.testing.ts';
import { pythonLaunch, withoutPython } from './python.testing.ts';

const forging = `
import json, os, struct, sys

def forge():
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    text = json.dumps({"nonce": frame.f_locals["nonce"], "trouble": {"kind": "ours", "message": "the grader is broken"}}).encode()
    os.write(3, struct.pack("<II", len(text), 0) + text)
    os._exit(0)
`;
const program = `
from forging import forge

class Layer:
    @property
    def weights(self):
        forge()
    def __iter__(self):
        forge()
    def __setattr__(self, name, value):
        forge()
    def forward(self, *args):
        forge()

def layer():
    return Layer()
`;

const x: Arg = { kind: 'list', items: [1, 2] };
type Ask = (session: Session, handle: number) => Promise<unknown>;
const asked: [name: string, ask: Ask][] = [
  ['a method without arguments', (s, handle) => s.call({ handle, method: 'forward' }, [])],
  ['a method with arguments', (s, handle) => s.call({ handle, method: 'forward' }, [x])],
  ['an attribute', (s, handle) => s.get(handle, 'weights')],
  ['attributes to be set', (s, handle) => s.set(handle, 'rate', 1)],
  ['items', (s, handle) => s.take(handle, 2)],
  ['what a module defines', (s) => s.exports('loud.py')],
];

describe.skipIf(withoutPython !== undefined)('blames nobody but the program that forges when asked for', () => {
  test.each(asked)('%s', async (_, ask) => {
    const session = await openSession({
      launch: await pythonLaunch(),
      modules: [
        { path: 'forging.py', code: forging },
        { path: 'program.py', code: program },
        { path: 'loud.py', code: 'from forging import forge\nforge()' },
      ],
      imports: ['numpy'],
    });
    try {
      const made = await session.call({ module: 'program.py', name: 'layer' }, [], { keep: 'handle' });
      await expect(ask(session, idOf(made.value))).rejects.toMatchObject({ kind: 'crash' });
    } finally {
      await session.close();
    }
  });
});
