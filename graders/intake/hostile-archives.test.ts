import { cpuMsOf } from '../cpu-time.testing.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import { zipSync, type Zippable } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from './receive.testing.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Refusal, Submission } from '../model/submission.ts';

const assignment: Assignment = {
  schema: 'gradmark/assignment/v1',
  slug: 'tiny-nets',
  title: 'Tiny nets',
  summary: 'Two questions.',
  imports: [],
  limits: { callMs: 1000, submissionMs: 1000, memoryMb: 100 },
  tasks: [{ id: 'Q1', title: 'One', marks: 1, kinds: ['code'], unit: 'q1', exports: ['f'] }],
};
const work = { 'q1.ts': new TextEncoder().encode('export const f = 1;\n') };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function handIn(zip: Uint8Array): Promise<Submission | Refusal> {
  const path = join(folder, 'mallory.zip');
  await writeFile(path, zip);
  const all: (Submission | Refusal)[] = [];
  for await (const item of receive(path, { assignment })) all.push(item);
  expect(all.map((item) => item.id)).toEqual(['mallory']);
  return all[0]!;
}

const refusal = async (zip: Uint8Array) => ((await handIn(zip)) as Refusal).refused;

const plain = (files: Zippable) => Buffer.from(zipSync({ ...work, ...files }, { level: 0 }));

/** Offsets of the local or central headers of a zip without surprises. */
function headers(zip: Buffer, signature: 'PK\x03\x04' | 'PK\x01\x02'): number[] {
  const found: number[] = [];
  for (let at = zip.indexOf(signature, 0, 'latin1'); at >= 0; at = zip.indexOf(signature, at + 4, 'latin1'))
    found.push(at);
  return found;
}

function renamed(from: string, to: string): Buffer {
  const zip = plain({ [from]: new Uint8Array([49]) });
  for (let at = zip.indexOf(from); at >= 0; at = zip.indexOf(from, at + 1)) zip.write(to, at);
  return zip;
}

test.each([
  [
    'climbs out of its folder',
    plain({ '../evil.ts': new Uint8Array(1) }),
    '"../evil.ts" in the archive leads out of its folder: zip your files again.',
  ],
  [
    'climbs out further down',
    plain({ 'a/../../evil.ts': new Uint8Array(1) }),
    '"a/../../evil.ts" in the archive leads out of its folder: zip your files again.',
  ],
  [
    'is absolute',
    plain({ '/etc/evil.ts': new Uint8Array(1) }),
    '"/etc/evil.ts" in the archive is an absolute path: zip your files again.',
  ],
  [
    'climbs out by backslashes',
    renamed('..x..xevil.ts', '..\\..\\evil.ts'),
    '"../../evil.ts" in the archive leads out of its folder: zip your files again.',
  ],
  [
    'has a drive letter',
    plain({ 'C:/evil.ts': new Uint8Array(1) }),
    '"C:/evil.ts" in the archive begins with a drive letter: zip your files again.',
  ],
  [
    'lies too deep',
    plain({ [`${'d/'.repeat(20)}x.ts`]: new Uint8Array(1) }),
    /^"(d\/)+x\.ts" in the archive lies 21 folders deep \(at most 12\): zip your files again\.$/,
  ],
  [
    'has too long a path',
    plain({ [`${'x'.repeat(300)}.ts`]: new Uint8Array(1) }),
    /has a path of 303 characters \(at most 240\)/,
  ],
  ['is there twice', renamed('q2.ts', 'q1.ts'), 'The archive holds "q1.ts" twice: zip your files again.'],
  [
    'is a link',
    plain({ 'q2.ts': [new TextEncoder().encode('/etc/passwd'), { os: 3, attrs: (0o120777 << 16) >>> 0 }] }),
    '"q2.ts" in the archive is a link or a device, not a file: zip your files again.',
  ],
  [
    'is a device',
    plain({ 'q2.ts': [new Uint8Array(0), { os: 3, attrs: (0o020666 << 16) >>> 0 }] }),
    '"q2.ts" in the archive is a link or a device, not a file: zip your files again.',
  ],
  [
    'is a link to a folder',
    plain({ 'src/': [new Uint8Array(0), { os: 3, attrs: (0o120777 << 16) >>> 0 }] }),
    '"src" in the archive is a link or a device, not a file: zip your files again.',
  ],
])('an archive in which a file %s is refused', async (_, zip, sentence) => {
  expect(await refusal(zip)).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
});

