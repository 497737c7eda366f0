import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { drawnRound, ofSecret, type Drawn } from './round.ts';
import { isOpenToOthers, makeSecret, secretPath } from './secret.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-round-'));
});
afterEach(() => rm(folder, { recursive: true }));

const [secret, other] = ['ab'.repeat(32), 'cd'.repeat(32)];
const firstOf = ({ seed }: Drawn, stream: string) =>
  createRandom(typeof seed === 'number' ? seed : seed(stream), stream).next();
const fingerprintOf = ({ origin }: Drawn) => origin.round!.fingerprint;
const secretFile = async (text: string, name = 'course.secret') => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

test('the same secret gives the same probes anywhere; these are also what openssl computes', () => {
  const drawn = ofSecret(secret, 'hw', '1');
  expect(drawn.origin).toEqual({ round: { name: '1', fingerprint: '367f-bd80' } });
  expect((drawn.seed as (stream: string) => number)('q3c')).toBe(1625643074807761);
});

test('another secret, coursework, round or stream gives other probes, and another fingerprint but for the stream', () => {
  const drawn = [
    ofSecret(secret, 'hw', '1'),
    ofSecret(other, 'hw', '1'),
    ofSecret(secret, 'hw2', '1'),
    ofSecret(secret, 'hw', '2'),
  ];
  expect(new Set(drawn.map(fingerprintOf)).size).toBe(4);
  expect(new Set(drawn.flatMap((each) => ['a', 'b'].map((stream) => firstOf(each, stream)))).size).toBe(8);
});

test('no stream has the seed of another, so that one run backwards tells nothing of the rest', () => {
  const seed = ofSecret(secret, 'hw', '1').seed as (stream: string) => number;
  const seeds = Array.from({ length: 200 }, (_, i) => seed(`stream ${i}`));
  expect(new Set(seeds).size).toBe(200);
  expect(seeds.every((each) => Number.isSafeInteger(each) && each >= 0)).toBe(true);
  // All 53 bits take part: a seed of few bits could be found by trying.
  for (let bit = 0; bit < 53; bit++) {
    const share = seeds.filter((each) => Math.floor(each / 2 ** bit) % 2 === 1).length / 200;
    expect(Math.abs(share - 0.5), `bit ${bit}`).toBeLessThan(0.2);
  }
});

