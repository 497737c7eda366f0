import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keyPath, makeKey, readKey } from './key-file.ts';
import { digestOf } from './same-but-for-times.ts';
import { sealWith } from './seal.ts';
import { openLocalQueue } from './sqlite/queue.ts';
import { openStore } from './store.ts';
import { sealedWith } from './wrapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-closed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const seal = sealWith(new Uint8Array(32).fill(1));
const other = sealWith(new Uint8Array(32).fill(2));
const cannot = 'cannot be opened: it was changed, or closed with another key';

test('what is closed opens under its own name, with its own key, as it was; and not otherwise', () => {
  const closed = seal.close('a', Buffer.from('the answer is 42'));
  expect(Buffer.from(closed).includes('42')).toBe(false);
  expect(Buffer.from(seal.open('a', closed)).toString()).toBe('the answer is 42');
  expect(() => seal.open('b', closed)).toThrow(cannot);
  expect(() => other.open('a', closed)).toThrow(cannot);
  for (const at of [0, 20, closed.length - 1]) {
    const changed = Buffer.from(closed);
    changed[at]! ^= 1;
    expect(() => seal.open('a', changed)).toThrow(cannot);
  }
  expect(() => seal.open('a', closed.subarray(0, -1))).toThrow(cannot);
});

test('names and digests tell nothing to who has no key, and results differ in all but times', () => {
  const bytes = Buffer.from('work');
  expect(seal.nameOf(bytes)).toBe(seal.nameOf(bytes));
  expect(seal.nameOf(bytes)).not.toBe(other.nameOf(bytes));
  const text = (points: number, ms: number) => JSON.stringify({ tasks: [{ points, ms }], ms });
  const digest = (json: string, key = seal) => sealedWith(key).close('n', json).digest;
  expect(digest(text(1, 5))).toBe(digest(text(1, 9)));
  expect(digest(text(1, 5))).not.toBe(digest(text(2, 5)));
  expect(digest(text(1, 5))).not.toBe(digest(text(1, 5), other));
  expect(digestOf(text(1, 5), seal.digestKey)).toBe(digest(text(1, 5)));
});

test('what is too large for the database lies closed in the folder that all share, and without one is refused', async () => {
  const shelf = openLocalQueue({ heartbeatMs: 1, clock: () => 0 });
  const shared = join(folder, 'shared');
  const large = randomBytes(5e6).toString('base64');
  await expect(openStore(shelf, seal).put(large)).rejects.toThrow(
    'give all machines a folder that they share, with --shared',
  );
  const store = openStore(shelf, seal, shared);
  const [small, name] = [await store.put('small'), await store.put(large)];
  expect(readdirSync(shared)).toEqual([name]);
  expect(readFileSync(join(shared, name)).includes(large.slice(0, 40))).toBe(false);
  expect(await store.get(small)).toBe('small');
  expect(await store.get(name)).toBe(large);
  await expect(openStore(shelf, seal).get(name)).rejects.toThrow('is not in the database: with --shared');
});

test('a key is made once, for its owner alone, and one that others may read is refused', async () => {
  const path = keyPath({ XDG_CONFIG_HOME: folder });
  expect(path).toBe(join(folder, 'gradmark/queue.key'));
  await expect(readKey(path)).rejects.toThrow(`copy ${path} from the machine`);
  const key = await makeKey(path);
  expect(key).toHaveLength(32);
  expect(await makeKey(path)).toEqual(key);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o644);
  await expect(readKey(path)).rejects.toThrow(`chmod 600 ${path}`);
  writeFileSync(path, 'half a key', { mode: 0o600 });
  await expect(readKey(path)).rejects.toThrow('holds no key');
});
