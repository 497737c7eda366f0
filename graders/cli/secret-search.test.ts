/** The search for secrets finds what is planted, in every way of writing it, and nothing where there is nothing. */
import { createHmac, randomBytes } from 'node:crypto';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { searchFor } from './secret-search.testing.ts';

const secret = createHmac('sha256', 'secret').update('of this test').digest();
const seed = 5_234_567_890_123_457;
const find = searchFor({
  bytes: [secret],
  numbers: [seed],
  words: ['Second Sitting'],
});
const around = (middle: string | Uint8Array) =>
  Buffer.concat([
    Buffer.from('<p id="a">What was asked: 3, 4 and 5. '),
    Buffer.from(middle as Uint8Array),
    Buffer.from('</p>'),
  ]);
const hex = secret.toString('hex');
const reversed = (text: string) => [...text].reverse().join('');
const real = Buffer.alloc(8);
real.writeDoubleLE(seed);

test.each<[string, string | Uint8Array]>([
  ['the digits', hex],
  ['capital digits', hex.toUpperCase()],
  ['a fifth of them', hex.slice(21, 34)],
  ['digits backwards', reversed(hex)],
  ['digits with something between', secret.subarray(0, 8).toString('hex').replace(/../g, '0x$&, ')],
  ['the bytes', secret.subarray(11, 17)],
  ['the bytes backwards', Buffer.from(secret).reverse()],
  ['the bytes one by one', JSON.stringify([...secret])],
  ['with signs', JSON.stringify([...new Int8Array(secret)])],
  ['one large number', BigInt(`0x${hex}`).toString()],
  ['base64', secret.toString('base64')],
  ['base64 within something longer', Buffer.concat([Buffer.from('ab'), secret]).toString('base64')],
  ['base64 for addresses, of the digits', Buffer.from(hex).toString('base64url')],
  ['base64 of base64', Buffer.from(secret.toString('base64')).toString('base64')],
  [
    'a picture in a page',
    `<img src="data:image/png;base64,${Buffer.concat([Buffer.from('PNG'), secret]).toString('base64')}">`,
  ],
  ['codes of a page', [...hex].map((digit) => `&#${digit.charCodeAt(0)};`).join('')],
  ['codes of a document', [...hex].map((digit) => `\\u00${digit.charCodeAt(0).toString(16)}`).join('')],
  ['codes of an address', [...secret].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')],
  ['text of two bytes each', Buffer.from(hex, 'utf16le')],
  ['a seed', String(seed)],
  ['a seed in another base', seed.toString(36)],
  ['a seed as bits', seed.toString(2)],
  ['a seed as a share', String(seed / 2 ** 53)],
  ['a seed as it lies in memory', real],
  ['a seed backwards', reversed(String(seed))],
  ['the name of a round', 'second sitting'],
  ['the name of a round in base64', Buffer.from('the Second Sitting').toString('base64')],
])('%s', (_, planted) => {
  expect(find(around(planted))).not.toEqual([]);
});

test.each([
  ['an archive', zipSync({ 'ann/report.html': around(hex) })],
  ['an archive, as a name', zipSync({ [`ann/${hex}`]: Buffer.from('') })],
  ['gzip', gzipSync(around(hex))],
  ['deflate', deflateSync(around(hex))],
  ['raw deflate', deflateRawSync(around(hex))],
  ['an archive in a page', around(Buffer.from(gzipSync(around(hex))).toString('base64'))],
])('within %s', (_, planted) => {
  expect(find(planted)).not.toEqual([]);
});

test('what is no secret is not found, nor in what is there by chance', () => {
  expect(find(around(''))).toEqual([]);
  expect(find(around(randomBytes(32).toString('hex')))).toEqual([]);
  const noise = randomBytes(60_000);
  expect(find(noise)).toEqual([]);
  expect(find(Buffer.from(noise.toString('base64')))).toEqual([]);
  expect(find(Buffer.from(noise.toString('hex')))).toEqual([]);
});
