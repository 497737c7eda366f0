/** Which level of containment this machine reaches: the best one that nothing breaks which doctor tries. */
import type { SandboxLevel } from '../../model/guest.ts';
import { stageNode } from '../../runtimes/node/stage-node.ts';
import { cacheFolder } from '../stage/cache-folder.ts';
import { digest, once } from '../stage/sealed-folder.ts';
import { UnusableFolder } from '../stage/unusable-folder.ts';
import { machineAsItRuns } from './as-it-runs.ts';
import { ATTEMPTS } from './attempts.ts';
import { layBait } from './bait.ts';
import { holes, LEVELS } from './levels.ts';
import { probe, stageProbe } from './probe.ts';
import { patience, tryFurther, type TriedItem } from './try-levels.ts';

/** Found by trying to break out of each; asked once per process, because it does not change. */
export const bestLevel: () => Promise<SandboxLevel> = onceOnly(async () => {
  const [little, whole] = [await stageProbe(), await stageNode()];
  const { bait, remove } = await layBait(little);
  const isShut = async (level: SandboxLevel) => {
    const tries = { runtime: little, level, attempts: ATTEMPTS, bait, wallMs: patience };
    const result = await probe(tries).catch(() => undefined);
    return result !== undefined && holes(level, result.tried).length === 0;
  };
  const further = (level: SandboxLevel) =>
    holdsFurther(`${level} ${little.dir} ${whole.dir}`, () => tryFurther(level, { little, whole }));
  try {
    for (const level of LEVELS) if ((await isShut(level)) && (await further(level))) return level;
  } finally {
    await remove();
  }
  return 'D';
});

/**
 * Whether none of these tries gets through; an answer that does not come is no breach. That none did is remembered for as long
 * as the machine runs as it does, in the folder that only we can write to; neither a breach is, nor that an answer was missing.
 */
export async function holdsFurther(of: string, tries: () => Promise<TriedItem[]>, folder?: string): Promise<boolean> {
  const machine = machineAsItRuns();
  let tried: TriedItem[] | undefined;
  const isBroken = () => tried?.some(({ state }) => state === 'hole') === true;
  const proven = async () => {
    tried = await tries();
    if (tried.some(({ state }) => state === 'hole' || state === 'unknown')) throw new Unproven();
  };
  try {
    if (machine === undefined) await proven();
    else await once(folder ?? (await cacheFolder()), `walls-${digest(machine, of)}`, proven);
  } catch (error) {
    // Where nothing can be kept, it is tried each time.
    if (error instanceof UnusableFolder) tried ??= await tries();
    else if (!(error instanceof Unproven)) throw error;
  }
  return !isBroken();
}

/** Not to be remembered. */
class Unproven extends Error {}

/** A function that computes once and then remembers. */
function onceOnly<T>(compute: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= compute());
}
