/** The doctor says one thing: what was proven by trying overrules what was read off the machine. */
import type { Fact } from './machine.ts';
import type { LevelReport } from './try-levels.ts';

/** What keeps a machine from level A as far as one can read; where A or A- is proven, it did not. */
const REFUTABLE = ['user namespaces', 'bubblewrap', 'util-linux', 'system'];

/** The facts, none of which says that something keeps the machine from what it was seen to do. */
export function agreeing(facts: readonly Fact[], levels: readonly LevelReport[]): Fact[] {
  const isolated = levels.some(({ level, sound }) => sound && (level === 'A' || level === 'A-'));
  return facts.map(({ mend, ...fact }) =>
    isolated && !fact.ok && REFUTABLE.includes(fact.item)
      ? { ...fact, value: `${fact.value}, which does not keep gradmark from isolating`, ok: true }
      : { ...fact, ...(mend !== undefined && { mend }) },
  );
}

/** What is said of the best level, in one sentence; where there is none, of why. */
export function verdictOf(levels: readonly LevelReport[]): string {
  const best = levels.find(({ sound }) => sound);
  if (best) return `Best level: ${best.level} (${best.label}).`;
  return levels.some(({ available }) => available)
    ? 'No level holds all that it promises: look for OPEN, ? and NO above.'
    : 'No level works: nothing can be run here.';
}
