/** Students of one name in two sections are two students: where several classes are given, a name counts within its class. */
import { basename, dirname } from 'node:path';
import type { Find } from './find-submissions.ts';

interface Place {
  /** What the person who named it calls it. */
  name: string;
  /** Where it lies, links resolved. */
  path: string;
  finds: readonly Find[];
}

/**
 * The finds of each place. Where several places hold a class each, they are sections, and who has no number of a platform is
 * known with the section's name. Of single submissions that are called alike (`ann/hw1`, `bob/hw1`) the folder above says
 * whose each is.
 */
export function inSections(places: readonly Place[]): (readonly Find[])[] {
  const classes = places.filter(isClass);
  const single = places.filter((place) => !isClass(place));
  return places.map((place) => {
    const alike = single.filter(({ name }) => name === place.name).map(({ path }) => dirname(path));
    if (isClass(place) ? pathsOf(classes).size < 2 : new Set(alike).size < 2) return place.finds;
    return place.finds.map((find) => inSection(find, isClass(place) ? called(place, classes) : above(place)));
  });
}

const isClass = ({ name, finds }: Place) => finds.length > 1 || finds[0]?.name !== name;
const pathsOf = (places: readonly Place[]) => new Set(places.map(({ path }) => path));
const above = ({ path }: Place) => basename(dirname(path));

/** `monday`, or `monday hw3` and `tuesday hw3` where both are called `hw3`. */
function called(place: Place, classes: readonly Place[]): string {
  const alike = classes.filter(({ name }) => name === place.name);
  return pathsOf(alike).size > 1 ? `${above(place)} ${place.name}` : place.name;
}

function inSection(find: Find, section: string): Find {
  const { owner } = find;
  // What a platform tells people apart by holds in every section; how a name is written does not.
  const isNumbered = owner.distinct !== undefined && owner.origin.platform !== 'folder';
  if (isNumbered || owner.key !== undefined) return find;
  const name = section.normalize('NFC').replace(/\.zip$/i, '');
  return { ...find, owner: { ...owner, section: name, origin: { ...owner.origin, section: name } } };
}
