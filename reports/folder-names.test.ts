import { expect, test } from 'vitest';
import { folderNames } from './folder-names.ts';

const namesOf = (ids: readonly string[], namesakes: string[] = []) =>
  folderNames({ submissions: ids.map((id) => ({ id })), namesakes });
const nameOf = (id: string) => namesOf([id]).get(id)!;

test('an ordinary id is its own folder', () => {
  expect(['s1001', 'Ada_Lovelace-2', 'a.b'].map(nameOf)).toEqual(['s1001', 'Ada_Lovelace-2', 'a.b']);
});

test('an id cannot leave the folder, hide, or be nothing', () => {
  for (const id of [
    '..',
    '../x',
    '/etc/passwd',
    'a/b',
    'a\\b',
    '.git',
    '',
    ' ',
    '-rf',
    'x\u0000y',
    'x\ny',
    'a.',
    'e\u0301',
    '\u202egnp',
    'x'.repeat(300),
  ]) {
    expect(nameOf(id), JSON.stringify(id)).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,60}$/u);
  }
});

test('an id cannot take the place of a file of ours or of a device', () => {
  for (const id of [
    'index.html',
    'Results.JSON',
    'grades.csv',
    'batch.json',
    'records',
    'Records',
    'CON',
    'lpt1',
    'nul.x',
  ])
    expect(nameOf(id).toLowerCase()).not.toBe(id.toLowerCase());
});

test('no two students share a folder, even where upper and lower case are the same', () => {
  const names = [...namesOf(['bob', 'Bob', 'BOB', 'b/ob', 'b\\ob', 'b_ob']).values()];
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(6);
  expect(names[0]).toBe('bob');
});

test('a folder is readable in any script, and no two are one where a file system folds letters', () => {
  expect(['李小明-1203', 'é'].map(nameOf)).toEqual(['李小明-1203', 'é']);
  const names = [...namesOf(['ﬁona', 'fiona', 'É', 'é', 'e\u0301', 'ｂｏｂ', 'bob']).values()];
  expect(new Set(names.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(7);
});

test('letters that are one as capitals, or several small ones of one capital, are one to a file system', () => {
  const names = [...namesOf(['straße', 'strasse', 'STRASSE', 'ΑΣ', 'ας', 'ασ']).values()];
  expect(new Set(names.map((name) => name.toUpperCase())).size).toBe(6);
  expect([names[0], names[3]]).toEqual(['straße', 'ΑΣ']);
});

test('nobody can take a name by an id that turns into it', () => {
  const stolen = nameOf('a/b');
  const names = namesOf(['a/b', stolen]);
  expect(names.get(stolen)).toBe(stolen);
  expect(names.get('a/b')).not.toBe(stolen);
});

test('who came later gives way, also while whoever was there before is not graded yet', () => {
  const later = namesOf(['Ann'], ['Ann']).get('Ann')!;
  expect(later).toMatch(/^Ann-[0-9a-f]{12}$/);
  expect([...namesOf(['Ann', 'ann'], ['Ann'])].sort()).toEqual([['Ann', later], ['ann', 'ann']]); // prettier-ignore
  const taken = nameOf('a/b');
  expect(namesOf(['a/b', taken], [taken]).get('a/b')).toBe(taken);
});

test('two submissions of one id are an error', () => {
  expect(() => namesOf(['a', 'a'])).toThrow('Two submissions are called "a"');
});
