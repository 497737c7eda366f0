import { expect, test } from 'vitest';
import { fileName, isFolderName, standIn } from './file-name.ts';

const strange = [
  '𝒜'.repeat(62),
  'é',
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

test('an ordinary id is its own file name', () => {
  expect(['s1001', 'Ada_Lovelace-2', 'a.b', 'batch.json', 'records'].map(fileName)).toEqual([
    's1001',
    'Ada_Lovelace-2',
    'a.b',
    'batch.json',
    'records',
  ]);
});

test('any other gets a short plain name that is always the same and nobody else’s', () => {
  const names = strange.map(fileName);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,60}$/);
  expect(new Set(names).size).toBe(strange.length);
  expect(strange.map(fileName)).toEqual(names);
  expect(standIn('é', 1)).not.toBe(standIn('é', 0));
});

test('names of our own are no student’s folder, in any case', () => {
  const taken = ['batch.json', 'BATCH.JSON', 'records', 'Records', 'index.html', 'results.json', 'grades.csv', 'con.a'];
  expect(taken.filter(isFolderName)).toEqual([]);
  expect(['alice', 'a.b', 'records-2'].every(isFolderName)).toBe(true);
});
