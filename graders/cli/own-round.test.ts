/** On systems where one hands in again and sees what was asked, a table of that is asked something else. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ofSecret } from '../gradebook/round.ts';
import type { Results } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { commandIn } from './in-process.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-own-round-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [slug, secret] = ['boston-init-mnist-grads', '5e'.repeat(32)];

beforeAll(() => {
  writeFileSync(join(folder, 'secret'), secret);
  for (const name of ['first', 'copy', 'second']) {
    mkdirSync(join(folder, name));
    cpSync(join(packageRoot, 'reference', slug, 'q3c.ts'), join(folder, name, 'q3c.ts'));
  }
  const path = join(folder, 'second/q3c.ts');
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n// Once more.\n`);
});

async function asked(work: string, ...more: string[]) {
  const words = ['ci', work, '--assignment', slug, '--task', 'Q3c', '--secret-file', 'secret', '--system', 'none'];
  const { code, complains } = await commandIn(folder, [...words, '--write', 'json=all.json', ...more]);
  expect([code, complains]).toEqual([0, '']);
  const { round, submissions } = JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8')) as Results;
  return { fingerprint: round!.fingerprint, sha256: submissions[0]!.sha256 };
}

test('the same work is asked the same, and another one something else, as staff can ask again by the digits on its page', async () => {
  const [first, copy, second] = [
    await asked('first', '--own-round'),
    await asked('copy', '--own-round'),
    await asked('second', '--own-round'),
  ];
  expect(copy.fingerprint).toBe(first.fingerprint);
  expect(second.fingerprint).not.toBe(first.fingerprint);
  const round = `work ${second.sha256.slice(0, 16)}`;
  expect(ofSecret(secret, slug, round).origin.round.fingerprint).toBe(second.fingerprint);
  expect(await asked('second', '--round', round)).toEqual(second);
});

test('a round of its own and one with a name exclude each other', async () => {
  const { code, complains } = await commandIn(folder, ['ci', 'first', '--own-round', '--round', 'late']);
  expect([code, complains]).toEqual([2, expect.stringContaining('--own-round')]);
});

test('a round without a secret is refused: what is asked then is what everybody practises on', async () => {
  for (const words of [['--own-round'], ['--round', 'late']]) {
    const { code, complains } = await commandIn(folder, ['ci', 'first', '--assignment', slug, ...words]);
    expect([code, complains]).toEqual([2, expect.stringContaining(`${words[0]} needs --secret-file`)]);
  }
});