test.each([
  ['turns its name around', 'q\u202est.1q.ts', '"q\\u202est.1q.ts"'],
  ['holds a zero byte in its name', 'q2.ts\0.png', '"q2.ts\\u0000.png"'],
  ['is the icon of a folder', 'Icon\r', '"Icon\\u000d"'],
  ['has a mark that is not seen', '\u200eplot.png', '"\\u200eplot.png"'],
  ['lies in a folder with such a name', 'lib\u2066/help.ts', '"lib\\u2066/help.ts"'],
])('a file that %s is set aside, and the rest is read', async (_, name, shown) => {
  expect(await handIn(plain({ [name]: new Uint8Array(1) }))).toMatchObject({
    files: [{ path: 'q1.ts' }],
    notes: [`${shown} was not read: it has invisible or direction-changing characters in its name.`],
  });
});

test('of two names that look the same the one of the sheet is read, and the other named', async () => {
  for (const [name, shown] of [
    ['Q1.ts', 'Q1.ts'],
    ['q\u200c1.ts', '"q\\u200c1.ts"'],
    ['q\uff11.ts', '"q\uff11.ts"'],
  ] as const) {
    expect(await handIn(plain({ [name]: new TextEncoder().encode('other') }))).toMatchObject({
      files: expect.arrayContaining([{ path: 'q1.ts', text: 'export const f = 1;\n' }]),
      notes: [`${shown} was not read as q1.ts, because q1.ts is there too.`],
    });
  }
});

test('an encrypted file is said to be locked', async () => {
  const zip = Buffer.from(zipSync(work, { level: 9 }));
  for (const at of headers(zip, 'PK\x03\x04')) zip[at + 6]! |= 1;
  for (const at of headers(zip, 'PK\x01\x02')) zip[at + 8]! |= 1;
  expect(await refusal(zip)).toMatch(/"q1\.ts" in the archive is locked with a password/);
});

test('a bomb is refused by what it declares, before anything is unpacked', async () => {
  const zip = zipSync({ ...work, 'notes.md': new Uint8Array(40_000_000) }, { level: 9 });
  const cpuMs = await cpuMsOf(async () =>
    expect(await refusal(zip)).toBe('The archive claims to unpack to 40 MB from 39 kB: zip your own files only.'),
  );
  expect(cpuMs).toBeLessThan(1000);
});

test('a bomb that lies about its size is cut off at the size it states', async () => {
  // Blocks that end with a full flush do not refer to each other: one megabyte of zeros, 600 times over.
  const block = deflateRawSync(Buffer.alloc(1_000_000), { finishFlush: constants.Z_FULL_FLUSH });
  const packed = Buffer.concat([...Array.from({ length: 600 }, () => block), Buffer.from([3, 0])]);
  const zip = Buffer.from(zipSync({ 'q1.ts': packed }, { level: 0 }));
  for (const at of headers(zip, 'PK\x01\x02').slice(-1)) {
    zip.writeUInt16LE(8, at + 10);
    zip.writeUInt32LE(100, at + 24);
  }
  const before = process.resourceUsage().maxRSS;
  expect(await refusal(zip)).toMatch(/^"q1\.ts" in the archive is not what the archive says it is/);
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000);
});

