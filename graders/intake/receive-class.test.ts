import { link, mkdir, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Submission } from '../model/submission.ts';
import {
  all,
  assignment,
  bytes,
  everything,
  handInFolder,
  paths,
  prefixed,
  take,
  takeWithin,
  zip,
  receive,
} from './receive.testing.ts';
import { findHandedIn } from './receive.ts';

const { at, write } = handInFolder();

test('links, pipes and sockets in a folder are named, and never followed or opened', async () => {
  await write({
    'key.ts': 'the key',
    'class/ann/answers.json': '{}',
    'class/ann/plots/q3.json': '{}',
    'class/bob/q1.ts': '',
  });
  const ann = at('class', 'ann');
  await symlink(at('key.ts'), join(ann, 'q1.ts'));
  await link(at('key.ts'), join(ann, 'q2.ts'));
  await symlink(at(), join(ann, 'lib'));
  await execa('mkfifo', [join(ann, 'pipe.ts')]);
  const server = createServer();
  await new Promise<void>((done) => server.listen(join(ann, 'socket.ts'), done));
  const [item] = (await take(at('class'))) as [Submission];
  server.close();
  expect(paths(item)).toEqual(['answers.json', 'plots/q3.json']);
  expect(item.notes).toEqual([
    'pipe.ts was not read: it is a device or a pipe, not a file.',
    'q1.ts was not read: it is a link, and links are not followed: hand in the file itself.',
    'q2.ts was not read: it shares its content with another file (a hard link): hand in a copy.',
    'socket.ts was not read: it is a device or a pipe, not a file.',
    'Not read, because only programs and plain text are: lib.',
  ]);
});

test('two folders whose names differ in how a letter is written are two people, and one alone is called as ever', async () => {
  const [one, two] = ['Zo\u00eb', 'Zoe\u0308'];
  await write({ ...prefixed(`twins/${one}/`), ...prefixed(`twins/${two}/`), ...prefixed('twins/bob/') });
  await write({ ...prefixed(`other/${two}/`), ...prefixed('other/bob/') });
  const ids = (await take(at('twins'))).map(({ id }) => id);
  expect(ids).toEqual([expect.stringMatching(/^Zo\u00eb-[0-9a-f]{4}$/), one, 'bob']);
  expect((await take(at('other'))).map(({ id }) => id)).toEqual([one, 'bob']);
});

test('so are two archives, and two folders of an archive', async () => {
  const [one, two] = ['Zo\u00eb', 'Zoe\u0308'];
  const expected = [expect.stringMatching(/^Zo\u00eb-[0-9a-f]{4}$/), 'Zo\u00eb', 'bob'];
  for (const name of [one, two, 'bob']) await write({ [`archives/${name}.zip`]: zip({ 'q1.ts': name }) });
  await write({ 'class.zip': zip(Object.fromEntries([one, two, 'bob'].map((name) => [`${name}/q1.ts`, name]))) });
  for (const path of ['archives', 'class.zip']) {
    const items = (await take(at(path))) as Submission[];
    expect(
      items.map(({ id }) => id),
      path,
    ).toEqual(expected);
    expect(
      items.map(({ files }) => files[0]!.text),
      path,
    ).toEqual([two, one, 'bob']);
  }
});

test('an archive that is a link is refused once, and counts as one attempt', async () => {
  await write({ 'key.zip': 'x', ...prefixed('class/bob/') });
  await symlink(at('key.zip'), at('class', 'ann.zip'));
  const [ann] = await findHandedIn(at('class'), { assignment });
  expect([ann!.id, ann!.attempts.length, ann!.unclear]).toEqual(['ann', 1, []]);
  expect(await ann!.read()).toMatchObject({
    refused: 'ann.zip is a link, and links are not followed: hand in the file itself.',
  });
});

test('a student who is a link is refused, the path a teacher types may be one', async () => {
  await write(prefixed('hidden/'));
  await write(prefixed('class/bob/'));
  await symlink(at('hidden'), at('class', 'ann'));
  await symlink(at('class'), at('latest'));
  const [ann, bob] = await take(at('latest'));
  expect(ann).toEqual({ id: 'ann', refused: 'ann is a link, and links are not followed: hand in the file itself.' });
  expect(paths(bob)).toEqual(everything);
});

