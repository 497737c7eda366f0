/** Processes that are copied instead of being started: what they are told apart by, which is nothing, and what is between them. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCopies, type Copies } from '../../sandbox/session/copies.ts';
import { launch, type Launched } from '../../sandbox/session/launch.ts';
import { openSession, type Session } from '../../sandbox/session/session.ts';
import { startHere } from '../../sandbox/session/start-here.ts';
import { arrayFrom } from '../../values.ts';
import { copiedLaunch, withoutPython } from './python.testing.ts';

const program = `
import fcntl, os, signal, threading, time
kept = []

def keep(x):
    kept.append(x)
    return len(kept)

def process():
    return [os.getpid(), os.getppid(), os.getuid()]

def descriptors():
    found = []
    for fd in range(300):
        try:
            os.fstat(fd)
            found.append(fd)
        except OSError:
            pass
    return found

def name_others():
    """Whom a signal for what happens to a descriptor could be sent to."""
    found = []
    for pid in range(-40, 40):
        try:
            fcntl.fcntl(0, fcntl.F_SETOWN, pid)
            found.append(pid)
        except OSError:
            pass
    return found

def capabilities():
    import ctypes
    data = (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capget((ctypes.c_uint32 * 2)(0x20080522, 0), data)
    return list(data)

def threads(n):
    for i in range(n):
        try:
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        except RuntimeError:
            return i
    return n

def leave():
    os._exit(7)

def crash():
    import ctypes
    ctypes.string_at(0)

def draw():
    import random
    return random.random()
`;

describe.skipIf(withoutPython !== undefined)('a copied process', () => {
  let copies: Copies;
  const sessions: Session[] = [];
  beforeAll(() => void (copies = openCopies(startHere)));
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    await copies.close();
  });
  const open = async () => {
    const modules = [{ path: 'q.py', code: program }];
    const session = await openSession({ launch: { ...(await copiedLaunch()), copies }, modules, imports: ['numpy'] });
    sessions.push(session);
    return session;
  };
  const ask = async (session: Session, name: string, ...args: number[]) =>
    (await session.call({ module: 'q.py', name }, args)).value;
  const numbers = async (session: Session, name: string) => [...arrayFrom(await ask(session, name))!.data];

  test('knows nothing of another one’s program, draws the same numbers, and ends alone', async () => {
    const [one, two] = [await open(), await open()];
    expect([await ask(one, 'keep', 1), await ask(one, 'keep', 2), await ask(two, 'keep', 3)]).toEqual([1, 2, 1]);
    expect(await ask(one, 'draw')).toBe(await ask(two, 'draw'));
    await expect(ask(one, 'leave')).rejects.toThrow('exit code 7');
    expect(await ask(two, 'keep', 4)).toBe(2);
    const three = await open();
    await expect(ask(three, 'crash')).rejects.toThrow('SIGSEGV');
    expect(await ask(two, 'keep', 5)).toBe(3);
    await two.close();
    expect(two.alive).toBe(false);
  });

  test('is the first in a room of its own, with no rights, and names nobody to whom a signal could go', async () => {
    const [session, neighbour] = [await open(), await open()];
    await ask(neighbour, 'keep', 1);
    expect(await numbers(session, 'process')).toEqual([1, 0, 65534]);
    expect(await numbers(session, 'capabilities')).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await numbers(session, 'name_others')).filter((pid) => pid > 1 || pid < -1)).toEqual([]);
  });

  test('holds its own four descriptors and no other', async () => {
    expect(await numbers(await open(), 'descriptors')).toEqual([0, 1, 2, 3]);
  });

  test('leaves its neighbours their threads, however many it starts', async () => {
    const [greedy, other] = [await open(), await open()];
    expect(await ask(greedy, 'threads', 200)).toBeLessThan(64);
    expect(await ask(other, 'threads', 40)).toBe(40);
  });

  test('is one of as many as an original may have; then there is another original', async () => {
    const few = openCopies(startHere);
    const launched: Launched[] = [];
    for (let i = 0; i < 3; i++) launched.push(await launch({ ...(await copiedLaunch([], 2)), copies: few }));
    expect(new Set(launched.map(({ pid }) => pid)).size).toBe(3);
    await few.close();
    for (const { stopped } of launched) expect(await stopped).toMatchObject({ why: 'lost' });
  });

  test.each([
    ['has one thread and nothing that is shared', true, ''],
    [
      'has started a thread',
      false,
      'import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n',
    ],
    ['shares memory that can be written', false, 'import mmap\nkept = mmap.mmap(-1, 4096)\n'],
    ['does not come up', false, 'raise SystemExit(3)\n'],
  ])('where the original %s it is a copy: %s; otherwise a process is started', async (_, isCopied, text) => {
    const folder = await mkdtemp(join(tmpdir(), 'gradmark-copies-'));
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'loaded.py'), text);
    const asked: boolean[] = [];
    const watched: Copies = {
      ...copies,
      take: async (...words) => {
        const copy = await copies.take(...words);
        asked.push(copy !== undefined);
        return copy;
      },
    };
    const base = await copiedLaunch();
    const process = base.runtime.processFor(base);
    const mounts = [...process.mounts!, { from: folder, at: '/besides' }];
    const processFor = () => ({ ...process, args: ['/besides', 'loaded'], mounts });
    const launched = await launch({ ...base, runtime: { ...base.runtime, processFor }, copies: watched });
    expect(asked).toEqual([isCopied]);
    launched.kill('killed', 'over');
    expect(await launched.stopped).toMatchObject({ why: 'killed' });
    await rm(folder, { recursive: true });
  });
});
