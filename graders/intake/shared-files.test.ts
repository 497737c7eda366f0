/** A file of several names costs nobody whose file it is, and lets nobody read what lies outside of the class. */
import { chown, link } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { assignment, everything, handInFolder, paths, prefixed, zip } from './receive.testing.ts';
import { findHandedIn } from './receive.ts';

const { at, write } = handInFolder();

/** What is read of everybody, and what staff are told. */
async function found(path: string) {
  const people = await findHandedIn(path, { assignment });
  const read = await Promise.all(people.map(async (one) => [one.id, paths(await one.read())] as const));
  return { read: Object.fromEntries(read), told: people.flatMap(({ unclear }) => unclear) };
}

test('whose file a neighbour has linked to is graded like everybody, and staff are told of both', async () => {
  await write({ ...prefixed('class/ann/'), ...prefixed('class/bob/'), 'class/eve/q1.ts': 'hers' });
  await write({ 'class/gil.zip': zip(prefixed('')) });
  await link(at('class/ann/q2.ts'), at('class/eve/q2.ts'));
  await link(at('class/bob/q1.ts'), at('class/bob/copy.ts'));
  await link(at('class/gil.zip'), at('class/hal.zip'));
  const { read, told } = await found(at('class'));
  expect(read).toMatchObject({ ann: everything, eve: ['q1.ts', 'q2.ts'], gil: everything, hal: everything });
  expect(read['bob']).toEqual(['answers.json', 'copy.ts', 'plots/q3.json', 'q1.ts', 'q2.ts']);
  const both = 'ann/q2.ts, eve/q2.ts are one file (a hard link), which was read for each.';
  const archives = 'gil.zip, hal.zip are one file (a hard link), which was read for each.';
  expect(told).toEqual([both, both, archives, archives]);
});

test('a file that has a name outside of the class is not read, under however many names it is handed in', async () => {
  await write({ 'key.ts': 'the key', ...prefixed('class/ann/'), 'class/eve/q1.ts': '', 'class/fay/q1.ts': '' });
  for (const name of ['eve/q2.ts', 'eve/lib.ts', 'fay/q2.ts']) await link(at('key.ts'), at('class', name));
  expect(await found(at('class'))).toEqual({ read: { ann: everything, eve: ['q1.ts'], fay: ['q1.ts'] }, told: [] });
});

test.skipIf(process.getuid?.() !== 0)(
  'a file of somebody else is not read, and what staff unpacked is staff’s',
  async () => {
    await write({ 'key.ts': '', 'class/ann/q1.ts': '', 'class/ann/q2.ts': '', 'class/bob/q1.ts': '' });
    await link(at('key.ts'), at('class/bob/q2.ts'));
    for (const path of ['key.ts', 'class', 'class/ann', 'class/bob', 'class/bob/q1.ts'])
      await chown(at(path), 3001, 3001);
    await link(at('class/ann/q2.ts'), at('class/bob/lib.ts'));
    const { read } = await found(at('class'));
    expect(read).toMatchObject({ ann: ['q1.ts'], bob: ['q1.ts'] });
  },
);
