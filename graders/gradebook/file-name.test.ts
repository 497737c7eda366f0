import { expect, test } from 'vitest';
import { isFolderName, standIn } from './file-name.ts';

const nameOf = (id: string): string => (isFolderName(id) ? id : standIn(id));

const strange = [
  '𝒜'.repeat(62),
  'ᅠ',
  'a\u200db',
  '\u0301a',
  'e\u0301',
  'ﬁ',
  'a'.repeat(81),
  '..',
  '../x',
  '',
  'nul.json',
  'x.',
  '-rf',
  '\u0000',
  '学生'.repeat(40),
];

test('an ordinary id is its own folder name', () => {
  expect(['s1001', 'Ada_Lovelace-2', 'a.b'].map(nameOf)).toEqual(['s1001', 'Ada_Lovelace-2', 'a.b']);
});

test('a name in any script is its own, as long as it can be seen and fits', () => {
  const names = ['李小明-1203', 'José-Ñandú-12346', 'हिन्दी', 'Ελένη', 'محمد', 'a'.repeat(80), '学'.repeat(66)];
  expect(names.map(nameOf)).toEqual(names);
  expect(nameOf('学'.repeat(67))).toMatch(/^学{40}-[0-9a-f]{12}$/);
});

test('any other gets a short plain name that is always the same and nobody else’s', () => {
  const names = strange.map(nameOf);
  for (const name of names) expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,60}$/u);
  expect(new Set(names).size).toBe(strange.length);
  expect(strange.map(nameOf)).toEqual(names);
  expect(standIn('é', 1)).not.toBe(standIn('é', 0));
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThan(200);
});

test('names of our own are no student’s folder, in any case', () => {
  const taken = ['batch.json', 'BATCH.JSON', 'records', 'Records', 'index.html', 'results.json', 'grades.csv', 'con.a'];
  expect(taken.filter(isFolderName)).toEqual([]);
  const beside = ['-journal', '-wal', '-shm', '-mj0A1B2C3D9', '-WAL-2', ''].flatMap((end) => [
    `gradebook.db${end}`,
    `grading.lock${end}`,
  ]);
  expect(beside.filter(isFolderName)).toEqual([]);
  expect(['alice', 'a.b', 'records-2'].every(isFolderName)).toBe(true);
});
