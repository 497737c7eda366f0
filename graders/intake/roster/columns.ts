/** Which column of a table is what, by the headings that platforms and offices give them. */

export type Field =
  | 'number'
  | 'id'
  | 'person'
  | 'name'
  | 'first'
  | 'last'
  | 'email'
  | 'username'
  | 'section'
  | 'group'
  | 'at';

const headings: Record<Field, readonly string[]> = {
  number: [
    ...[
      'number',
      'student number',
      'student id',
      'studentid',
      'student no',
      'id number',
      'sid',
      'sis user id',
      'sis id',
    ],
    ...['orgdefinedid', 'org defined id', 'matriculation number', 'matriculation', 'matrikelnummer', 'matrikelnr'],
    ...['matriculation no', 'registration number', 'university id', 'uin', 'cwid', 'nummer'],
  ],
  id: ['id'],
  person: ['identifier', 'participant', 'participant number', 'participant id', 'user id', 'userid', 'canvas user id'],
  name: [
    'name',
    'full name',
    'fullname',
    'student',
    'student name',
    'display name',
    'vollständiger name',
    'nom complet',
  ],
  first: ['first', 'first name', 'firstname', 'given name', 'given names', 'forename', 'vorname', 'prénom', 'nombre'],
  last: ['last', 'last name', 'lastname', 'surname', 'family name', 'nachname', 'nom', 'apellido', 'apellidos'],
  email: ['email', 'e mail', 'email address', 'e mail address', 'mail', 'e mail adresse', 'mail adresse', 'correo'],
  username: [
    'username',
    'user name',
    'login',
    'login id',
    'sis login id',
    'user',
    'netid',
    'net id',
    'github username',
  ],
  section: ['section', 'sections', 'class', 'tutorial', 'lab', 'sektion', 'übungsgruppe'],
  group: ['group', 'groups', 'group name', 'team', 'gruppe', 'groupe', 'grupo'],
  // Moodle's folders bear no times; its grading worksheet does.
  at: ['last modified submission', 'zuletzt geändert abgabe'],
};

const says: Record<Field, string> = {
  ...{ number: 'the number', id: 'the id', person: 'the number on the platform', name: 'the name' },
  ...{ first: 'the first name', last: 'the last name', email: 'the e-mail', username: 'the user name' },
  ...{ section: 'the section', group: 'the group', at: 'the time of handing in' },
};

/** Field → column; headings that mean nothing here are passed over. */
export function columnsOf(head: readonly string[]): { columns: Map<Field, number>; mistakes: string[] } {
  const columns = new Map<Field, number>();
  const mistakes: string[] = [];
  for (const [index, heading] of head.entries()) {
    const plain = heading
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    const field = (Object.keys(headings) as Field[]).find((candidate) => headings[candidate].includes(plain));
    if (field === undefined) continue;
    const before = columns.get(field);
    if (before === undefined) columns.set(field, index);
    else
      mistakes.push(`the columns "${head[before]}" and "${heading}" both look like ${says[field]}: keep one of them`);
  }
  const who: readonly Field[] = ['number', 'id', 'person', 'name', 'last', 'email', 'username'];
  if (!who.some((field) => columns.has(field))) {
    mistakes.push('no heading says who somebody is: name a column name, number, email or username');
  }
  return { columns, mistakes };
}
