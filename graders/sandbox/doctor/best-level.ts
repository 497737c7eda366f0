/** Which level of containment this machine reaches: the best one that nothing breaks which doctor tries. */
import type { SandboxLevel } from '../../model/guest.ts';
import { stageNode } from '../../runtimes/node/stage-node.ts';
import { tooFewDescriptors } from '../contain/descriptors.ts';
import { cacheFolder } from '../stage/cache-folder.ts';
import { digest, once } from '../stage/sealed-folder.ts';
import { UnusableFolder } from '../stage/unusable-folder.ts';
import { machineAsItRuns } from './as-it-runs.ts';
import { ATTEMPTS } from './attempts.ts';
import { layBait } from './bait.ts';
import { holes, LEVELS } from './levels.ts';
import { stageProbe } from './probe.ts';
import { patience, tryFurther, type TriedItem } from './try-levels.ts';
import { NothingStarts, tryStart } from './try-start.ts';

/** Found by trying to break out of each; asked once per process, because it does not change. Rejects where nothing starts. */
export const bestLevel: () => Promise<SandboxLevel> = onceOnly(async () => {
  const few = tooFewDescriptors();
  if (few) throw new NothingStarts(few);
  const [little, whole] = [await stageProbe(), await stageNode()];
  const { bait, remove } = await layBait(little);
  const further = (level: SandboxLevel) =>
    holdsFurther(`${level} ${little.dir} ${whole.dir}`, () => tryFurther(level, { little, whole }));
  try {
    for (const level of LEVELS) {
      const tries = { runtime: little, level, attempts: ATTEMPTS, bait, wallMs: patience };
      const result = await tryStart(tries);
      const starts = !('because' in result);
      if (starts && holes(level, result.tried).length === 0 && (await further(level))) return level;
      if (!starts && level === LEVELS.at(-1)) throw new NothingStarts(result);
    }
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
