import { zipSync, type Zippable } from 'fflate';
import { expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { Unacceptable } from './entry.ts';
import { defaultLimits } from './limits.ts';
import { listArchive, listOneArchive, refuseBomb } from './list-archive.ts';

const text = (content: string) => new TextEncoder().encode(content);
const zipped = (files: Zippable, level: 0 | 9 = 0) => Buffer.from(zipSync(files, { level }));
const list = (files: Zippable, limits = {}) => listArchive(zipped(files), { ...defaultLimits, ...limits });
const paths = (entries: readonly Entry[]) => entries.map(({ path }) => path);

test('every file is listed in the order of its path, with its size and content, packed or not', async () => {
  for (const level of [0, 9] as const) {
    const zip = zipped({ 'b.ts': text('bb'), 'a/': new Uint8Array(0), 'a/c.ts': text('ccc'), 'e.ts': text('') }, level);
    const entries = await listArchive(zip, defaultLimits);
    expect(entries.map(({ path, bytes }) => [path, bytes])).toEqual([['a/c.ts', 3], ['b.ts', 2], ['e.ts', 0]]); // prettier-ignore
    expect(await Promise.all(entries.map(async ({ read }) => (await read(3)).toString()))).toEqual(['ccc', 'bb', '']);
    expect(entries.every(({ fault, aside }) => fault === undefined && aside === undefined)).toBe(true);
  }
});

test('as many entries as the limit are gone through, one more is refused', async () => {
  const two = { 'a.ts': text(''), '.hidden': text('') };
  expect(paths(await list(two, { listed: 2 }))).toEqual(['a.ts']);
  await expect(list(two, { listed: 1 })).rejects.toThrow(
    'The archive holds 2 entries (at most 1): leave out node_modules and data.',
  );
});

test('a file is read up to the size that is asked for, and refused with its sizes beyond it', async () => {
  const [entry] = await list({ 'a.ts': text('xxxx') });
  expect((await entry!.read(4)).length).toBe(4);
  await expect(entry!.read(3)).rejects.toThrow('"a.ts" is 4 bytes (at most 3 bytes).');
});

test('depth and length count where a file is used, and set the others aside', async () => {
  const limits = { depth: 2, pathLength: 8 };
  const entries = await list(
    {
      'a/bcd.ts': text(''),
      'a/b/c.ts': text(''),
      'a/b/c.gz': text(''),
      'abcdef.ts': text(''),
      'data/a/b.ts': text(''),
    },
    limits,
  );
  expect(entries.map(({ path, fault, aside }) => [path, fault, aside])).toEqual([
    ['a/b/c.gz', undefined, 'lies 3 folders deep (at most 2)'],
    ['a/b/c.ts', '"a/b/c.ts" in the archive lies 3 folders deep (at most 2): zip your files again.', undefined],
    ['a/bcd.ts', undefined, undefined],
    [
      'abcdef.ts',
      '"abcdef.ts" in the archive has a path of 9 characters (at most 8): zip your files again.',
      undefined,
    ],
    ['data/a/b.ts', undefined, 'has a path of 11 characters (at most 8)'],
  ]);
});

test('what would be read may be large, or packed tightly, but not both; what is never read does not count', () => {
  const limits = { ...defaultLimits, totalBytes: 100, ratio: 10 };
  const of = (...sizes: [string, number][]) =>
    sizes.map(([path, bytes]): Entry => ({ path, bytes, read: () => Promise.reject(new Error('read')) }));
  const refused = (entries: Entry[], packed: number) => () => refuseBomb(entries, packed, limits);
  expect(refused(of(['a.ts', 60], ['b.ts', 40]), 1)).not.toThrow();
  expect(refused(of(['a.ts', 60], ['b.ts', 60]), 12)).not.toThrow();
  expect(refused(of(['a.ts', 60], ['b.ts', 60]), 11)).toThrow(
    'The archive claims to unpack to 120 bytes from 11 bytes: zip your own files only.',
  );
  expect(refused(of(['a.ts', 101]), 10)).toThrow('The archive claims');
  expect(refused(of(['a.png', 5000], ['data/a.ts', 5000], ['b.ts', 100]), 1)).not.toThrow();
});

test('only the archive of one submission is refused for what it claims', async () => {
  const zip = zipped({ 'a.ts': new Uint8Array(10_000) }, 9);
  const limits = { ...defaultLimits, totalBytes: 5000, ratio: 2 };
  expect(await listArchive(zip, limits)).toHaveLength(1);
  await expect(listOneArchive(zip, limits)).rejects.toThrow('The archive claims to unpack to 10 kB');
  expect(paths(await listOneArchive(zip, { ...limits, ratio: 200 }))).toEqual(['a.ts']);
});

/** The archive with each byte at the offset in every central header changed. */
function patched(zip: Buffer, change: (zip: Buffer, at: number) => void): Buffer {
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = copy.indexOf('PK\x01\x02', at + 4, 'latin1'))
    change(copy, at);
  return copy;
}

