/** Whatever one student hands in, and whatever that student is called: it costs nobody else, and everybody is somebody. */
import { mkdir } from 'node:fs/promises';
import { execa } from 'execa';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { attemptsIn } from './flat-export.ts';
import { all, assignment, bytes, handInFolder, prefixed, receive, take, takeWithin, zip } from './receive.testing.ts';
import { findHandedIn } from './receive.ts';
import { vocabularyOf } from './vocabulary.ts';

const { at, write } = handInFolder();

/** Who is there, and who of them is refused. */
const who = (items: Awaited<ReturnType<typeof take>>) =>
  items.map((item) => ('refused' in item ? `${item.id} refused` : item.id));

const named = ['node_modules', '__MACOSX', 'venv', '.git', '.hidden', 'Thumbs.db', 'src', 'dist'];

test('a student may be called as what tools leave behind, or as the folder of programs', async () => {
  const students = Object.assign({}, ...['ann', 'bob', ...named].map((name) => prefixed(`${name}/`))) as typeof all;
  await write(students, 'class');
  await write({ 'class.zip': zip(students), 'monday.zip': zip(prefixed('cls/', students)) });
  await write(students, 'monday/cls');
  const everybody = [at('class'), at('class.zip'), at('monday.zip'), at('monday')].map(async (path) => {
    const items = await take(path);
    expect(items.every((item) => 'files' in item && item.files.length === 4)).toBe(true);
    return items.length;
  });
  expect(await Promise.all(everybody)).toEqual([10, 10, 10, 10]);
});

test('what tools do leave behind is nobody', async () => {
  const left = {
    ...{ '.git/config': '', '.git/q1/q1.ts': '', '__MACOSX/ann/._q1.ts': '', '__MACOSX/._q1.ts': '', '.DS_Store': '' },
    ...{ 'node_modules/x/q1.ts': '', 'node_modules/.package-lock.json': '', 'ann/node_modules/q1.ts': '' },
  };
  const class_ = { ...left, ...prefixed('ann/'), ...prefixed('bob/') };
  await write(class_, 'class');
  await write({ 'class.zip': zip(class_), 'eve.zip': zip({ ...all, ...left, 'node_modules/q1.ts': 'not mine' }) });
  expect(who(await take(at('class')))).toEqual(['ann', 'bob']);
  expect(who(await take(at('class.zip')))).toEqual(['ann', 'bob']);
  const [eve, ...others] = await take(at('eve.zip'));
  expect([others, eve]).toEqual([[], expect.objectContaining({ id: 'eve', notes: [] })]);
});

const hidden = ['.zip', '.zed.zip', '.x.7z', '.fay.tar.gz', '.git.zip', '._new.zip', '.deep', '.empty', '.poem'];
const litter = ['._ann.zip', '.DS_Store', '.git', '.vscode', 'notes.txt'];

test('whoever hands in under a name that begins with a dot is somebody, and what is passed over is told', async () => {
  const appleDouble = Buffer.from('0005160700020000', 'hex');
  const files = {
    ...{ 'ann.zip': zip(all), '._ann.zip': appleDouble, 'notes.txt': '', '.DS_Store': '' },
    ...{ '.vscode/settings.json': '{}', '.git/config': '', '.poem/poem.txt': '', ...prefixed('.deep/of/mine/') },
    ...{ '.zip': zip(all), '.zed.zip': zip(all), '.x.7z': 'x', '.fay.tar.gz': 'x', '.git.zip': zip(all) },
    '._new.zip': zip(all),
  };
  await write({ ...files, ...prefixed('bob/') }, 'class');
  await mkdir(at('class/.empty'));
  const whole = await findHandedIn(at('class'), { assignment });
  const namesOf = (found: typeof whole) => found.map(({ origin }) => origin.handedInAs).sort();
  expect(namesOf(whole)).toEqual(['ann.zip', 'bob', ...hidden].sort());
  expect(whole.flatMap(({ unclear }) => unclear)).toEqual([
    `Passed over in class as nobody's work: ${[...litter].sort().join(', ')}.`,
  ]);
  const packed = Object.fromEntries(
    Object.entries({ ...files, 'bob/q1.ts': '' }).map(([path, file]) => [`hw/${path}`, Buffer.from(file)]),
  );
  await write({ 'monday.zip': zipSync({ ...packed, 'hw/eve/q1.ts': Buffer.from('') }) });
  const inArchive = await findHandedIn(at('monday.zip'), { assignment });
  expect(namesOf(inArchive)).toEqual(['ann.zip', 'bob', 'eve', ...hidden.filter((name) => name !== '.empty')].sort());
});

