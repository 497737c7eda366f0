import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CourseFile, Terms } from './course-file.ts';
import { readCourse } from './read-course.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'course-'));
});
afterAll(() => rm(root, { recursive: true }));

const sound: CourseFile = {
  ...{ schema: 'gradmark/course/v1', title: 'Deep learning', timeZone: 'Europe/Dublin', grace: '10 minutes' },
  penalty: { percent: 10, per: 'day', atMost: 50 },
  counts: 'latest',
  assignments: {
    'tiny-nets': {
      ...{ due: '2026-11-20T23:59', lastAcceptance: '2026-11-27T23:59:30+00:00' },
      extensions: [{ who: 'ann@uni.example', until: '2026-11-23T23:59', why: 'ill' }],
    },
  },
};

async function read(content: unknown): Promise<CourseFile> {
  const path = join(root, 'course.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readCourse(path, ['tiny-nets', 'big-nets']);
}

const mistakesIn = (content: unknown): Promise<string[]> =>
  read(content).then(
    () => [],
    (error: Error) => error.message.split('\n').map((line) => line.replace(`${join(root, 'course.json')}: `, '')),
  );

const withTerms = (terms: Terms, more: Partial<CourseFile> = {}): CourseFile => ({
  ...sound,
  ...more,
  assignments: { 'tiny-nets': terms },
});

test('a sound course comes back as it was written', async () => {
  expect(await read(sound)).toEqual(sound);
});

test('every mistake of shape is told at once, with place and mend', async () => {
  const terms = { due: '20.11.2026', grace: '15min', penalty: { per: 'fortnight' }, extension: [] };
  expect(await mistakesIn(withTerms(terms as Terms, { counts: 'newest' as 'latest' }))).toEqual([
    'counts must be one of "latest", "last", "best", "first", got "newest"',
    'assignments.tiny-nets.extension is not a known field; did you mean extensions?',
    'assignments.tiny-nets.due must be a time like 2026-11-20T23:59, or with its offset like 2026-11-20T23:59+01:00, got "20.11.2026"',
    'assignments.tiny-nets.grace must be a length of time like "15 minutes" or "2 days", got "15min"',
    'assignments.tiny-nets.penalty.per must be what is charged for: "day", "6 hours" or "once", got "fortnight"',
  ]);
});

test('a name that is nothing’s is told beside mistakes of shape, and beside contradictions', async () => {
  const names = (terms: unknown) => ({ ...sound, timeZone: 'Europe/Dublim', assignments: { 'tiny-net': terms } });
  expect(await mistakesIn(names({ due: 'noon' }))).toEqual([
    expect.stringContaining('.due must be a time like'),
    'timeZone must be a time zone that this machine knows, like Europe/Dublin, got "Europe/Dublim"',
    'assignments must name courseworks, got "tiny-net"; did you mean "tiny-nets"?',
  ]);
  expect(await mistakesIn(names({ due: '2026-02-30T23:59' }))).toEqual([
    expect.stringContaining('timeZone must be'),
    expect.stringContaining('did you mean "tiny-nets"?'),
    expect.stringContaining('.due must be a day and a time that there are'),
  ]);
  for (const odd of [null, [], 'text', { assignments: 3 }]) expect(await mistakesIn(odd)).not.toEqual([]);
});

test('every contradiction is told at once', async () => {
  const extensions = [
    { who: 'Ann', until: '2026-11-19T00:00' },
    { who: 'ann ', until: '2026-11-31T00:00' },
  ];
  const terms = { due: '2026-11-20T24:00', lastAcceptance: '2026-11-01T00:00', penalty: { per: 'day' }, extensions };
  expect(await mistakesIn(withTerms(terms))).toEqual([
    'assignments.tiny-nets.due must be a day and a time that there are, got "2026-11-20T24:00"',
    'assignments.tiny-nets.extensions[1].until must be a day and a time that there are, got "2026-11-31T00:00"',
    'assignments.tiny-nets.penalty must give either percent or marks, got neither',
    'assignments.tiny-nets.extensions[1].who must be another person, got "ann " again (extensions[0])',
  ]);
});

test.each<[string, CourseFile, string]>([
  [
    'nobody knows whose clock',
    { ...withTerms({ due: '2026-11-20T23:59' }), timeZone: undefined } as unknown as CourseFile,
    'assignments.tiny-nets.due must say whose clock it means, got "2026-11-20T23:59": write "timeZone": "Europe/Dublin" at the top, or an offset behind it ("2026-11-20T23:59+01:00", "2026-11-20T23:59Z")',
  ],
  [
    'there is no such place',
    { ...sound, timeZone: 'Europe/Dublinn' },
    'timeZone must be a time zone that this machine knows, like Europe/Dublin, got "Europe/Dublinn"',
  ],
  [
    'the name of the coursework is misspelt',
    { ...sound, assignments: { 'tiny-net': {} } },
    'assignments must name courseworks, got "tiny-net"; did you mean "tiny-nets"?',
  ],
  [
    'both units are given',
    withTerms({ due: '2026-11-20T23:59', penalty: { percent: 1, marks: 1, per: 'day' } }),
    'assignments.tiny-nets.penalty must give either percent or marks, got both',
  ],
  [
    'the cap is below a step',
    withTerms({ due: '2026-11-20T23:59', penalty: { percent: 10, per: 'day', atMost: 5 } }),
    'assignments.tiny-nets.penalty.atMost must not be below one step (10), got 5',
  ],
  [
    'it is due after the last acceptance',
    withTerms({ due: '2026-11-20T23:59', lastAcceptance: '2026-11-20T23:58' }),
    'assignments.tiny-nets.lastAcceptance must not be before due (2026-11-20T23:59), got "2026-11-20T23:58"',
  ],
  [
    'an extension extends nothing',
    withTerms({ extensions: [{ who: 'Ann', until: '2026-11-20T23:58' }] }),
    'assignments.tiny-nets.due is missing: without it there is nothing to extend',
  ],
  [
    'an extension ends before the others have to hand in',
    withTerms({ due: '2026-11-20T23:59', extensions: [{ who: 'Ann', until: '2026-11-20T23:58' }] }),
    'assignments.tiny-nets.extensions[0].until must not be before due (2026-11-20T23:59), got "2026-11-20T23:58"',
  ],
  [
    'a percentage is none',
    withTerms({ penalty: { percent: 110, per: 'day' } }),
    'assignments.tiny-nets.penalty.percent must be a number above 0, at most 100, got 110',
  ],
])('when %s, one sentence says so', async (_, content, sentence) => {
  expect(await mistakesIn(content)).toEqual([sentence]);
});

test('courseworks that lie elsewhere are let be, and text that is no JSON is told with its place', async () => {
  expect(await mistakesIn({ ...sound, assignments: { transformers: {} } })).toEqual([]);
  await expect(read('{\n"schema": }')).rejects.toThrow(/course\.json, line 2, column 11: is not JSON/);
  await expect(readCourse(join(root, 'no.json'), [])).rejects.toThrow(/cannot be read \(ENOENT\)/);
});
