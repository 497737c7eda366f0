/** Whether the walls inside the process hold: between the student's program and the guest, and between it and what its task forbids. */
import type { SandboxLevel } from '../../model/guest.ts';
import { LibraryIncomplete } from '../../stopped.ts';
import { openSession, type Session } from '../session/session.ts';
import type { StagedRuntime } from '../stage/stage.ts';
import { PROBE_LIMITS } from './probe.ts';

/** What a program may try there; each function returns true when it gets through. */
const TRIES = [
  { id: 'guest-realm', title: "hold an object of the grader's inside", name: 'realm' },
  { id: 'guest-code', title: 'turn text into code', name: 'code' },
  { id: 'guest-process', title: "get hold of Node's process", name: 'node' },
  { id: 'guest-autodiff', title: 'differentiate where its task forbids it', name: 'slope' },
] as const;

const CODE = `
const tf = require('@tensorflow/tfjs');
const made = ['construc', 'tor'].join('');
const seen = [];
const isForeign = (x) => x !== null && x !== undefined && x[made] !== undefined && x[made][made] !== Function;
exports.realm = new Proxy(() => {
  try { require('nothing'); } catch (error) { seen.push(error); }
  new Proxy(class {}, { construct: (_, args, target) => (seen.push(args, target), {}) });
  return seen.some(isForeign);
}, { apply: (f, self, args) => { seen.push(self, args, ...args); return f(); } });
exports.code = () => { try { new Function('return 1')(); return true; } catch { return false; } };
exports.node = () => process.on('exit', () => {}) !== process || ['binding', 'dlopen', 'kill', 'execve'].some((name) => name in process);
exports.slope = () => { try { return tf.grad((x) => x.square())(tf.scalar(1)) !== undefined; } catch { return false; } };
`;

interface WallTried {
  id: string;
  title: string;
  state: 'stopped' | 'hole' | 'unknown';
  said: string;
}

/** Tries the guest's own walls at a level; an answer that does not come is unknown. Never rejects. */
export async function tryGuestWalls(level: SandboxLevel, runtime: StagedRuntime): Promise<WallTried[]> {
  let session: Session | undefined;
  try {
    session = await openSession({
      launch: { runtime, level, limits: PROBE_LIMITS, precision: 'single', backend: 'cpu' },
      modules: [{ path: 'walls.ts', code: CODE }],
      imports: ['@tensorflow/tfjs'],
      library: 'forward',
    });
    const tried: WallTried[] = [];
    for (const { id, title, name } of TRIES) tried.push({ id, title, ...(await tryWall(session, name)) });
    return tried;
  } catch (error) {
    return TRIES.map(({ id, title }) => ({ id, title, state: 'unknown', said: (error as Error).message }));
  } finally {
    await session?.close();
  }
}

async function tryWall(session: Session, name: string): Promise<Pick<WallTried, 'state' | 'said'>> {
  try {
    const { value } = await session.call({ module: 'walls.ts', name }, []);
    return { state: value === false ? 'stopped' : 'hole', said: String(value) };
  } catch (error) {
    // That the library lacks what was asked for is the wall; whatever else happens proves nothing.
    if (error instanceof LibraryIncomplete) return { state: 'stopped', said: error.message };
    return { state: 'unknown', said: (error as Error).message };
  }
}