test('a class is a folder of folders and archives; one bad submission does not stop the others', async () => {
  await write({
    ...prefixed('ann/'),
    'bob.zip': zip(all),
    'cid.zip': 'no archive',
    'dan.rar': 'Rar!',
    'eve/essay.docx': '',
    'fay.zip': zip({ '../q1.ts': '' }),
    'grades.csv': 'ann,1',
    'hal/hand-in.zip': zip(prefixed('hw/')),
  });
  await mkdir(at('gus'));
  const items = await take(at());
  expect(
    items.map((item) => [item.id, 'refused' in item ? item.refused.split(/[:(]/)[0] : paths(item).length]),
  ).toEqual([
    ['ann', 4],
    ['bob', 4],
    ['cid', 'It is not a zip archive, whatever its name says'],
    ['dan.rar', 'dan.rar is no .zip archive'],
    ['eve', 'No file of tiny-nets is there'],
    ['fay', '"../q1.ts" in the archive leads out of its folder'],
    ['gus', 'The folder is empty'],
    ['hal', 4],
  ]);
});

test('a class may come as one archive of folders or of archives', async () => {
  await write({ 'class.zip': zip({ ...prefixed('ann/'), ...prefixed('bob/hw1/') }) });
  expect((await take(at('class.zip'))).map((item) => [item.id, paths(item)])).toEqual([
    ['ann', everything],
    ['bob', everything],
  ]);
  await write({ 'class.zip': zipSync({ 'ann.zip': zip(all), 'bob.zip': zip(prefixed('hw/')), 'cid.zip': zip({}) }) });
  const [ann, bob, cid] = await take(at('class.zip'));
  expect([paths(ann), paths(bob)]).toEqual([everything, everything]);
  expect(cid).toEqual({
    id: 'cid',
    refused: 'The archive is empty: hand in q1.ts, q2.ts, answers.json, plots/q3.json.',
  });
});

test('an archive in an archive is unpacked once and no further', async () => {
  await write({
    'ann.zip': zipSync({ 'hw.zip': zip(all) }),
    'bob.zip': zipSync({ 'hw.zip': zipSync({ 'again.zip': zip(all) }) }),
  });
  const [ann, bob] = await take(at());
  expect(paths(ann)).toEqual(everything);
  expect(bob).toEqual({
    id: 'bob',
    refused: expect.stringMatching(/^No file of tiny-nets is there.* holds again\.zip\.$/),
  });
  expect(paths((await take(at('ann.zip')))[0])).toEqual(everything);
});

test('of two archives in one submission none is chosen', async () => {
  await write({ ...prefixed('bob/'), 'ann/v1.zip': zip(all), 'ann/v2.zip': zip(all) });
  expect((await take(at()))[0]).toEqual({ id: 'ann', refused: expect.stringMatching(/holds v1\.zip, v2\.zip\.$/) });
});

test('an archive over the limit is refused with its size', async () => {
  const noise = Uint8Array.from({ length: 6_000_000 }, (_, i) => (i * 2654435761) >>> (i % 24));
  await write({ 'ann.zip': zipSync({ ...bytes(all), 'data.bin': [noise, { level: 0 }] }), ...prefixed('bob/') });
  const limits = { archiveBytes: 5_000_000 };
  const sentence = 'ann.zip is 6 MB (at most 5 MB): leave out node_modules, data and pictures.';
  expect((await takeWithin(limits, at()))[0]).toEqual({ id: 'ann', refused: sentence });
  expect(await takeWithin(limits, at('ann.zip'))).toEqual([{ id: 'ann', refused: sentence }]);
});

test('a class of one keeps the name of its student, a wrapped submission that of its folder', async () => {
  await write({ ...prefixed('class/ann/'), ...prefixed('bob/src/') });
  expect((await take(at('class'), at('bob'))).map((item) => item.id)).toEqual(['ann', 'bob']);
});

test('notes of a teacher beside the students do not make the class a submission', async () => {
  await write({ ...prefixed('ann/'), ...prefixed('bob/'), 'answers.json': '{}' });
  expect((await take(at())).map((item) => item.id)).toEqual(['ann', 'bob']);
});

test('an id is safe as a file name, follows from the name alone and is nobody else’s', async () => {
  const names = [
    'Ann Müller (1)',
    'ann-Müller-1',
    'Ann!B',
    'Ann-B',
    'Ann B',
    'con',
    '..x',
    'हिन्दी',
    '李小明',
    'علی‌رضا',
  ];
  const idsOf = async (...of: string[]) => {
    for (const name of of) await write(prefixed(`${of.length}/${name}/`));
    const taken = await take(at(String(of.length)));
    return new Map(taken.map(({ id }, i) => [of.toSorted()[i]!, id]));
  };
  const ids = await idsOf(...names);
  for (const id of ids.values()) expect(id).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u);
  expect(new Set(ids.values()).size).toBe(names.length);
  expect(Object.fromEntries(ids)).toMatchObject({
    ...{ 'ann-Müller-1': 'ann-Müller-1', 'Ann-B': 'Ann-B', हिन्दी: 'हिन्दी', 李小明: '李小明' },
    'Ann B': expect.stringMatching(/^Ann-B-[0-9a-f]{4}$/) as string,
    con: expect.stringMatching(/^con-[0-9a-f]{4}$/) as string,
  });
  const fewer = names.filter((name) => name !== 'Ann-B' && name !== 'ann-Müller-1');
  for (const [name, id] of await idsOf(...fewer)) expect(id).toBe(ids.get(name));
});

