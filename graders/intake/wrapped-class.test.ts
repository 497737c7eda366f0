/** One folder around a class: read as a class where that is certain, otherwise refused with what to do. */
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { all, everything, handInFolder, paths, prefixed, take, zip } from './receive.testing.ts';

const { at, write } = handInFolder();

const ends = (items: Awaited<ReturnType<typeof take>>) =>
  items.map((item) => [item.id, 'refused' in item ? item.refused : paths(item)]);

const wrapped = { ...prefixed('cls/anna/'), ...prefixed('cls/ben/hw1/'), ...prefixed('cls/cleo/src/') };
const students = [
  ['anna', everything],
  ['ben', everything],
  ['cleo', everything],
];

test('a class in one folder is a class, as an archive and unpacked', async () => {
  await write({ 'export.zip': zip(wrapped), ...prefixed('unpacked/', wrapped) });
  expect(ends(await take(at('export.zip')))).toEqual(students);
  expect(ends(await take(at('unpacked')))).toEqual(students);
});

test('a class of archives in one folder is a class, unless these may be parts of one work', async () => {
  const packed = (...names: string[]) => Object.fromEntries(names.map((name) => [`${name}.zip`, zip(all)]));
  const inFolder = (files: Record<string, Uint8Array>) =>
    zipSync(Object.fromEntries(Object.entries(files).map(([path, file]) => [`hw3/${path}`, file])));
  await write({ 'x.zip': inFolder(packed('anna', 'ben')), 'ann.zip': inFolder(packed('q1', 'part 2')) });
  await write({ 'class.zip': inFolder(packed('1203', '1204')) });
  await write(packed('anna', 'ben'), 'y/hw3');
  expect(ends(await take(at('x.zip')))).toEqual(students.slice(0, 2));
  expect(ends(await take(at('y')))).toEqual(students.slice(0, 2));
  expect((await take(at('class.zip'))).map(({ id }) => id)).toEqual(['1203', '1204']);
  expect((await take(at('ann.zip'))).map(({ id }) => id)).toEqual(['ann']);
});

test.each<[title: string, files: Record<string, string>]>([
  ['versions of one work', { ...prefixed('hw/v1/'), ...prefixed('hw/v2/') }],
  ['a folder named after no student', { ...prefixed('hw/anna/'), ...prefixed('hw/solution/') }],
  ['a folder for each question', { 'hw/first/q1.ts': all['q1.ts'], 'hw/second/q2.ts': all['q2.ts'] }],
  ['a folder without work', { ...prefixed('hw/anna/'), ...prefixed('hw/ben/'), 'hw/pictures/a.txt': '' }],
])('%s in one folder may be one student: refused, with what to do', async (_, files) => {
  await write({ 'hw.zip': zip(files) });
  const [item, ...others] = await take(at('hw.zip'));
  expect(others).toEqual([]);
  expect(item).toEqual({
    id: 'hw',
    refused: expect.stringMatching(/^Several folders hold work .* give the folder that holds them, and nothing else/),
  });
});

test.each([
  ['class.zip', 'anna/', 'anna'],
  ['submissions-2.zip', 'anna-smith/', 'anna-smith'],
  ['class.zip', 'hw1/', 'class'],
  ['class.zip', 'src/', 'class'],
  ['anna.zip', 'ben/', 'anna'],
])('%s with nothing but %s is the work of %s', async (archive, inside, id) => {
  await write({ [archive]: zip(prefixed(inside)) });
  expect(ends(await take(at(archive)))).toEqual([[id, everything]]);
});

test('work beside the folders makes it one submission', async () => {
  await write({ 'hw.zip': zip({ ...wrapped, ...prefixed('cls/') }) });
  const [[id, read] = [], ...others] = ends(await take(at('hw.zip')));
  expect([id, others]).toEqual(['hw', []]);
  expect(read).toEqual(expect.arrayContaining(everything));
});

test('of several archives each is a student or a class; two classes are two sections', async () => {
  await write({ 'dora.zip': zip(prefixed('hw/')), 'monday.zip': zip(wrapped) });
  expect(ends(await take(at('dora.zip'), at('monday.zip')))).toEqual([['dora', everything], ...students]);
  await write({ 'tuesday.zip': zip({ ...prefixed('cls/anna/'), ...prefixed('cls/eve/') }) });
  expect((await take(at('monday.zip'), at('tuesday.zip'))).map(({ id }) => id)).toEqual([
    ...['anna-monday', 'ben-monday', 'cleo-monday', 'anna-tuesday', 'eve-tuesday'],
  ]);
});
