/** Whose a submission is and when it came, from exports as platforms make them: unpacked, and as the one archive that they send. */
import { mkdir } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Origin } from '../model/origin.ts';
import { all, assignment, handInFolder, prefixed, zip } from './receive.testing.ts';
import { findHandedIn } from './receive.ts';

const { at, write } = handInFolder();

type Files = Record<string, string | Uint8Array>;
const packed = (files: Files) =>
  zipSync(
    Object.fromEntries(Object.entries(files).map(([path, x]) => [path, typeof x === 'string' ? Buffer.from(x) : x])),
  );

/** Per person: the origin of each attempt, and what was read of the last one. */
async function peopleIn(path: string): Promise<Record<string, { attempts: Origin[]; read: string }>> {
  const found = await findHandedIn(path, { assignment });
  const read = async (one: (typeof found)[number]) => {
    const item = await one.read();
    expect(item.origin).toEqual(one.origin);
    expect(one.attempts.at(-1)!.origin).toEqual(one.origin);
    return 'refused' in item ? item.refused : item.files.map(({ path, text }) => `${path}=${text}`).join(' ');
  };
  const people = found.map(async (one) => {
    return [one.id, { attempts: one.attempts.map(({ origin }) => origin), read: await read(one) }] as const;
  });
  return Object.fromEntries(await Promise.all(people));
}

/** The same whether unpacked, packed, or packed with the folder around it. */
async function both(files: Files) {
  await write(files, 'export');
  await write({ 'export.zip': packed(files), 'round.zip': packed(prefixed('HW 3/', files as Record<string, string>)) });
  const unpacked = await peopleIn(at('export'));
  expect(await peopleIn(at('export.zip'))).toEqual(unpacked);
  expect(await peopleIn(at('round.zip'))).toEqual(unpacked);
  return unpacked;
}

test('Moodle: files and the text typed into the page are one student’s, and the number is the participant’s', async () => {
  const people = await both({
    'José Ñandú_1203_assignsubmission_file_/q1.ts': 'josé',
    'José Ñandú_1203_assignsubmission_onlinetext_/onlinetext.html': '<p>Hello</p>',
    '李小明_1204_assignsubmission_file_/hw.zip': zip({ 'q1.ts': 'li' }),
    'Participant_1205_assignsubmission_file_/q1.ts': 'blind',
    'Group 7_88_assignsubmission_file_/q1.ts': 'group',
    'Ann Lee_1206_assignsubmission_onlinetext_/onlinetext.html': '<p>Only words</p>',
  });
  const of = (name: string, person: string) => ({
    ...{ platform: 'moodle', handedInAs: `${name}_${person}_assignsubmission_file_`, name, person },
  });
  expect(people).toEqual({
    'José-Ñandú-1203': { attempts: [of('José Ñandú', '1203')], read: 'q1.ts=josé' },
    '李小明-1204': { attempts: [of('李小明', '1204')], read: 'q1.ts=li' },
    'Participant-1205': {
      attempts: [{ platform: 'moodle', handedInAs: 'Participant_1205_assignsubmission_file_', person: '1205' }],
      read: 'q1.ts=blind',
    },
    'Group-7-88': { attempts: [of('Group 7', '88')], read: 'q1.ts=group' },
    'Ann-Lee-1206': {
      attempts: [expect.objectContaining({ name: 'Ann Lee', person: '1206' })],
      read: expect.stringMatching(/^No file of tiny-nets is there/) as string,
    },
  });
});

test('Moodle, flat: the typed text is no second student', async () => {
  const people = await both({
    'Jane Doe_12345_assignsubmission_file_q1.ts': 'jane',
    'Jane Doe_12345_assignsubmission_onlinetext_onlinetext.html': '<p>x</p>',
    'jdoe2_Jane Doe_12346_assignsubmission_file_hw.zip': zip({ 'q1.ts': 'the other Jane' }),
  });
  expect(Object.entries(people).map(([id, { read }]) => [id, read])).toEqual([
    ['Jane-Doe-12345', 'q1.ts=jane'],
    ['Jane-Doe-12346', 'q1.ts=the other Jane'],
  ]);
  expect(people['Jane-Doe-12346']!.attempts).toEqual([
    expect.objectContaining({ name: 'Jane Doe', username: 'jdoe2', person: '12346' }),
  ]);
});