test('a class in which everybody has such a name is a class, and in the work of one person they are nobody', async () => {
  await write({ '.ann.zip': zip(all), '.bob.zip': zip(all), '.DS_Store': '' }, 'class');
  expect(who(await take(at('class')))).toHaveLength(2);
  await write({ ...all, '.old.zip': zip(all), '.try/q1.ts': '', '.vscode/q1.ts': '' }, 'eve');
  expect(await take(at('eve'))).toEqual([expect.objectContaining({ id: 'eve', notes: [] })]);
  await write({ ...prefixed('hw/'), '.rprofile/x': '' }, 'fay');
  expect(who(await take(at('fay')))).toEqual(['hw']);
});

test('at the top of a class a name says whose an archive is, and leads nowhere', async () => {
  const names = ['C:.zip', 'C:\\x.zip', '\\.zip', 'bob.zip ', 'cid.zip.', '--out.zip', '%2F.zip'];
  await write({ ...Object.fromEntries(names.map((name) => [name, zip(all)])), ...prefixed('ann/') }, 'class');
  const found = await findHandedIn(at('class'), { assignment });
  expect(found.map(({ origin }) => origin.handedInAs).sort()).toEqual([...names, 'ann'].sort());
  for (const { read } of found) expect(await read()).toHaveProperty('files.length', 4);
});

test('in a flat export a person may be called with a dot in front, and an archive may bear no name of the platform’s', async () => {
  const of = (name: string, number: number) => `${name}_${number}_assignsubmission_file_`;
  const files = {
    ...prefixed(of('Ann', 1)),
    ...prefixed(of('.Bob', 2)),
    ...prefixed(of('.git', 3)),
    [`._${of('Ann', 1)}q1.ts`]: '',
  };
  await write({ ...files, '.zed.zip': zip(all) }, 'flat');
  expect(who(await take(at('flat')))).toEqual([
    expect.stringMatching(/^Bob-2/),
    expect.stringMatching(/^git-3/),
    expect.stringMatching(/^zed-/),
    'Ann-1',
  ]);
});

test('nobody has a name that is too long, unpacked or in an archive', async () => {
  const students = { ...prefixed(`${'x'.repeat(255)}/`), ...prefixed('ann/'), ...prefixed('bob/') };
  await write(students, 'class');
  await write({ 'class.zip': zip(students) });
  for (const path of ['class', 'class.zip'])
    expect((await take(at(path))).map((item) => 'files' in item && item.files.length)).toEqual([4, 4, 4]);
});

test('people of two sections whose names differ in how a letter is written are four', async () => {
  const names = ['e\u0301va', '\u00e9va', '\u212bsa', '\u00c5sa'];
  for (const name of names) await write({ ...prefixed(`monday/${name}/`), ...prefixed(`tuesday/${name}/`) });
  const ids = who(await take(at('monday'), at('tuesday')));
  expect([ids.length, new Set(ids).size]).toEqual([8, 8]);
});

test('what lies among a class and is no file at all is told whose place it took', async () => {
  await write({ ...prefixed('class/ann/'), ...prefixed('class/bob/') });
  await execa('mkfifo', [at('class/cid'), at('class/dan.zip'), at('class/.eve')]);
  expect((await take(at('class'))).filter((item) => 'refused' in item).map((item) => item.refused)).toEqual([
    '.eve is a device or a pipe, not a file.',
    'cid is a device or a pipe, not a file.',
    'dan.zip is a device or a pipe, not a file.',
  ]);
});

test('who hands in too much, or too deep, in a class with a folder around it is refused alone', async () => {
  await write({ ...prefixed('hw/cls/ann/'), ...prefixed('hw/cls/bob/'), ...prefixed('hw/cls/eve/') });
  for (let i = 0; i < 9; i++) await write({ [`hw/cls/eve/${i}.ts`]: '' });
  await write({ [`hw/cls/fay/${'d/'.repeat(9)}q1.ts`]: '', ...prefixed('hw/cls/fay/') });
  const limits = { entries: 10, depth: 8 };
  expect(who(await takeWithin(limits, at('hw')))).toEqual(['ann', 'bob', 'eve refused', 'fay refused']);
  await write({ ...prefixed('students/all/ann/'), ...prefixed('students/all/bob/'), 'students/all/eve/poem.txt': '' });
  expect(who(await take(at('students')))).toEqual(['ann', 'bob', 'eve refused']);
});

test('a class is listed whole, and one that is too large is no class cut short', async () => {
  const names = Array.from({ length: 9 }, (_, i) => `s${i}`);
  for (const name of names) await write({ [`class/${name}/q1.ts`]: '' });
  expect(who(await takeWithin({ entries: 1 }, at('class')))).toEqual(names);
  await expect(takeWithin({ listed: 8 }, at('class'))).rejects.toThrow(
    'class holds more than 8 files and folders: give it in parts, all of them at once.',
  );
});

