import { expect, test } from 'vitest';
import { matchPeople, peopleIn } from './match-people.ts';
import { moodle } from './moodle.ts';
import { gradeOf } from './people.testing.ts';
import { readSheet } from './sheet.ts';

const header = 'Identifier,Full name,ID number,Email address,Grade';
function matched(rows: string[], ...grades: ReturnType<typeof gradeOf>[]) {
  const people = peopleIn(readSheet([header, ...rows].join('\n')), moodle);
  const { pairs, unclear, rowless, gradeless } = matchPeople(people, grades, 'moodle');
  return {
    pairs: pairs.map(({ person, grade }) => `line ${person.row.line} ${grade.id}`),
    unclear: unclear.map(({ person, why }) => `line ${person.row.line} ${why}`),
    left: [...rowless.map(({ id }) => id), ...gradeless.map(({ row }) => `line ${row.line}`)],
  };
}

test.each<[string, string, Parameters<typeof gradeOf>[2]]>([
  ['number on the platform', 'Participant 12,,,,', { person: '12' }],
  ['e-mail address', ',,,ANN@uni.example,', { email: 'ann@uni.example' }],
  ['number at the university', ',,S7,,', { number: 's7' }],
  ['exact name', ',Ánn  Byrne,,,', { name: 'A\u0301nn Byrne' }],
  ['exact name, last one first', ',"Byrne, Ann",,,', { name: 'Ann Byrne' }],
])('a person is known by the %s', (_, row, origin) => {
  expect(matched([row], gradeOf('x', 1, origin)).pairs).toEqual(['line 2 x']);
});

test('a person is known by the id that gradmark gave', () => {
  expect(matched([',,s17,,'], gradeOf('s17', 1)).pairs).toEqual(['line 2 s17']);
});

test('a number of another platform is somebody else', () => {
  expect(matched(['Participant 12,,,,'], gradeOf('x', 1, { platform: 'canvas', person: '12' })).left).toEqual([
    'x',
    'line 2',
  ]);
});

test('a name that is nearly the same is not the same', () => {
  expect(matched([',Ann Byrne-Lee,,,'], gradeOf('x', 1, { name: 'Ann Byrne' })).pairs).toEqual([]);
});

test('two grades of one name are nobody’s', () => {
  const twins = ['k1', 'k2'].map((id) => gradeOf(id, 1, { name: 'Kim Lee' }));
  expect(matched([',Kim Lee,,,'], ...twins)).toEqual({ pairs: [], unclear: ['line 2 may be k1 or k2'], left: [] });
});

test('two rows of one name get nothing, unless one of them is known by more', () => {
  const kim = gradeOf('kim', 1, { name: 'Kim Lee', number: 's1' });
  expect(matched([',Kim Lee,,,', ',Kim Lee,,,'], kim).unclear).toEqual([
    'line 2 2 rows may be kim',
    'line 3 2 rows may be kim',
  ]);
  expect(matched([',Kim Lee,s2,,', ',Kim Lee,s1,,'], kim)).toEqual({
    ...{ pairs: ['line 3 kim'], unclear: [], left: ['line 2'] },
  });
  expect(matched([',Kim Lee,,,', ',Kim Lee,s1,,'], kim).pairs).toEqual(['line 3 kim']);
});

test('a row that points to two people by two things that are sure is nobody’s', () => {
  const people = [gradeOf('a', 1, { number: 's1' }), gradeOf('b', 1, { email: 'b@uni.example' })];
  expect(matched([',,s1,b@uni.example,'], ...people).unclear).toEqual(['line 2 may be b or a']);
});

test('a group is known by its members, each of them once', () => {
  const members = [{ number: 's1', name: 'Ann Byrne' }, { username: 'bo7' }];
  const owls = gradeOf('owls', 1, { group: 'Owls', members });
  const rows = [',Somebody,s1,,', ',"Byrne, Ann",s9,,'];
  expect(matched(rows, owls)).toEqual({ pairs: ['line 2 owls'], unclear: [], left: ['line 3'] });
  const each = [',,s1,,', ',,,bo7@uni.example,'];
  const both = [{ number: 's1' }, { email: 'bo7@uni.example' }];
  expect(matched(each, gradeOf('owls', 1, { members: both })).pairs).toEqual(['line 2 owls', 'line 3 owls']);
  expect(matched([',,s1,,', ',,s1,,'], owls).pairs).toEqual([]);
});
