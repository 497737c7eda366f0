/** When and as what a submission came, as its origin tells it. */
import type { Grade } from '../graders/model/grade.ts';
import { instant } from './format.ts';

/** Short facts in the order in which people ask for them; none where nothing is known. */
export function handedIn({ id, origin }: Grade): string[] {
  if (origin === undefined) return [];
  const { name, group, attempt, at, late, handedInAs } = origin;
  return [
    ...(name !== undefined && name !== id ? [id] : []),
    ...(group === undefined ? [] : [`group ${group}`]),
    ...(attempt === undefined ? [] : [`attempt ${attempt}`]),
    ...(at === undefined ? [] : [`handed in ${instant(at)}`]),
    ...(late === true ? ['marked as late by the platform'] : []),
    ...(handedInAs === id || handedInAs === name ? [] : [`as “${handedInAs}”`]),
  ];
}
