/** Whether a teacher's word for a person means the one whose grade this is. */
import type { Grade } from '../model/grade.ts';

/** By number on the platform, number at the university, e-mail address, full name, or id; letters' size does not matter. */
export function isMeant(who: string, { id, origin }: Pick<Grade, 'id' | 'origin'>): boolean {
  const known = [id, origin?.person, origin?.number, origin?.email, origin?.name];
  return known.some((word) => word !== undefined && folded(word) === folded(who));
}

const folded = (text: string) => text.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
