/** A roster joins what was handed in to people, and knows who is absent. */
import { readFileSync } from 'node:fs';
import { link } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { grade, results } from '../../reports/sample-results.testing.ts';
import type { Coursework } from '../coursework.ts';
import type { Origin } from '../model/origin.ts';
import { assignment, handInFolder, prefixed } from '../intake/receive.testing.ts';
import { readRoster } from '../intake/roster/roster.ts';
import { findAll } from './find-all.ts';
import { withWhose } from './whose.ts';

const { at, write } = handInFolder();
const coursework = { assignment } as Coursework;

async function inClass(csv: string, ...names: string[]) {
  for (const name of names) await write(prefixed(`class/${name}/`));
  await write({ 'people.csv': csv });
  const roster = readRoster('people.csv', readFileSync(at('people.csv')));
  return findAll({ coursework, paths: [at('class')], roster });
}

test('who is on the roster is known by its name and number, who handed nothing in is absent, who is not on it is told', async () => {
  const csv =
    'name,number,email,section\n"Lee, Ann",1001,ann@x.org,Monday\nBo Li,1002,bo@x.org,Monday\n李小明,1003,,Tuesday\n';
  const { found, whose } = await inClass(csv, 'ann lee', '李小明', 'mallory');
  expect(found.map(({ origin: { name, number, section, handedInAs } }) => [handedInAs, name, number, section])).toEqual(
    [
      ['ann lee', 'Ann Lee', '1001', 'Monday'],
      ['mallory', undefined, undefined, undefined],
      ['李小明', '李小明', '1003', 'Tuesday'],
    ],
  );
  expect(whose).toEqual({
    absent: [{ name: 'Bo Li', number: '1002', email: 'bo@x.org', section: 'Monday' }],
    unclear: ['mallory is nobody on the roster: is the name spelt so there, is a number missing?'],
  });
});

test('an id is the same with a roster and without, and what one person handed in under two names is one student’s', async () => {
  const csv = 'name,number,username\nAnn Lee,1001,alee\nBo Li,1002,boli\n';
  const { found, whose } = await inClass(csv, 'Ann Lee_7_assignsubmission_file_', 'alee', 'Bo Li');
  const without = await findAll({ coursework, paths: [at('class')] });
  expect(found.map(({ id, attempts }) => [id, attempts.length])).toEqual([
    ['Ann-Lee-7', 2],
    [without.found[1]!.id, 1],
  ]);
  expect(without.found.map(({ id }) => id)).toEqual(['Ann-Lee-7', found[1]!.id, 'alee']);
  expect(without.whose).toEqual({});
  expect(whose).toEqual({
    absent: [],
    unclear: [
      'Ann-Lee-7 is there 2 times (Ann Lee_7_assignsubmission_file_, alee), and nothing says which came last: the last one named here counts.',
    ],
  });
});

test('a group on the roster is all its members: none of them is absent', async () => {
  const csv = 'name,group\nAnn Lee,Group 7\nBo Li,Group 7\nCid,Group 8\n';
  const { found, whose } = await inClass(csv, 'Group 7_88_assignsubmission_file_');
  expect(found).toMatchObject([
    { id: 'Group-7-88', origin: { group: 'Group 7', members: [{ name: 'Ann Lee' }, { name: 'Bo Li' }] } },
  ]);
  expect(whose).toEqual({ absent: [{ name: 'Cid', group: 'Group 8' }] });
});

test('who handed in before is not absent when one more is graded', () => {
  const before = grade('ann', []);
  const known = (origin: Partial<Origin>) => ({
    ...before,
    origin: { platform: 'folder', handedInAs: 'x', ...origin } as Origin,
  });
  const graded = results([known({ number: '1001' }), known({ members: [{ email: 'bo@x.org' }] }), before]);
  const absent = [
    { name: 'Ann', number: '1001' },
    { name: 'Bo', email: 'bo@x.org' },
    { name: 'Cid', number: '1003' },
  ];
  expect(withWhose(graded, { absent }).absent).toEqual([{ name: 'Cid', number: '1003' }]);
  expect(withWhose(graded, {})).toEqual(graded);
});

test('what several share is told once', async () => {
  await write({ ...prefixed('shared/ann/'), ...prefixed('shared/bob/') });
  await link(at('shared/ann/q1.ts'), at('shared/bob/lib.ts'));
  const { whose } = await findAll({ coursework, paths: [at('shared')] });
  expect(whose.unclear).toEqual(['ann/q1.ts, bob/lib.ts are one file (a hard link), which was read for each.']);
});
