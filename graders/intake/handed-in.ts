/** Everything that one person handed in is one submission, handed in once or several times. */
import { Unacceptable } from './entry.ts';
import type { Entry } from './entry.ts';
import type { Find } from './find-submissions.ts';
import type { Person } from '../model/origin.ts';
import { plain } from './path-rules.ts';
import { nameOfPerson } from './person-key.ts';
import type { Owner } from './platforms/owned.ts';
import type { Recognise } from './roster/find-on-roster.ts';
import type { Listed } from './roster/roster.ts';
import { idsOf } from './submission-id.ts';

/** A submission as one person handed it in at one time. */
interface FoundAttempt extends Find {
  /** Who on the roster handed it in, or for staff why nobody can be named. */
  people?: readonly Listed[];
  unclear?: string;
  /** When the person last handed in, as the roster has it. */
  lastAt?: string;
}

/** One person with all attempts, the last one last. */
export interface FoundPerson {
  id: string;
  attempts: readonly FoundAttempt[];
  /** A sentence each for staff: what could not be made out. */
  unclear: readonly string[];
  /** Who on the roster that is: all members of a group. */
  onRoster: readonly Listed[];
}

/**
 * The people who handed in, in the order in which they were found, each with the attempts in the order of time. `exports` are
 * the finds of each path that was named; within one the files and the typed text of a person are one attempt.
 */
export function peopleOf(exports: readonly (readonly Find[])[], recognise?: Recognise): FoundPerson[] {
  const finds = exports.flatMap((some) => withParts(some)).map((find) => recognised(find, recognise));
  const people = new Map<string, FoundAttempt[]>();
  for (const find of finds) {
    const person = nameOfPerson(find.owner);
    const own = people.get(person);
    if (own === undefined) people.set(person, [find]);
    else own.push(find);
  }
  const ids = idsOf(finds.map(({ owner }) => owner));
  return [...people].map(([person, own]) => {
    const id = ids.get(person)!;
    const { attempts: some, isSure } = inTurn(own);
    const attempts = withLastTime(some);
    const unknown = [
      ...new Set(own.flatMap(({ unclear, shared, beside }) => [unclear ?? [], shared ?? [], beside ?? []].flat())),
    ];
    const names = attempts.map(({ name }) => plain(name)).join(', ');
    const order = `${id} is there ${attempts.length} times (${names}), and nothing says which came last: the last one named here counts.`;
    const unclear = [...unknown, ...(isSure ? [] : [order])];
    return { id, attempts, unclear, onRoster: own[0]!.people ?? [] };
  });
}

/** With what the roster says: it knows names and numbers better than a folder does. */
function recognised(find: Find, recognise?: Recognise): FoundAttempt {
  const found = recognise?.(find.owner);
  if (found === undefined) return find;
  if ('unclear' in found) return { ...find, unclear: found.unclear };
  const { people } = found;
  const onRoster = people.map(({ line }) => line).join();
  const listed = people.map(({ line: _, at: __, id, number = id, ...person }): Person => {
    return { ...person, ...(number !== undefined && { number }) };
  });
  const { person, ...only } = listed[0]!;
  const { origin } = find.owner;
  const of = people.length > 1 ? { members: listed, group: only.group ?? find.owner.label } : only;
  const known = { ...(person !== undefined && { person }), ...origin, ...of };
  const lastAt = people.find(({ at }) => at !== undefined)?.at;
  return {
    ...find,
    people,
    ...(lastAt !== undefined && { lastAt }),
    owner: { ...find.owner, origin: known, onRoster },
  };
}

/** The roster knows when somebody handed in the last time: it says nothing of the times before. */
function withLastTime(attempts: readonly FoundAttempt[]): FoundAttempt[] {
  return attempts.map((find, i) => {
    const { lastAt: at, owner } = find;
    const isUnknown = at !== undefined && i === attempts.length - 1 && owner.origin.at === undefined;
    return isUnknown ? { ...find, owner: { ...owner, origin: { ...owner.origin, at } } } : find;
  });
}

/** What Moodle puts into one folder for files and into another for the text that was typed into the page. */
function withParts(finds: readonly Find[]): Find[] {
  const whole = new Map<string, Find>();
  for (const find of finds) {
    const { platform, person } = find.owner.origin;
    const key = platform === 'moodle' ? `moodle ${person}` : `${whole.size}`;
    const before = whole.get(key);
    // The first by name is that of the files.
    if (before === undefined) whole.set(key, find);
    else whole.set(key, { ...before, list: async () => together(await listOf(before), await listOf(find)) });
  }
  return [...whole.values()];
}

/** An archive that cannot be opened costs itself; the text beside it may be there. */
const listOf = (find: Find): Promise<readonly Entry[] | Unacceptable> =>
  find.list().catch((error: unknown) => {
    if (error instanceof Unacceptable) return error;
    throw error;
  });

function together(a: readonly Entry[] | Unacceptable, b: readonly Entry[] | Unacceptable): readonly Entry[] {
  if (a instanceof Unacceptable) throw a;
  if (b instanceof Unacceptable) throw b;
  const there = new Set(a.map(({ path }) => path));
  return [...a, ...b.filter(({ path }) => !there.has(path))];
}

/** Attempts in the order of time, or of the platform's count, each with its number; else in the order in which they lay there. */
function inTurn(finds: readonly FoundAttempt[]): { attempts: FoundAttempt[]; isSure: boolean } {
  if (finds.length === 1) return { attempts: [...finds], isSure: true };
  const values = [timeOf, countOf].find((value) => finds.every((find) => value(find) !== undefined));
  const sorted = values === undefined ? [...finds] : finds.toSorted((a, b) => values(a)! - values(b)!);
  const isSure = values !== undefined && new Set(finds.map((find) => values(find))).size === finds.length;
  const attempts = sorted.map((find, i) => ({ ...find, owner: numbered(find.owner, i + 1) }));
  return { attempts, isSure };
}

const timeOf = ({ owner: { origin } }: Find) => (origin.at === undefined ? undefined : Date.parse(origin.at));
const countOf = ({ owner: { origin, upload } }: Find) => upload ?? origin.attempt;

const numbered = (owner: Owner, attempt: number): Owner => ({
  ...owner,
  origin: { ...owner.origin, attempt: owner.origin.attempt ?? attempt },
});
