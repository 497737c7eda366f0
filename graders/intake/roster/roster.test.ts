/** Rosters as platforms and offices export them, and whom they recognise. */
import { expect, test } from 'vitest';
import type { Origin } from '../../model/origin.ts';
import type { Owner } from '../platforms/owned.ts';
import { recogniser } from './find-on-roster.ts';
import { readRoster } from './roster.ts';

const people = (text: string) => readRoster('people.csv', Buffer.from(text)).map(({ line: _, ...person }) => person);

test.each<[title: string, text: string, first: object]>([
  [
    'a table of one’s own',
    'name,number,email\nAnn Lee,1001,ann@x.org\n',
    { name: 'Ann Lee', number: '1001', email: 'ann@x.org' },
  ],
  [
    'semicolons, a mark, headings in German',
    '\ufeffMatrikelnummer;Nachname;Vorname;E-Mail-Adresse;Gruppe\r\n1001;Lee;Ann;ann@x.org;7\r\n',
    { number: '1001', name: 'Ann Lee', email: 'ann@x.org', group: '7' },
  ],
  [
    'Moodle’s grading worksheet',
    'Identifier,"Full name","Email address",Status,Grade\n"Participant 1203","Ann Lee",ann@x.org,"Submitted, late",\n',
    { person: '1203', name: 'Ann Lee', email: 'ann@x.org' },
  ],
  [
    'Canvas’ gradebook',
    'Student,ID,SIS User ID,SIS Login ID,Section,HW 3 (77)\n    Points Possible,,,,,100\n"Lee, Ann",12345,s1001,alee,Monday,\n"Student, Test",9,,x,,\n',
    { name: 'Ann Lee', id: '12345', number: 's1001', username: 'alee', section: 'Monday' },
  ],
  [
    'Brightspace’s table',
    'OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n#1001,#alee,Lee,Ann,ann@x.org,#\n',
    { number: '1001', username: 'alee', name: 'Ann Lee', email: 'ann@x.org' },
  ],
  [
    'Blackboard’s table',
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\n"Lee"\t"Ann"\t"alee"\t"1001"\t"Yes"\n',
    { name: 'Ann Lee', username: 'alee', number: '1001' },
  ],
])('%s', (_, text, first) => {
  expect(people(text)).toEqual([first]);
});

test('UTF-16 as spreadsheets save it, and names in their own script', () => {
  const data = Buffer.from('\ufeffname\tnumber\n李小明\t1001\n', 'utf16le');
  expect(readRoster('p.csv', data)).toMatchObject([{ name: '李小明', number: '1001' }]);
});

test('all mistakes are told at once, with their lines', () => {
  const text = 'name,number,email\nAnn,1,a@x.org\nBo,1,A@x.org\n,,\n"",,""\nCid,3,c@x.org,more\n';
  const wrong = (of: string) => () => readRoster('p.csv', Buffer.from(of));
  expect(wrong(text)).toThrow(
    [
      'p.csv is no roster that can be used:',
      '  line 6 has 4 cells, and there are 3 headings',
      '  lines 2, 3 have the same number, 1',
      '  lines 2, 3 have the same e-mail, a@x.org',
    ].join('\n'),
  );
  expect(wrong('section,group,name\nA,1,\n')).toThrow('line 2 does not say who it is');
  expect(wrong('name,Full name,e-mail,Mail\n')).toThrow(
    /"name" and "Full name" both look like the name: keep one of them\n.*"e-mail" and "Mail" both/,
  );
  expect(wrong('grade,section\n1,2\n')).toThrow('no heading says who somebody is');
  expect(wrong('name\n')).toThrow('nobody stands in it');
  expect(wrong('')).toThrow('it is empty');
  expect(wrong('name,number\n"Ann,1\n')).toThrow('p.csv is no roster that can be used');
});

const roster = readRoster(
  'p.csv',
  Buffer.from(
    [
      'id,number,name,email,username,section,group',
      '12345,1001,"Lee, Ann",ann@x.org,alee,Monday,Team 7',
      '12346,1002,Bo Li,bo@x.org,boli,Monday,Team 7',
      '12347,1003,Bo Li,bo2@x.org,boli2,Tuesday,',
      '12348,1004,José Ñandú,jose@x.org,jn,Tuesday,',
      '7,1005,李小明,li@x.org,lxm,,',
    ].join('\n'),
  ),
);
const recognise = recogniser(roster);

function numbersOf(label: string, origin: Partial<Origin> = {}, more: Partial<Owner> = {}): string[] | string {
  const found = recognise({ label, origin: { platform: 'folder', handedInAs: label, ...origin }, ...more });
  return 'unclear' in found ? found.unclear : found.people.map(({ number }) => number!);
}

test.each<[what: string, label: string, origin: Partial<Origin>, numbers: string[]]>([
  ['Canvas’ number', 'leeann', { platform: 'canvas', person: '12345' }, ['1001']],
  ['Canvas’ name, written together', 'leeann', { platform: 'canvas', person: '99' }, ['1001']],
  ['an address', 'x', { platform: 'gradescope', email: 'BO2@x.org' }, ['1003']],
  ['the university’s number', 'x', { platform: 'gradescope', number: '1002' }, ['1002']],
  ['a number in a folder’s name', 'hw3 Somebody 1004', {}, ['1004']],
  ['a user’s name', 'boli', {}, ['1002']],
  ['the user’s name at the end of a clone’s', 'hw3-boli2', { platform: 'git' }, ['1003']],
  ['the name in another order and other capitals', 'LEE ann', {}, ['1001']],
  ['a name in decomposed letters', 'Jose\u0301 N\u0303andu\u0301', {}, ['1004']],
  ['a name with a joiner that is not seen', '李小\u200d明', {}, ['1005']],
  ['a name that two have, in its section', 'Bo Li', { section: 'Tuesday' }, ['1003']],
  ['a group', 'Team 7', { platform: 'moodle', person: '88' }, ['1001', '1002']],
  [
    'the members of a group',
    'x',
    { platform: 'gradescope', members: [{ number: '1001' }, { email: 'li@x.org' }] },
    ['1001', '1005'],
  ],
])('a person is known by %s', (_, label, origin, numbers) => {
  expect(numbersOf(label, origin)).toEqual(numbers);
});

test('who may be several or is nobody is told, and not guessed', () => {
  expect(numbersOf('Bo Li')).toBe(
    'Bo Li may be 2 people on the roster (Bo Li, 1002, line 3; Bo Li, 1003, line 4): a number would tell.',
  );
  for (const label of ['Ann', 'Ann Leeds', 'Lee', 'lee-alee', '1', '10010']) {
    expect(numbersOf(label)).toBe(`${label} is nobody on the roster: is the name spelt so there, is a number missing?`);
  }
});

test('a number under `id` that is somebody else’s by chance makes nobody another', () => {
  expect(numbersOf('Bo Chance', { platform: 'moodle', person: '7', name: 'Bo Chance' }, { distinct: '7' })).toContain(
    'is nobody on the roster',
  );
  expect(numbersOf('Ann Lee', { platform: 'moodle', person: '7', name: 'Ann Lee' }, { distinct: '7' })).toEqual([
    '1001',
  ]);
});
