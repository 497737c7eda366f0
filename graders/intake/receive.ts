/** Takes in whatever lies at a path: one submission, or a folder or archive of them. The way in for everything students made. */
import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import type { Origin } from '../model/origin.ts';
import type { Refusal, Submission } from '../model/submission.ts';
import { assemble } from './assemble.ts';
import { Unacceptable } from './entry.ts';
import type { Find } from './find-submissions.ts';
import { findSubmissions } from './find-submissions.ts';
import type { FoundPerson } from './handed-in.ts';
import { peopleOf } from './handed-in.ts';
import type { IntakeLimits } from './limits.ts';
import { defaultLimits } from './limits.ts';
import { recogniser } from './roster/find-on-roster.ts';
import type { Listed } from './roster/roster.ts';
import { inSections } from './sections.ts';
import type { Vocabulary } from './vocabulary.ts';
import { vocabularyOf } from './vocabulary.ts';

export interface ReceiveOptions {
  assignment: Assignment;
  limits?: Partial<IntakeLimits>;
  /** The tasks that are graded, where not all are. */
  only?: readonly string[] | undefined;
  /** Who is in the class, where that is known. */
  roster?: readonly Listed[];
}

/** What a person handed in at one time. */
interface Attempt {
  origin: Origin;
  /** One that cannot be accepted comes as a Refusal, under the person's id. */
  read(): Promise<Submission | Refusal>;
}

/** What one person handed in, and is not read yet: a class may be larger than the memory. As an attempt it is the last one. */
export interface HandedIn extends Attempt {
  id: string;
  /** All of them, in the order of time. */
  attempts: readonly [Attempt, ...Attempt[]];
  /** A sentence each for staff, where it could not be made out whose it is or which attempt came last. */
  unclear: readonly string[];
  /** Who on the roster that is: all members of a group. */
  onRoster: readonly Listed[];
}

/** Everybody's submission at the paths, in order. Throws IntakeError when a path holds no submission at all. */
export async function findHandedIn(paths: string | readonly string[], options: ReceiveOptions): Promise<HandedIn[]> {
  const limits = { ...defaultLimits, ...options.limits };
  const vocabulary = vocabularyOf(options.assignment, options.only);
  const places = [];
  for (const path of [paths].flat()) {
    const finds = await findSubmissions(path, vocabulary, limits);
    places.push({ name: basename(resolve(path)), path: await realpath(path), finds });
  }
  const recognise = options.roster && recogniser(options.roster);
  return peopleOf(inSections(places), recognise).map((person) => handedIn(person, vocabulary, limits));
}

function handedIn(
  { id, attempts: found, ...about }: FoundPerson,
  vocabulary: Vocabulary,
  limits: IntakeLimits,
): HandedIn {
  const attempts = found.map((find, i): Attempt => {
    const { origin } = find.owner;
    const notes = found.length > 1 ? [whichOf(origin, i + 1, found.length)] : [];
    return {
      origin,
      async read() {
        const item = await read(find, vocabulary, limits);
        return 'refused' in item ? { id, ...item, origin } : { id, ...item, notes: [...notes, ...item.notes], origin };
      },
    };
  });
  return { id, attempts: attempts as [Attempt, ...Attempt[]], ...about, ...attempts.at(-1)! };
}

/** `Handed in 3 times: this is the second …` would be a promise about what counts; which one this is, is a fact. */
function whichOf({ at }: Origin, number: number, of: number): string {
  return `This is number ${number} of ${of} that were handed in${at === undefined ? '' : ` (${at.slice(0, 16).replace('T', ' ')})`}.`;
}

async function read({ where, owner, list }: Find, vocabulary: Vocabulary, limits: IntakeLimits) {
  try {
    const all = await list();
    const isAsked = owner.origin.platform === 'moodle' && vocabulary.headings.length > 0;
    const typed = isAsked ? all.find(({ path }) => path === typedInto) : undefined;
    const entries = all.filter((entry) => entry !== typed);
    return await assemble({ where, entries, ...(typed && { typed }) }, vocabulary, limits);
  } catch (error) {
    return { refused: refusalOf(error) };
  }
}

/** Where Moodle puts what was typed into its page. */
const typedInto = 'onlinetext.html';

/** A file that vanishes or cannot be opened costs its own submission only; it is for staff, since no student can mend it. */
function refusalOf(error: unknown): string {
  if (error instanceof Unacceptable) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `It could not be read (${code}): ask the staff.`;
}