test('one path out of its folder refuses the whole archive, wherever the rest of it lies', async () => {
  const zip = zipSync({ 'hw/q1.ts': work['q1.ts'], 'old/q1.ts': work['q1.ts'], '../q1.ts': work['q1.ts'] });
  expect(await refusal(zip)).toMatch(/^"\.\.\/q1\.ts" in the archive leads out of its folder/);
});

test('a file that is shorter than stated, or changed, is refused', async () => {
  const short = Buffer.from(zipSync(work, { level: 9 }));
  for (const at of headers(short, 'PK\x01\x02')) short.writeUInt32LE(5000, at + 24);
  expect(await refusal(short)).toMatch(/its size or checksum differs/);
  const changed = plain({});
  changed[changed.indexOf('export')] = 69;
  expect(await refusal(changed)).toMatch(/its size or checksum differs/);
});

test('entries that share their bytes are refused', async () => {
  const zip = plain({ 'q2.ts': new TextEncoder().encode('export const g = 1;\n') });
  const [first, second] = headers(zip, 'PK\x01\x02') as [number, number];
  zip.copy(zip, second + 42, first + 42, first + 46);
  expect(await refusal(zip)).toBe('Files in the archive overlap each other: zip your files again.');
});

test('more entries than anybody writes are refused', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 12_000 }, (_, i) => [`d${i % 100}/f${i}.ts`, new Uint8Array(0)]),
  );
  expect(await refusal(zipSync({ ...work, ...many }, { level: 0 }))).toMatch(
    /^It holds 12001 program and text files \(at most 200\)/,
  );
});

test('a picture that is an archive too, a damaged archive and no archive are refused', async () => {
  const zip = plain({});
  expect(await refusal(Buffer.concat([Buffer.from('GIF89a'), zip]))).toMatch(/^It is not a zip archive/);
  expect(await refusal(zip.subarray(0, zip.length - 30))).toMatch(/^The archive is damaged/);
  expect(await refusal(Buffer.concat([zip, Buffer.from('tail')]))).toMatch(/^The archive is damaged/);
  expect(await refusal(Buffer.from('not a zip at all'))).toMatch(/^It is not a zip archive/);
  expect(await refusal(Buffer.alloc(0))).toMatch(/^It is not a zip archive/);
  expect(await refusal(zipSync({}))).toBe('The archive is empty: hand in q1.ts.');
});

test('no damaged byte makes the grader fail: every archive is taken or refused', async () => {
  const zip = Buffer.from(zipSync({ ...work, 'src/a.ts': new TextEncoder().encode('export const a = 1;') }));
  for (let at = 0; at < zip.length; at++) {
    const damaged = Buffer.from(zip);
    damaged[at]! ^= 0xff;
    expect(Object.keys(await handIn(damaged))).toContain('id');
  }
});

test('folders parted by backslashes and names that begin with ./ are what some tools write, and are read', async () => {
  const zip = plain({
    './': new Uint8Array(0),
    './answers.json': new TextEncoder().encode('{}'),
    'plots\\q3.json': new TextEncoder().encode('{}'),
  });
  expect(await handIn(zip)).toMatchObject({
    files: [{ path: 'answers.json' }, { path: 'plots/q3.json' }, { path: 'q1.ts' }],
    notes: [],
  });
});

test('one name in two spellings is there twice', async () => {
  const zip = plain({ './q1.ts': new Uint8Array(1) });
  expect(await refusal(zip)).toBe('The archive holds "q1.ts" twice: zip your files again.');
});

test('what tools leave behind is no reason to refuse, even links and deep folders', async () => {
  const zip = plain({
    '__MACOSX/._q1.ts': new Uint8Array(3),
    '.DS_Store': new Uint8Array(3),
    [`node_modules/${'deep/'.repeat(20)}x.js`]: new Uint8Array(3),
    'node_modules/.bin/tsc': [new TextEncoder().encode('../x'), { os: 3, attrs: (0o120777 << 16) >>> 0 }],
  });
  expect(await handIn(zip)).toMatchObject({ files: [{ path: 'q1.ts' }], notes: [] });
});
