/** The level for one's own work: proven once for a machine as it runs now, and known to later processes of this program. */
import type { SandboxLevel } from '../../model/guest.ts';
import { forget, keep, known } from '../../remembered.ts';
import { machineAsItRuns } from './as-it-runs.ts';
import { bestLevel } from './best-level.ts';
import { LEVELS } from './levels.ts';

interface OwnLevel {
  level: SandboxLevel;
  /** Proves it anew the next time; for when a sandbox did not behave. */
  distrust(): void;
}

/** For work of one's own only: whoever grades others' has the level proven by every process. */
export async function levelForOwnWork(): Promise<OwnLevel> {
  const machine = machineAsItRuns();
  if (machine === undefined) return { level: await bestLevel(), distrust: () => undefined };
  const of = `level ${machine}`;
  const found = known(of);
  const level = LEVELS.find((name) => name === found) ?? (await bestLevel());
  if (level !== found) keep(of, level);
  return { level, distrust: () => forget(of) };
}
