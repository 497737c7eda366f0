/** Who is the same person as far as names and numbers say so. */
import type { Owner } from './platforms/owned.ts';

/** The same for all that one person handed in, and another for everybody else. */
export function nameOfPerson({ origin, label, distinct, key, section, onRoster }: Owner): string {
  if (onRoster !== undefined) return JSON.stringify(['roster', onRoster]);
  const where = origin.platform === 'git' ? 'folder' : origin.platform;
  return JSON.stringify([where, section ?? '', key ?? [label, distinct ?? '']]);
}