test('an archive of more programs than a folder may hold is refused before anybody looks for the work in it', async () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`lib/q1/${i}.ts`, '']));
  await write({ 'eve.zip': zip({ ...all, ...many }), ...prefixed('ann/'), ...prefixed('bob/') });
  expect((await takeWithin({ entries: 10 }, at())).at(-1)).toEqual({
    id: 'eve',
    refused: 'It holds 34 program and text files (at most 200): hand in your own files only.',
  });
});

test('a path that leads out of a class costs whose it is', async () => {
  const folder = (name: string, number: number) => `${name}_${number}_assignsubmission_file_/`;
  const [ann, bob, eve] = [folder('Ann', 1), folder('Bob', 2), folder('Eve', 3)];
  const files = { ...prefixed(ann), ...prefixed(bob), ...prefixed(eve), [`${eve}../../q1.ts`]: 'out' };
  await write({
    'export.zip': zip(files),
    'class.zip': zip({ ...prefixed('ann/'), ...prefixed('bob/'), '../q1.ts': '' }),
  });
  expect(who(await take(at('export.zip')))).toEqual(['Ann-1', 'Bob-2', 'Eve-3 refused']);
  expect(who(await take(at('class.zip')))).toEqual([expect.stringContaining(' refused'), 'ann', 'bob']);
});

test.each(['tar', 'tgz', 'tar.gz', '7z', 'rar', 'tar.zst', 'zipx', 'tbz2', 'lzma', 'cab'])(
  'an archive of another kind, .%s, is told so, in a folder and beside the folders of others',
  async (ending) => {
    await write({ ...prefixed('ann/'), ...prefixed('bob/'), [`eve/work.${ending}`]: 'x', [`fay.${ending}`]: 'x' });
    expect((await take(at())).filter((item) => 'refused' in item)).toEqual([
      { id: 'eve', refused: `work.${ending} is no .zip archive: hand in a .zip.` },
      { id: `fay.${ending}`, refused: `fay.${ending} is no .zip archive: hand in a .zip.` },
    ]);
  },
);

test('files that a platform called by their owners are a class, though some could stand for a whole submission elsewhere', async () => {
  const python = { language: 'python', units: {} } as unknown as NonNullable<typeof assignment.python>;
  const both = { ...assignment, python };
  const flat = { 'ann_11_101_answers.json': '{}', 'ann_11_102_q1.ts': '', 'bob_12_103_hw.ipynb': '{}' };
  await write({ ...flat, 'cid_13_104_my work.py': 'x = 1\n', 'dan_14_105_hw.ipynb.json': '{}' }, 'flat');
  const ids: string[] = [];
  for await (const { id } of receive(at('flat'), { assignment: both })) ids.push(id);
  expect(ids).toEqual(['ann-11', 'bob-12', 'cid-13', 'dan-14']);
});

test('a text of a platform that is damaged costs no class', async () => {
  const named = (student: string) => `HW_${student}_attempt_2026-09-12-22-10-05`;
  const own = (student: string) =>
    Object.fromEntries(['q1.ts', 'q2.ts'].map((file) => [`${named(student)}_${file}`, 'x']));
  const files = bytes({ ...own('ann'), ...own('bob'), [`${named('bob')}.txt`]: 'Name: Bob (bob)' });
  const damaged = Buffer.from(zipSync(files, { level: 0 }));
  damaged[damaged.indexOf('Name: Bob')] = 0x6e;
  await write({ 'export.zip': damaged });
  expect(who(await take(at('export.zip')))).toEqual(['ann', 'bob']);
  const gradescope = Buffer.from(
    zipSync(bytes({ 'submission_1/q1.ts': '', 'submission_metadata.yml': 'Gone' }), { level: 0 }),
  );
  gradescope[gradescope.indexOf('Gone')] = 0x67;
  await write({ 'export.zip': gradescope });
  await expect(take(at('export.zip'))).rejects.toThrow(/its size or checksum differs.*: export again, or take it away/);
});

test('one person may hand in more files than a call takes arguments', async () => {
  const entry = (path: string) => ({ path, bytes: 0, read: () => Promise.reject(new Error('not asked for')) });
  const files = Array.from({ length: 200_000 }, (_, i) => entry(`eve_1_${i}_m${i}.ts`));
  const found = await attemptsIn([...files, entry('ann_2_1_q1.ts'), entry('eve_1_0_q1.ts')], vocabularyOf(assignment));
  expect(found?.map(({ owner, files }) => [owner.label, files.length])).toEqual([
    ['eve', 200_001],
    ['ann', 1],
  ]);
});