test('a folder makes its secret once, for its owner alone, and asks later comers the same', async () => {
  const own = join(folder, 'out');
  const first = await drawnRound('hw', { outDir: own });
  expect((await stat(secretPath(own))).mode & 0o777).toBe(0o600);
  expect(await readFile(secretPath(own), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  const later = await drawnRound('hw', { outDir: own });
  expect([fingerprintOf(later), firstOf(later, 'a')]).toEqual([fingerprintOf(first), firstOf(first, 'a')]);
  expect((await readdir(own)).sort()).toEqual(['batch.json', 'secret']);
  expect(await readFile(join(own, 'batch.json'), 'utf8')).not.toContain(await readFile(secretPath(own), 'utf8'));
});

test('two graders that begin at once get one secret', async () => {
  const made = await Promise.all(Array.from({ length: 2 }, () => makeSecret(join(folder, 'out'))));
  expect(new Set([...made, (await readFile(secretPath(join(folder, 'out')), 'utf8')).trim()]).size).toBe(1);
});

test('a folder goes on with its first round; another name is another round, asked once or again', async () => {
  const outDir = join(folder, 'out');
  const first = await drawnRound('hw', { outDir });
  const late = await drawnRound('hw', { outDir, round: 'late' });
  expect(fingerprintOf(late)).not.toBe(fingerprintOf(first));
  expect(await drawnRound('hw', { outDir }).then(fingerprintOf)).toBe(fingerprintOf(first));
  expect(await drawnRound('hw', { outDir, round: 'late' }).then(fingerprintOf)).toBe(fingerprintOf(late));
  const named = await drawnRound('hw', { outDir: join(folder, 'named'), round: 'May' });
  expect(await drawnRound('hw', { outDir: join(folder, 'named') })).toMatchObject({ origin: named.origin });
  expect(await drawnRound('hw2', { outDir }).then(fingerprintOf)).not.toBe(fingerprintOf(first));
});

test('a secret from a file is not copied into the folder, and the folder does not go on without it', async () => {
  const outDir = join(folder, 'out');
  const path = await secretFile(`${secret}\n`);
  const drawn = await drawnRound('hw', { outDir, secretFile: path });
  expect(fingerprintOf(drawn)).toBe(fingerprintOf(ofSecret(secret, 'hw', '1')));
  expect(await readdir(outDir)).toEqual(['batch.json']);
  await expect(drawnRound('hw', { outDir })).rejects.toThrow('a secret that is not in it: give it again');
  expect(await drawnRound('hw', { outDir, secretFile: path })).toMatchObject({ origin: drawn.origin });
  // On another machine, with the file that a folder made.
  await writeFile(secretPath(outDir), secret);
  expect(await drawnRound('hw', { outDir: join(folder, 'else'), secretFile: secretPath(outDir) })).toMatchObject({
    origin: drawn.origin,
  });
});

test('one round is never asked with two secrets', async () => {
  const outDir = join(folder, 'out');
  await drawnRound('hw', { outDir });
  await expect(drawnRound('hw', { outDir, secretFile: await secretFile(other) })).rejects.toThrow('another secret');
  await expect(drawnRound('hw', { outDir, secretFile: join(folder, 'none') })).rejects.toThrow('does not exist');
});

test('a damaged or a short secret is said, never replaced', async () => {
  const outDir = join(folder, 'out');
  await drawnRound('hw', { outDir });
  await writeFile(secretPath(outDir), 'short');
  await expect(drawnRound('hw', { outDir })).rejects.toThrow('holds no secret of 32 characters');
  expect(await readFile(secretPath(outDir), 'utf8')).toBe('short');
  const path = await secretFile('password');
  await expect(drawnRound('hw', { secretFile: path })).rejects.toThrow('holds no secret of 32 characters');
});

test('a secret is text: two files of bytes would otherwise be one secret; a mark at its beginning and ends of lines are no part of it', async () => {
  const path = await secretFile('');
  for (const bytes of [
    Buffer.alloc(64, 0xff),
    Buffer.alloc(64, 0xfe),
    Buffer.alloc(64),
    Buffer.from(secret, 'utf16le'),
  ]) {
    await writeFile(path, bytes);
    await expect(drawnRound('hw', { secretFile: path })).rejects.toThrow('is no text');
  }
  for (const text of [secret, `${secret}\r\n`, `\ufeff${secret}\n`, `  ${secret}\n\n`]) {
    await writeFile(path, text);
    expect((await drawnRound('hw', { secretFile: path })).origin).toEqual(ofSecret(secret, 'hw', '1').origin);
  }
});

test('a secret that others on the machine may read is noticed, one that a folder made is not', async () => {
  const path = await secretFile(secret);
  const seen = [];
  for (const mode of [0o644, 0o640, 0o604, 0o600, 0o400]) {
    await chmod(path, mode);
    seen.push(await isOpenToOthers(path));
  }
  expect(seen).toEqual([true, true, true, false, false]);
  await makeSecret(join(folder, 'out'));
  expect(await isOpenToOthers(secretPath(join(folder, 'out')))).toBe(false);
  expect(await isOpenToOthers(join(folder, 'none'))).toBe(false);
});

test('a seed that was given is kept until a round or a secret is asked for; a damaged file counts as none', async () => {
  const outDir = join(folder, 'given');
  expect(await drawnRound('hw', { outDir, seed: 5 })).toMatchObject({ origin: { seed: 5 }, seed: 5 });
  expect(await drawnRound('hw', { outDir })).toMatchObject({ origin: { seed: 5 }, seed: 5 });
  expect(await readdir(outDir)).toEqual(['batch.json']);
  expect((await drawnRound('hw', { outDir, round: '1' })).origin.seed).toBeUndefined();
  // A seed for once changes nothing for the class.
  expect((await drawnRound('hw', { outDir, seed: 6 })).origin.seed).toBe(6);
  expect((await drawnRound('hw', { outDir })).origin.round!.name).toBe('1');
  await writeFile(join(outDir, 'batch.json'), 'null');
  expect((await drawnRound('hw', { outDir })).origin.round!.name).toBe('1');
});

test('seeds that differ only beyond 32 bits give different streams', () => {
  expect(createRandom(2 ** 40 + 7, 'probe').next()).not.toBe(createRandom(7, 'probe').next());
});
