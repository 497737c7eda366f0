/** Whose row of a table whose grade is. Nothing is guessed: what several may mean is nobody's. */
import type { Grade } from '../../graders/model/grade.ts';
import type { Person as Owner, Platform } from '../../graders/model/origin.ts';
import type { PlatformTable, Role } from './platform.ts';
import { heading } from './platform.ts';
import type { Row, Sheet } from './sheet.ts';

interface Person {
  row: Row;
  /** How staff are told of the row. */
  called: string;
  said: Partial<Record<Role, string>>;
}

interface Matched {
  pairs: { person: Person; grade: Grade }[];
  /** Why a row that seems to be somebody's has no grade. */
  unclear: { person: Person; why: string }[];
  /** Rows of people who have no grade, and grades that have no row. */
  rowless: Grade[];
  gradeless: Person[];
}

/** The rows of people, with what each says of its person. */
export function peopleIn(sheet: Sheet, table: PlatformTable): Person[] {
  const roles = sheet.header.cells.map(({ text }) => table.roles[heading(text)]);
  return sheet.rows
    .filter((row) => table.isPerson?.(sheet, row) ?? true)
    .map((row) => {
      const said: Person['said'] = {};
      roles.forEach((role, i) => {
        const text = row.cells[i]?.text.trim() ?? '';
        if (role !== undefined && text !== '') said[role] ??= table.bare?.(role, text) ?? text;
      });
      const [name] = namesOf(said);
      return { row, said, called: name ?? said.person ?? said.number ?? said.login ?? `line ${row.line}` };
    });
}

/** Pairs rows and grades by number on the platform, id, e-mail address, number at the university, then the exact name. */
export function matchPeople(
  people: readonly Person[],
  grades: readonly Grade[],
  platform: Platform | undefined,
): Matched {
  const found = people.map((person) => ({ person, ...candidates(person, grades, platform) }));
  const claims = Map.groupBy(
    found.filter((each) => each.grades.length === 1),
    (each) => each.grades[0]!,
  );
  const matched: Matched = { pairs: [], unclear: [], rowless: [], gradeless: [] };
  for (const { person, grades: own, sure } of found) {
    const [grade] = own;
    // A name alone is no claim to what somebody else is known to have handed in.
    const rivals = (claims.get(grade!) ?? []).filter((rival) => rival.sure || !sure);
    if (grade === undefined) matched.gradeless.push(person);
    else if (own.length > 1) matched.unclear.push({ person, why: `may be ${own.map(({ id }) => id).join(' or ')}` });
    else if (rivals.length === 1 || isGroup(grade, rivals)) matched.pairs.push({ person, grade });
    else matched.unclear.push({ person, why: `${rivals.length} rows may be ${grade.id}` });
  }
  const taken = new Set(found.flatMap((each) => each.grades));
  matched.rowless = grades.filter((grade) => !taken.has(grade));
  return matched;
}

/** What a group handed in is everybody's in it: rows that name the group, or a row for each of its members. */
function isGroup(grade: Grade, rivals: readonly { person: Person }[]): boolean {
  const { group } = grade.origin ?? {};
  if (group !== undefined && rivals.every(({ person }) => same(person.said.group, group))) return true;
  const owners = ownersOf(grade);
  const named = rivals.map(({ person }) => owners.findIndex((owner) => isSame(owner, person.said)));
  return !named.includes(-1) && new Set(named).size === rivals.length && rivals.length > 0;
}

const isSame = (owner: Owner, said: Person['said']): boolean =>
  same(owner.number, said.number) ||
  same(owner.email, said.email) ||
  [owner.person, owner.username].some((word) => same(word, said.person) || same(word, said.login)) ||
  namesOf(said).some((name) => same(owner.name, name));

/** All who are known to have handed it in. */
function ownersOf({ origin }: Grade): readonly Owner[] {
  if (origin === undefined) return [];
  return origin.members === undefined || origin.members.length === 0 ? [origin] : origin.members;
}

interface Candidates {
  grades: Grade[];
  /** Whether it is by more than a name. */
  sure: boolean;
}

/** All grades that what is known best points to; where two things that are sure point to different ones, both. */
function candidates({ said }: Person, all: readonly Grade[], platform: Platform | undefined): Candidates {
  const by = (test: (owner: Owner) => boolean) => all.filter((grade) => ownersOf(grade).some(test));
  const isHere = (grade: Grade) => grade.origin?.platform === platform;
  const known = [
    by(({ person }) => same(person, said.person)).filter(isHere),
    all.filter(({ id }) => same(id, said.person) || same(id, said.login) || same(id, said.number)),
    by(({ email, username }) => [email, username].some((word) => same(word, said.login)) || same(email, said.email)),
    by(({ number }) => same(number, said.number)),
  ].filter((some) => some.length > 0);
  if (known.length > 0) {
    const more = known.flatMap((some) => (some.length === 1 ? some : []));
    return { grades: [...new Set([...known[0]!, ...more])], sure: true };
  }
  const isOther = (owner: Owner) => differ(owner.number, said.number) || differ(owner.email, said.email);
  const isOtherHere = (grade: Grade) =>
    isHere(grade) && ownersOf(grade).every(({ person }) => differ(person, said.person));
  const named = by((owner) => namesOf(said).some((name) => same(owner.name, name)) && !isOther(owner)).filter(
    (grade) => !isOtherHere(grade),
  );
  return {
    grades: named.length > 0 ? named : all.filter(({ origin }) => same(origin?.group, said.group)),
    sure: false,
  };
}

/** The name as it is written; "Byrne, Ann" may also be Ann Byrne. */
function namesOf({ name, first, last }: Person['said']): string[] {
  if (name === undefined) return first === undefined || last === undefined ? [] : [`${first} ${last}`];
  const [, family, given] = /^([^,]+),\s*([^,]+)$/.exec(name) ?? [];
  return family === undefined ? [name] : [name, `${given} ${family}`];
}

const same = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && folded(a) === folded(b);

const differ = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && !same(a, b);

const folded = (text: string) => text.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