test('Canvas: LATE, numbers of people, copies that are handed in again, archives handed in twice', async () => {
  const people = await both({
    'doejane_LATE_12345_67891_q1-2.ts': 'third',
    'doejane_LATE_12345_67890_q1.ts': 'first',
    'doejane_LATE_12345_text.html': '<p>x</p>',
    'libo_12346_67895_hw.zip': zip({ 'q1.ts': 'again' }),
    'libo_12346_67893_hw.zip': zip({ 'q1.ts': 'before' }),
    'anon_LATE_x7k2p_67897_q1.ts': 'nobody',
  });
  const canvas = (handedInAs: string, person: string, more: Partial<Origin> = {}) => {
    return { platform: 'canvas', handedInAs, person, ...more };
  };
  expect(people).toEqual({
    'doejane-12345': {
      attempts: [canvas('doejane_LATE_12345', '12345', { attempt: 3, late: true })],
      read: 'q1.ts=third',
    },
    'libo-12346': {
      attempts: [canvas('libo_12346', '12346', { attempt: 1 }), canvas('libo_12346', '12346', { attempt: 2 })],
      read: 'q1.ts=again',
    },
    'anon-x7k2p': { attempts: [canvas('anon_LATE_x7k2p', 'x7k2p', { late: true })], read: 'q1.ts=nobody' },
  });
});

test('Brightspace: two folders of one person are two attempts, in the order of time and not of names', async () => {
  const name = (when: string) => `39786-640693 - Aiden Rodriguez - ${when}`;
  const people = await both({
    [`${name('Oct 10, 2025 1022 AM')}/q1.ts`]: 'last',
    [`${name('Sep 9, 2025 1159 PM')}/q1.ts`]: 'first',
    '39787-640694 - Aiden Rodriguez - Oct 1, 2025 1205 AM/q1.ts': 'the other Aiden',
    'index.html': '<html></html>',
  });
  const aiden = { platform: 'brightspace', name: 'Aiden Rodriguez', person: '39786' };
  expect(people).toEqual({
    'Aiden-Rodriguez-39786': {
      attempts: [
        { ...aiden, handedInAs: name('Sep 9, 2025 1159 PM'), at: '2025-09-09T23:59:00', attempt: 1 },
        { ...aiden, handedInAs: name('Oct 10, 2025 1022 AM'), at: '2025-10-10T10:22:00', attempt: 2 },
      ],
      read: 'q1.ts=last',
    },
    'Aiden-Rodriguez-39787': {
      attempts: [expect.objectContaining({ person: '39787', at: '2025-10-01T00:05:00' })],
      read: 'q1.ts=the other Aiden',
    },
  });
});

const receipt = (name: string, files: Record<string, string>) =>
  [
    `Name: ${name}`,
    'Assignment: HW 3',
    'Date Submitted: Saturday, September 12, 2026 10:10:05 PM EDT',
    '',
    'Submission Field:',
    'Name: Mallory (mallory)',
    '',
    'Files:',
    ...Object.entries(files).flatMap(([exported, original]) => [
      `\tOriginal filename: ${original}`,
      `\tFilename: ${exported}`,
    ]),
  ].join('\r\n');

test('Blackboard: the text of an attempt says whose it is and what its files were called', async () => {
  const first = 'HW 3_jane_doe_attempt_2026-09-12-22-10-05';
  const second = 'HW 3_jane_doe_attempt_2026-09-13-08-00-00';
  const people = await both({
    [`${first}_q1.ts`]: 'old',
    [`${first}.txt`]: receipt('Jane Doe (jane_doe)', {}),
    [`${second}_1757750400_q.ts`]: 'new',
    [`${second}.txt`]: receipt('Jane Doe (jane_doe)', { [`${second}_1757750400_q.ts`]: 'q1.ts' }),
    'HW 3_john_doe_attempt_2026-09-12-22-10-05_q1.ts': 'john',
    'HW 3_bo_attempt_2026-09-12-22-10-05_q1.ts': 'bo',
    'HW 3_bo_attempt_2026-09-12-22-10-05.txt': receipt('Bo Li (bo)', {
      'HW 3_bo_attempt_2026-09-12-22-10-05_q1.ts': '../../q1.ts',
    }),
  });
  const jane = { platform: 'blackboard', name: 'Jane Doe', person: 'jane_doe' };
  expect(people).toEqual({
    jane_doe: {
      attempts: [
        { ...jane, handedInAs: first, at: '2026-09-12T22:10:05', attempt: 1 },
        { ...jane, handedInAs: second, at: '2026-09-13T08:00:00', attempt: 2 },
      ],
      read: 'q1.ts=new',
    },
    doe: { attempts: [expect.objectContaining({ person: 'doe' })], read: 'q1.ts=john' },
    bo: { attempts: [expect.objectContaining({ name: 'Bo Li', person: 'bo' })], read: 'q1.ts=bo' },
  });
});