test('a method of packing that is not read here, and a lock, are faults of a program and of nothing else', async () => {
  const zip = zipped({ 'a.ts': text('x'), 'b.png': text('x') }, 9);
  const packed = await listArchive(patched(zip, (z, at) => z.writeUInt16LE(12, at + 10)), defaultLimits); // prettier-ignore
  expect(packed.map(({ fault, aside }) => fault ?? aside)).toEqual([
    '"a.ts" in the archive is packed by a method that is not read here (12): zip your files again.',
    'is packed by a method that is not read here (12)',
  ]);
  const locked = await listArchive(patched(zip, (z, at) => z.writeUInt16LE(1, at + 8)), defaultLimits); // prettier-ignore
  expect(locked.map(({ fault, aside }) => fault ?? aside)).toEqual([
    '"a.ts" in the archive is locked with a password: zip your files again.',
    'is locked with a password',
  ]);
});

test('ordinary modes of files are no links', async () => {
  const mode = (value: number) => ({ os: 3, attrs: (value << 16) >>> 0 });
  const entries = await list({
    'a.ts': [text('x'), mode(0o100644)],
    'b.ts': [text('x'), mode(0o644)],
    'c/': [text(''), mode(0o040755)],
    'd.png': [text('x'), mode(0o120777)],
    'e/': [text(''), mode(0o120777)],
  });
  expect(entries.map(({ path, fault }) => [path, fault])).toEqual([
    ['a.ts', undefined],
    ['b.ts', undefined],
    ['d.png', '"d.png" in the archive is a link or a device, not a file: zip your files again.'],
    ['e', '"e" in the archive is a link or a device, not a file: zip your files again.'],
  ]);
});

test('names are read as UTF-8 where they are, declared or not, and in the code page of DOS elsewhere', async () => {
  const undeclared = (zip: Buffer) => patched(zip, (z, at) => z.writeUInt16LE(z.readUInt16LE(at + 8) & ~0x800, at + 8));
  const zip = zipped({ 'é.ts': text('x') });
  expect(paths(await listArchive(zip, defaultLimits))).toEqual(['é.ts']);
  expect(paths(await listArchive(undeclared(zip), defaultLimits))).toEqual(['é.ts']);
  const dos = undeclared(zip);
  for (let at = dos.indexOf('é.ts'); at >= 0; at = dos.indexOf('é.ts', at + 1)) dos.set([0x82, 0x61], at);
  expect(paths(await listArchive(dos, defaultLimits))).toEqual(['éa.ts']);
  // One spelling of a letter, whichever it was typed in.
  expect(paths(await list({ 'e\u0301.ts': text('x') }))).toEqual(['é.ts']);
});

test('of a name that is there twice nobody knows which counts, unless it is never read', async () => {
  const twice = zipped({ 'a1.ts': text('x'), 'a2.ts': text('y'), 'b1.png': text('x'), 'b2.png': text('y') });
  for (const [from, to] of [
    ['a2.ts', 'a1.ts'],
    ['b2.png', 'b1.png'],
  ] as const)
    // prettier-ignore
    for (let at = twice.indexOf(from); at >= 0; at = twice.indexOf(from, at + 1)) twice.write(to, at);
  expect((await listArchive(twice, defaultLimits)).map(({ path, fault }) => [path, fault])).toEqual([
    ['a1.ts', undefined],
    ['a1.ts', 'The archive holds "a1.ts" twice: zip your files again.'],
    ['b1.png', undefined],
    ['b1.png', undefined],
  ]);
});

