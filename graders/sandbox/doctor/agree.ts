/** The doctor says one thing: what was proven by trying overrules what was read off the machine. */
import { NO_FURTHER_NAMESPACES, NO_NAMESPACES, NO_OTHER_USER } from '../contain/remedies.ts';
import type { Fact } from './machine.ts';
import type { LevelReport } from './try-levels.ts';

/** What keeps a machine from level A as far as one can read; where A or A- is proven, it did not. */
const REFUTABLE = ['user namespaces', 'bubblewrap', 'util-linux', 'system'];

/** What was read of an item, and what a level then came to that it says nothing of. */
const REFUSED = { item: 'user namespaces', value: 'refused when tried, though no switch of the kernel says so' };
const REFUTED = [
  { item: 'user', by: NO_OTHER_USER, value: 'root, who may become no other user here' },
  { ...REFUSED, by: NO_NAMESPACES },
  { ...REFUSED, by: NO_FURTHER_NAMESPACES },
];

/** The facts, none of which says that something keeps the machine from what it was seen to do, or lets it do what it did not. */
export function agreeing(facts: readonly Fact[], levels: readonly LevelReport[]): Fact[] {
  const isolated = levels.some(({ level, sound }) => sound && (level === 'A' || level === 'A-'));
  const met = (because: string) => levels.some(({ problem }) => problem?.because.startsWith(because));
  return facts.map(({ mend, ...fact }) => {
    if (isolated && !fact.ok && REFUTABLE.includes(fact.item))
      return { ...fact, value: `${fact.value}, which does not keep gradmark from isolating`, ok: true };
    const refuted = REFUTED.find(({ item, by }) => fact.ok && item === fact.item && met(by.because));
    if (!isolated && refuted) return { ...fact, value: refuted.value, ok: false };
    return { ...fact, ...(mend !== undefined && { mend }) };
  });
}

/** What is said of the best level, in one sentence; where there is none, of why. */
export function verdictOf(levels: readonly LevelReport[]): string {
  const best = levels.find(({ sound }) => sound);
  if (best) return `Best level: ${best.level} (${best.label}).`;
  return levels.some(({ available }) => available)
    ? 'No level holds all that it promises: look for OPEN, ? and NO above.'
    : 'No level works: nothing can be run here.';
}