const metadata = `---
submission_101:
  :submitters:
  - :name: Jane Doe
    :sid: '1001'
    :email: jane@example.org
  :created_at: 2026-09-20 15:18:35.143474000 Z
  :score: 7.0
  :status: processed
  :results:
    tests:
    - name: ":submitters: []"
      output: |
        submission_102:
  :history:
  - :id: 99
    :created_at: 2026-09-19 10:00:00.000000000 Z
    :results:
      tests: []
submission_102:
  :submitters:
  - :name: Bo Li
    :sid: '1002'
    :email: bo@example.org
  - :name: Ann Lee
    :sid: '1003'
    :email: ann@example.org
  :created_at: 2026-09-20 08:00:00.000000000 -07:00
  :results: {}
  :history: []
`;

test('Gradescope: submission_metadata.yml says who, when, for the how manieth time and with whom', async () => {
  const files = { 'submission_101/q1.ts': 'jane', 'submission_102/src/q1.ts': 'group', 'submission_103/q1.ts': 'x' };
  expect(await both({ ...files, 'submission_metadata.yml': metadata })).toEqual({
    'Jane-Doe-1001': {
      attempts: [
        {
          ...{ platform: 'gradescope', handedInAs: 'submission_101', name: 'Jane Doe', number: '1001' },
          ...{ email: 'jane@example.org', at: '2026-09-20T15:18:35.000Z', attempt: 2 },
        },
      ],
      read: 'q1.ts=jane',
    },
    [Object.keys(await peopleIn(at('export'))).find((id) => id.startsWith('Bo-Li-Ann-Lee-'))!]: {
      attempts: [
        {
          ...{ platform: 'gradescope', handedInAs: 'submission_102', name: 'Bo Li, Ann Lee' },
          members: [
            { name: 'Bo Li', number: '1002', email: 'bo@example.org' },
            { name: 'Ann Lee', number: '1003', email: 'ann@example.org' },
          ],
          at: '2026-09-20T15:00:00.000Z',
        },
      ],
      read: 'q1.ts=group',
    },
    submission_103: { attempts: [{ platform: 'folder', handedInAs: 'submission_103' }], read: 'q1.ts=x' },
  });
});

test.each([
  [
    'an alias within an alias',
    `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh'].map((n, i) => `${n}: &${n} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(', ')}]`).join('\n')}\n`,
  ],
  ['no YAML at all', 'submission_101: [\n'],
])('Gradescope: %s is said to the person who gave the export', async (_, text) => {
  await write({ 'submission_101/q1.ts': '', 'submission_102/q1.ts': '', 'submission_metadata.yml': text });
  await expect(findHandedIn(at(), { assignment })).rejects.toThrow(
    /^submission_metadata\.yml cannot be read \(.*\): export again, or take it away/,
  );
});

test('a clone is called after its folder, and nothing in .git is believed', async () => {
  await write({ 'hw3-janedoe/q1.ts': 'jane', 'hw3-janedoe/.git/HEAD': 'ref: x', 'hw3-boli/src/q1.ts': 'bo' });
  await mkdir(at('elsewhere', '.git'), { recursive: true });
  await write(prefixed('class/ann/'));
  expect(await peopleIn(at())).toMatchObject({
    'hw3-janedoe': { attempts: [{ platform: 'git', handedInAs: 'hw3-janedoe' }], read: 'q1.ts=jane' },
    'hw3-boli': { attempts: [{ platform: 'folder', handedInAs: 'hw3-boli' }], read: 'q1.ts=bo' },
  });
});

test('two exports of one class: who is in both has handed in twice, the later path last', async () => {
  await write({
    'week1/Ann Lee_7_assignsubmission_file_/q1.ts': 'old',
    'week1/Bo Li_8_assignsubmission_file_/q1.ts': 'bo',
    'week2/Ann Lee_7_assignsubmission_file_/q1.ts': 'new',
  });
  const [ann, bo, ...others] = await findHandedIn([at('week1'), at('week2')], { assignment });
  expect(others).toEqual([]);
  expect([ann!.id, ann!.attempts.length, bo!.id]).toEqual(['Ann-Lee-7', 2, 'Bo-Li-8']);
  expect(await ann!.read()).toMatchObject({ files: [{ text: 'new' }] });
  expect(ann!.unclear).toEqual([expect.stringMatching(/^Ann-Lee-7 is there 2 times .* nothing says which came last/)]);
});

test('names as long as an archive likes, and names that are nothing but signs, have ids of their own', async () => {
  const names = ['x'.repeat(250), 'x'.repeat(249), '!!!', '???', '\u202egnp', 'ᅠ'];
  await write({ 'class.zip': packed(Object.fromEntries(names.map((name) => [`${name}/q1.ts`, all['q1.ts']]))) });
  const ids = (await findHandedIn(at('class.zip'), { assignment })).map(({ id }) => id);
  expect(new Set(ids).size).toBe(names.length);
  for (const id of ids) expect(Buffer.byteLength(id)).toBeLessThan(200);
});
