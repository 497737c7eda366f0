/** Tries each level out: what gets through, whether the limits hold, how long a start takes. */
import type { SandboxLevel } from '../../model/guest.ts';
import { ATTEMPTS, type Bait } from './attempts.ts';
import { tryGradient, type GradientReport } from './gradient.ts';
import { tryGuestWalls } from './guest-walls.ts';
import { holes, levelLabel } from './levels.ts';
import { probe, PROBE_LIMITS } from './probe.ts';
import { problemOf, tryStart } from './try-start.ts';
import type { Remedy } from '../contain/remedies.ts';
import type { StagedRuntime } from '../stage/stage.ts';
import { UnusableFolder } from '../stage/unusable-folder.ts';

export interface TriedItem {
  id: string;
  /** Completes "the program can …". */
  title: string;
  /** A hole is open although the level promises to stop it. */
  state: 'stopped' | 'open' | 'hole' | 'unknown';
  said: string;
}

export interface LevelReport {
  level: SandboxLevel;
  label: string;
  available: boolean;
  /** Available, computes rightly, and nothing that it promises to stop got through. */
  sound: boolean;
  startMs?: number;
  items: TriedItem[];
  /** Absent where the level is not available. */
  gradient?: GradientReport;
  /** The same with tfjs-node, where that is built. */
  nativeGradient?: GradientReport;
  /** Why it is not available, with what mends it. */
  problem?: Remedy;
}

/** What holds is met long before; on a busy machine a level must not look weaker than it is. */
export const patience = 60_000;

/** Programs that have to be ended from outside. */
const ENDLESS = [
  {
    id: 'memory',
    title: 'use more memory than its limit',
    body: 'const kept = []; for (;;) kept.push(Buffer.alloc(2e7, 1))',
    limits: { ...PROBE_LIMITS, memoryMb: 300 },
    wallMs: patience,
    endings: ['memory'],
  },
  {
    id: 'flood',
    title: 'print without end',
    body: 'const chunk = "x".repeat(65536); for (;;) fs.writeSync(1, chunk)',
    limits: PROBE_LIMITS,
    wallMs: patience,
    endings: ['output'],
  },
  {
    id: 'loop',
    title: 'run on after its time is up',
    body: 'process.on("SIGTERM", () => {}); for (;;);',
    limits: PROBE_LIMITS,
    wallMs: 500,
    endings: ['timeout'],
  },
];

interface Examined {
  /** The guest that tries things, and the one that hosts students' modules. */
  little: StagedRuntime;
  whole: StagedRuntime;
  /** The latter with tfjs-node, where that is built. */
  native?: StagedRuntime;
  bait: Bait;
}

/** Runs every attempt and every endless program at this level; rejects only where a folder that all levels need is unusable. */
export async function examineLevel(
  level: SandboxLevel,
  { little, whole, native, bait }: Examined,
): Promise<LevelReport> {
  const label = levelLabel(level);
  const unavailable = (problem: Remedy) => ({ level, label, available: false, sound: false, items: [], problem });
  try {
    const result = await tryStart({ runtime: little, level, attempts: ATTEMPTS, bait });
    if ('because' in result) return unavailable(result);
    const open = holes(level, result.tried);
    const items = ATTEMPTS.map(({ id, title }): TriedItem => {
      const tried = result.tried.get(id);
      if (!tried) return { id, title, state: 'unknown', said: result.stop.detail };
      const state = !tried.open ? 'stopped' : open.includes(id) ? 'hole' : 'open';
      return { id, title, state, said: tried.said };
    });
    items.push(...(await tryFurther(level, { little, whole })));
    const gradient = await tryGradient(level, whole, 'wasm');
    const nativeGradient = native && (await tryGradient(level, native, 'node'));
    const sound = gradient.ok && items.every(({ state }) => state === 'stopped' || state === 'open');
    return { level, label, available: true, sound, startMs: result.startMs, items, gradient, nativeGradient };
  } catch (error) {
    if (error instanceof UnusableFolder) throw error;
    return unavailable(problemOf(error as Error));
  }
}

/** What no single attempt shows: programs that have to be ended from outside, and the walls inside the process. */
export async function tryFurther(
  level: SandboxLevel,
  { little, whole }: Pick<Examined, 'little' | 'whole'>,
): Promise<TriedItem[]> {
  const ended = await Promise.all(ENDLESS.map((program) => tryEndless(level, little, program)));
  return [...ended, ...(await tryGuestWalls(level, whole))];
}

async function tryEndless(
  level: SandboxLevel,
  runtime: StagedRuntime,
  program: (typeof ENDLESS)[number],
): Promise<TriedItem> {
  const { id, title, body, limits, wallMs, endings } = program;
  const { stop, startMs } = await probe({ runtime, level, attempts: [{ id, body }], limits, wallMs });
  if (endings.includes(stop.why)) return { id, title, state: 'stopped', said: stop.detail };
  // Who never began, or could not do it in all that time, was slow or was not let: that proves no hole, and no wall.
  const isProof = startMs !== undefined && stop.why !== 'timeout';
  return { id, title, state: isProof ? 'hole' : 'unknown', said: stop.detail };
}
