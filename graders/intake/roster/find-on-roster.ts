/** Who on the roster handed something in: by number, address or name, and never by guessing. */
import type { Person } from '../../model/origin.ts';
import { plain } from '../path-rules.ts';
import type { Owner } from '../platforms/owned.ts';
import type { Listed } from './roster.ts';

/** All who handed in together, or why nobody can be named. */
type Recognised = { people: readonly Listed[] } | { unclear: string };

/** Looks somebody up by the first way in which anybody fits; several who fit equally well are told. */
export type Recognise = (owner: Owner) => Recognised;

/** A roster that is ready to be asked. */
export function recogniser(roster: readonly Listed[]): Recognise {
  const index = indexOf(roster);
  const recognise: Recognise = (owner) => {
    const { members, handedInAs } = owner.origin;
    if (members !== undefined) return together(owner, members, recognise);
    for (const way of [byPlatformNumber, byEmail, byNumber, byUsername, byName]) {
      const found = inSection(owner, way(owner, index));
      if (found.length === 1) return { people: found };
      if (found.length > 1) {
        const who = found.map(called).join('; ');
        return {
          unclear: `${plain(handedInAs)} may be ${found.length} people on the roster (${who}): a number would tell.`,
        };
      }
    }
    const group = index('group', nameIn(owner));
    if (group.length > 0) return { people: group };
    return {
      unclear: `${plain(handedInAs)} is nobody on the roster: is the name spelt so there, is a number missing?`,
    };
  };
  return recognise;
}

type Kind = 'person' | 'id' | 'number' | 'email' | 'username' | 'group' | 'words' | 'joined';

/** Who has this, written in whatever way. */
type Index = (kind: Kind, value: string | undefined) => readonly Listed[];

type Way = (owner: Owner, index: Index) => readonly Listed[];

function indexOf(roster: readonly Listed[]): Index {
  const all = new Map<string, Listed[]>();
  const add = (kind: Kind, value: string | undefined, person: Listed) => {
    const key = folded(value ?? '');
    if (key === '') return;
    const known = all.get(`${kind} ${key}`) ?? [];
    if (!known.includes(person)) all.set(`${kind} ${key}`, [...known, person]);
  };
  for (const person of roster) {
    for (const kind of ['person', 'id', 'number', 'email', 'username', 'group'] as const)
      add(kind, person[kind], person);
    const words = wordsOf(person.name ?? '').slice(0, 12);
    add('words', words.toSorted().join(' '), person);
    // Canvas writes the words together, the last name first.
    words.forEach((_, i) => add('joined', [...words.slice(i), ...words.slice(0, i)].join(''), person));
  }
  return (kind, value) => all.get(`${kind} ${folded(value ?? '')}`) ?? [];
}

function together({ origin }: Owner, members: readonly Person[], recognise: Recognise): Recognised {
  const { members: _, name: __, ...shared } = origin;
  const each = members.map((member) => recognise({ label: member.name ?? '', origin: { ...shared, ...member } }));
  const people = each.flatMap((found) => ('people' in found ? found.people : []));
  return people.length > 0 ? { people } : each[0]!;
}

const byPlatformNumber: Way = (owner, index) => {
  const { person } = owner.origin;
  const sure = index('person', person);
  // A number under `id` may be the university's, and another's by chance: names have to agree then.
  return sure.length > 0 ? sure : index('id', person).filter((listed) => namesMatch(owner, listed, index));
};

const byEmail: Way = ({ origin, label }, index) => index('email', origin.email ?? label);

const byNumber: Way = ({ origin, label, distinct }, index) => {
  // Only in names that people made: what a platform numbers are its own things.
  const inName = distinct === undefined ? label.match(/(?<![\p{L}\p{N}])\p{L}{0,2}\d{4,}(?![\p{L}\p{N}])/gu) : null;
  const numbers = origin.number === undefined ? [label, ...(inName ?? [])] : [origin.number];
  return [...new Set(numbers.flatMap((number) => [...index('number', number), ...index('id', number)]))];
};

const byUsername: Way = ({ origin, label }, index) => {
  const { username, person, platform } = origin;
  // Clones are called `<coursework>-<user name>`.
  const ends = platform === 'git' ? [...label.matchAll(/-/g)].map((dash) => label.slice(dash.index + 1)) : [];
  const names = username === undefined ? [person, label, ...ends] : [username];
  return [...new Set(names.flatMap((name) => index('username', name)))];
};

const byName: Way = (owner, index) => {
  const found = index('words', wordsOf(nameIn(owner)).toSorted().join(' '));
  return found.length === 0 && owner.origin.platform === 'canvas' ? index('joined', owner.label) : found;
};

/** Where the same name is in several sections, that of the section. */
function inSection({ origin: { section } }: Owner, found: readonly Listed[]): readonly Listed[] {
  if (found.length < 2 || section === undefined) return found;
  const own = found.filter((listed) => folded(listed.section ?? '') === folded(section));
  return own.length > 0 ? own : found;
}

const nameIn = ({ origin, label }: Owner): string => origin.name ?? label;

/** Whether the names, where both are known, are one. */
const namesMatch = (owner: Owner, listed: Listed, index: Index): boolean =>
  listed.name === undefined ||
  (owner.origin.name === undefined && owner.origin.platform !== 'canvas') ||
  byName(owner, index).includes(listed);

const wordsOf = (name: string): string[] => folded(name).match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .toLowerCase()
    .trim();

const called = ({ name, number, id, line }: Listed): string =>
  [name, number ?? id, `line ${line}`].flatMap((part) => (part === undefined ? [] : plain(part))).join(', ');
