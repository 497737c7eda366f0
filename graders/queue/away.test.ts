import { expect, test } from 'vitest';
import { patience } from './patience.ts';
import { assertAddress, inSentences, isPassing, QueueError, shown } from './postgres/trouble.ts';

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });
const address = 'postgres://staff:secret@db.example.org:5433/grading?password=secret';

test('no sentence shows a password', () => {
  expect(shown(address)).toBe('postgres://staff@db.example.org:5433/grading');
  for (const code of [
    'ECONNREFUSED',
    'ENOTFOUND',
    '28P01',
    '28000',
    '3D000',
    '42501',
    '42704',
    '3F000',
    '42P01',
    '57P03',
  ]) {
    const error = inSentences(coded(code), address);
    expect(error).toBeInstanceOf(QueueError);
    expect(error.message).toContain('db.example.org');
    expect(error.message).not.toContain('secret');
  }
});

test('what is no address of a database is told with one that is', () => {
  for (const wrong of ['db.example.org', 'mysql://db/x', ''])
    expect(() => assertAddress(wrong)).toThrow('looks like postgres://user@host:5432/database');
  expect(() => assertAddress(address)).not.toThrow();
});

test('a restart, a cut wire, a full disk pass; a wrong password and a mistake of ours do not', () => {
  for (const code of ['57P01', '57P03', '53100', '53300', '08006', 'ECONNRESET', 'EPIPE'])
    expect(isPassing(coded(code))).toBe(true);
  expect(isPassing(new AggregateError([coded('ECONNREFUSED')]))).toBe(true);
  expect(isPassing(new Error('Connection terminated unexpectedly'))).toBe(true);
  for (const code of ['28P01', '42601', '42P01', '23505']) expect(isPassing(coded(code))).toBe(false);
  expect(inSentences(new TypeError('x is undefined'), address)).toBeInstanceOf(TypeError);
});

test('a database that is away is waited for, and that is said once', async () => {
  const said: string[] = [];
  const patiently = patience({ tell: (says) => said.push(says), mostMs: 1 });
  let tries = 0;
  const work = async () => {
    if (++tries < 4) throw coded('57P03', 'the database system is starting up');
    return tries;
  };
  expect(await patiently(work)).toBe(4);
  expect(said).toEqual([
    'The database does not answer (the database system is starting up); waiting for it.',
    'The database is there again.',
  ]);
  await expect(patiently(() => Promise.reject(coded('42601', 'syntax error')))).rejects.toThrow('syntax error');
  const hasty = patience({ tell: () => undefined, signal: AbortSignal.abort() });
  await expect(hasty(() => Promise.reject(coded('57P03')))).rejects.toThrow('57P03');
});