test('work under one name twice is one student’s, and staff are told that nothing says which came last', async () => {
  await write({ ...prefixed('class/ann/'), 'class/ann.zip': zip(all), ...prefixed('class/bob/') });
  const [ann, ...others] = await findHandedIn(at('class'), { assignment });
  expect(others.map(({ id, unclear }) => [id, unclear])).toEqual([['bob', []]]);
  expect(ann!.attempts.map(({ origin }) => [origin.handedInAs, origin.attempt])).toEqual([
    ['ann', 1],
    ['ann.zip', 2],
  ]);
  expect(ann!.unclear).toEqual([
    'ann is there 2 times (ann, ann.zip), and nothing says which came last: the last one named here counts.',
  ]);
  expect(await ann!.read()).toMatchObject({ id: 'ann', notes: ['This is number 2 of 2 that were handed in.'] });
});

test('of two sections each has an Ann of its own, whoever else joins', async () => {
  await write({ ...prefixed('mon/ann/'), ...prefixed('mon/bob/'), ...prefixed('tue/ann/'), ...prefixed('tue/cid/') });
  const ids = async () => (await take(at('mon'), at('tue'))).map(({ id }) => id);
  expect(await ids()).toEqual(['ann-mon', 'bob-mon', 'ann-tue', 'cid-tue']);
  await write(prefixed('tue/bob/'));
  expect(await ids()).toEqual(['ann-mon', 'bob-mon', 'ann-tue', 'bob-tue', 'cid-tue']);
  await write({ ...prefixed('x/hw1/'), ...prefixed('y/hw1/') });
  expect((await take(at('x', 'hw1'), at('y', 'hw1'))).map(({ id }) => id)).toEqual(['hw1-x', 'hw1-y']);
});

test.each([
  ['nowhere', /nowhere cannot be read \(ENOENT\): give a submission, a folder of submissions or a \.zip\.$/],
  ['notes.txt', /notes\.txt is neither a folder nor a \.zip/],
  [
    'other',
    /other holds no submission to tiny-nets: looked for q1\.ts, q2\.ts, answers\.json, plots\/q3\.json in it, in src\/, in its folders and for \.zip archives\.$/,
  ],
])('the path %s is an error for the person who typed it, before anything is graded', async (name, message) => {
  await write({ ...prefixed('ann/'), 'notes.txt': '', 'other/readme.txt': '' });
  const taken: unknown[] = [];
  const taking = (async () => {
    for await (const item of receive([at('ann'), at(name)], { assignment })) taken.push(item);
  })();
  await expect(taking).rejects.toThrow(message);
  await expect(taking).rejects.toMatchObject({ name: 'IntakeError' });
  expect(taken).toEqual([]);
});

test('a student may be called data or dist where others are there, and a folder of data is nobody', async () => {
  for (const name of ['ann', 'bob', 'data', 'dist']) await write(prefixed(`class/${name}/`));
  await write({ 'class/out/ann/q1.ts': '', 'class/build/q1.txt': '' });
  const items = await take(at('class'));
  expect(items.map(({ id }) => id)).toEqual(['ann', 'bob', 'data', 'dist']);
  await write({ 'class.zip': zip({ ...prefixed('ann/'), ...prefixed('bob/'), ...prefixed('dist/') }) });
  expect((await take(at('class.zip'))).map(({ id }) => id)).toEqual(['ann', 'bob', 'dist']);
});
