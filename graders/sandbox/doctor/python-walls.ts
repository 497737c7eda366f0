/** Whether programs in Python can be run here, and whether the box holds with Python inside: tried, as a hostile program would. */
import type { SandboxLevel } from '../../model/guest.ts';
import { NoPython } from '../../runtimes/python/no-python.ts';
import { stagePython } from '../../runtimes/python/stage-python.ts';
import { openSession, type Session } from '../session/session.ts';
import { PROBE_LIMITS } from './probe.ts';

/** What a program may try; each body returns when it gets through, and raises where it is stopped. */
const TRIES = [
  ['py-read', 'read a file outside', "open('/etc/passwd').read()"],
  ['py-list', 'list a folder outside', "os.listdir('/root')"],
  ['py-proc', "read a process's environment", "open('/proc/self/environ').read()"],
  ['py-write', 'write to /tmp', "os.open('/tmp/planted', os.O_WRONLY | os.O_CREAT)"],
  ['py-own', 'change the guest', 'os.open("/app/main.py", os.O_WRONLY)'],
  ['py-memory', 'make a file in memory', "os.memfd_create('x')"],
  ['py-fork', 'start a process', 'os.fork()'],
  ['py-exec', 'become another program', "os.execv('/python/bin/python3', ['x'])"],
  ['py-kill', 'signal another process', 'os.kill(1, 0)'],
  ['py-tcp', 'open a TCP socket', 'socket.socket(socket.AF_INET)'],
  ['py-unix', 'open a unix socket', 'socket.socket(socket.AF_UNIX)'],
  ['py-limits', 'change its own limits', 'resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))'],
] as const;

const CODE = `
import os, resource, socket
import numpy as np

def attempt(text):
    try:
        exec(text)
        return True
    except OSError:
        return False
    except ValueError:
        return False

def computes():
    w = np.array([[1.0, 2.0], [3.0, 4.0]])
    return float((np.array([1.0, -1.0]) @ w).sum())
`;

export interface PythonReport {
  /** `Python 3.11.7, numpy 2.4.6`; absent where there is none that can be used, `because` says why. */
  versions?: string;
  because?: string;
  /** Whether nothing came through and numbers are right. */
  sound: boolean;
  tried: { id: string; title: string; state: 'stopped' | 'hole' | 'unknown' }[];
}

/** Tries Python out at a level. Never rejects: what cannot be found out is said. */
export async function examinePython(level: SandboxLevel | undefined, command?: string): Promise<PythonReport> {
  if (level !== 'A' && level !== 'A-') {
    return {
      sound: false,
      because: 'programs in Python are run at level A or A− only',
      tried: [],
    };
  }
  let session: Session | undefined;
  try {
    const runtime = await stagePython(['numpy'], command);
    const launch = {
      runtime,
      level,
      limits: PROBE_LIMITS,
      precision: 'double',
      backend: 'cpu',
    } as const;
    session = await openSession({
      launch,
      modules: [{ path: 'walls.py', code: CODE }],
      imports: ['numpy'],
    });
    const tried: PythonReport['tried'] = [];
    for (const [id, title, body] of TRIES) tried.push({ id, title, state: await stateOf(session, body) });
    const { value } = await session.call({ module: 'walls.py', name: 'computes' }, []);
    const sound = value === -4 && tried.every(({ state }) => state === 'stopped');
    return { versions: runtime.versions, sound, tried };
  } catch (error) {
    const { message } = error as Error;
    return {
      sound: false,
      because: error instanceof NoPython ? message : `it did not start: ${message}`,
      tried: [],
    };
  } finally {
    await session?.close();
  }
}

async function stateOf(session: Session, body: string): Promise<'stopped' | 'hole' | 'unknown'> {
  try {
    const { value } = await session.call({ module: 'walls.py', name: 'attempt' }, [body]);
    return value === false ? 'stopped' : 'hole';
  } catch {
    return 'unknown';
  }
}

/** For the doctor's page: one line where all is well, and a line for each hole. */
export function pythonText({ versions, because, sound, tried }: PythonReport): string[] {
  if (versions === undefined) {
    return [
      `Programs in Python cannot be run here: ${because?.replace(/\.$/, '') ?? 'nobody knows why'}. Everything else works without.`,
    ];
  }
  const stopped = tried.filter(({ state }) => state === 'stopped').length;
  const open = tried.filter(({ state }) => state !== 'stopped');
  return [
    `Programs in Python are run by ${versions}: ${sound ? 'it computes, and' : 'NOT SOUND,'} ${stopped} of ${tried.length} attempts were stopped.`,
    ...open.map(({ title, state }) => `  may ${title}: ${state === 'hole' ? 'OPEN' : '?'}`),
  ];
}
