/** Whose something is by the name that a learning platform gave it. */
import { blackboard } from './blackboard.ts';
import { brightspace } from './brightspace.ts';
import { canvas } from './canvas.ts';
import { moodle } from './moodle.ts';
import type { Owned, Owner } from './owned.ts';

type ReadName = (name: string) => Owned | undefined;

/** No file system has longer names; an archive may claim to. */
const mostLetters = 255;

const platforms: readonly ReadName[] = [moodle, blackboard, brightspace, canvas];
const ofFolders: readonly ReadName[] = [moodle, brightspace];

/**
 * What a platform's name of a file or archive says; undefined where no platform names anything so. The platform writes in
 * front, so names are read from the left, and no student can write another's.
 */
export const ownerOfFile = (name: string): Owned | undefined => firstOf(platforms, name);

/** The same of a folder, which not every platform makes. */
export const ownerOfFolder = (name: string): Owned | undefined => firstOf(ofFolders, name);

function firstOf(readers: readonly ReadName[], name: string): Owned | undefined {
  for (const read of readers) {
    const owned = read(name.normalize('NFC').slice(0, mostLetters));
    if (owned !== undefined) return owned;
  }
  return undefined;
}

/** Whose a folder or archive is that no platform named: that of whom it is called after. */
export function ownerByName(name: string): Owner {
  const handedInAs = name.normalize('NFC').slice(0, mostLetters);
  return { origin: { platform: 'folder', handedInAs }, label: handedInAs.replace(/\.zip$/i, '') };
}