test('files that lie one behind the other do not overlap, and those that share a byte do', async () => {
  const zip = zipped({ 'a.ts': text('xxxx'), 'b.ts': text('yyyy') });
  expect(await listArchive(zip, defaultLimits)).toHaveLength(2);
  const larger = patched(zip, (z, at) => {
    // The first entry claims one packed byte more than it has.
    if (z.readUInt32LE(at + 42) === 0) [20, 24].forEach((field) => z.writeUInt32LE(5, at + field));
  });
  await expect(listArchive(larger, defaultLimits)).rejects.toThrow('Files in the archive overlap each other');
});

test('what is no archive, or more than one thing at once, is said; an empty archive is one', async () => {
  const none = 'It is not a zip archive, whatever its name says: make it again as .zip.';
  const zip = zipped({ 'a.ts': text('x') });
  for (const data of [
    Buffer.alloc(0),
    Buffer.from('PK\x03'),
    Buffer.from('no archive'),
    Buffer.concat([Buffer.from('GIF89a'), zip]),
  ])
    await expect(listArchive(data, defaultLimits)).rejects.toThrow(none);
  expect(await list({})).toEqual([]);
});

test('an archive that is cut off, or whose list is wrong, is damaged, in a few words of why', async () => {
  const zip = zipped({ 'a.ts': text('x'), 'b.ts': text('y') });
  const reason = (data: Buffer) => listArchive(data, defaultLimits).then(paths, (error: unknown) => error);
  const broken = Buffer.from(zip);
  broken[broken.lastIndexOf('PK\x01\x02', undefined, 'latin1')] = 0;
  for (const data of [zip.subarray(0, zip.length - 30), broken]) {
    const error = await reason(data);
    expect(error).toBeInstanceOf(Unacceptable);
    expect((error as Unacceptable).message).toMatch(/^The archive is damaged \([^.:]+\): make it again\.$/);
  }
});

test('what is not what the list says is not read: another size, another content, a bomb, packed bytes that are none', async () => {
  const differs =
    '"a.ts" in the archive is not what the archive says it is (its size or checksum differs): zip your files again.';
  const content = text('export const a = 1;'.repeat(9));
  const read = async (zip: Buffer) => (await listArchive(zip, defaultLimits))[0]!.read(1e6);
  const packed = zipped({ 'a.ts': content }, 9);
  expect((await read(packed)).length).toBe(content.length);
  const stating = (size: number) => patched(packed, (z, at) => z.writeUInt32LE(size, at + 24));
  for (const size of [0, content.length - 1, content.length + 1])
    await expect(read(stating(size))).rejects.toThrow(differs);
  await expect(read(patched(packed, (z, at) => z.writeUInt32LE(7, at + 16)))).rejects.toThrow(differs);
  const garbled = Buffer.from(packed);
  garbled.fill(0xff, 34, 40);
  await expect(read(garbled)).rejects.toThrow(/^The archive is damaged/);
  const stored = zipped({ 'a.ts': content });
  stored[stored.indexOf('export')] = 69;
  await expect(read(stored)).rejects.toThrow(differs);
});

test('names are read as tools write them, and one that leads out of the archive is a fault', async () => {
  const entries = await list({
    './': text(''),
    './a.ts': text(''),
    './././b.ts': text(''),
    'c\\d.ts': text(''),
    '../e.ts': text(''),
  });
  expect(entries.map(({ path, fault }) => [path, fault])).toEqual([
    ['../e.ts', '"../e.ts" in the archive leads out of its folder: zip your files again.'],
    ['a.ts', undefined],
    ['b.ts', undefined],
    ['c/d.ts', undefined],
  ]);
  expect(paths(await list({ 'x./a.ts': text('') }))).toEqual(['x./a.ts']);
});

test('the whole list is gone through: what it holds beyond the number that it states is damage', async () => {
  const zip = zipped({ 'a.ts': text('x'), 'b.ts': text('y') });
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const fewer = Buffer.from(zip);
  [8, 10].forEach((field) => fewer.writeUInt16LE(1, end + field));
  const outcome = await listArchive(fewer, defaultLimits).then(paths, (error: Error) => error.message);
  expect(outcome).not.toEqual(['a.ts', 'b.ts']);
});
