import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

const bytes = (...content: (number | string)[]) =>
  decodeText(
    Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part])))),
  );
const stray = (line: number) =>
  `it is not saved as UTF-8 (line ${line}) and was read as code page 1252: save it as UTF-8`;
const refused = (line: number) => ({ trouble: `it is not saved as UTF-8 (line ${line}); save it as UTF-8` });

test('UTF-8 is read, with or without its mark, and nothing is said', () => {
  expect(bytes('σ(x) — 😀\r\n')).toEqual({ text: 'σ(x) — 😀\r\n' });
  expect(bytes('\ufeffx')).toEqual({ text: 'x' });
  expect(bytes('')).toEqual({ text: '' });
});

test('UTF-16 is read by its mark, in both orders, and said', () => {
  const note = 'it is saved as UTF-16 and was read as that: save it as UTF-8';
  const little = Buffer.from('\ufeffσ = 1', 'utf16le');
  expect(decodeText(little)).toEqual({ text: 'σ = 1', note });
  expect(decodeText(Buffer.from(little).swap16())).toEqual({ text: 'σ = 1', note });
});

test('what only begins like UTF-16 is not read: an odd byte, half a character, UTF-32', () => {
  const trouble = 'it begins like UTF-16 and is not; save it as UTF-8';
  expect(bytes(0xff, 0xfe, 97)).toEqual({ trouble });
  expect(bytes(0xff, 0xfe, 0x00, 0xd8)).toEqual({ trouble });
  expect(bytes(0xff, 0xfe, 0, 0, 97, 0, 0, 0)).toEqual({ trouble });
});

test('a zero byte is no text', () => {
  expect(bytes('a', 0)).toEqual({ trouble: 'it is not text (a zero byte stands in it)' });
});

test('code page 1252 is read in full, and the line is said', () => {
  expect(bytes('a\nb\n', 0xe9, 't', 0xe9)).toEqual({ text: 'a\nb\nété', note: stray(3) });
  expect(bytes('"', 0x80, 0x93, 0x9f, 0xa0, 0xff, '" and more')).toEqual({
    text: '"€“Ÿ\u00a0ÿ" and more',
    note: stray(1),
  });
});

test('bytes of both kinds in one file are each read as what they are', () => {
  const kinds = ['é', 'σ', 'ঌ', 'ह', '퟿', '豈', '😀', '\u{40000}', '\u{100000}'];
  for (const kind of kinds) {
    const filler = 'plain text before and after';
    expect(bytes(filler, kind, 0xe9, filler), kind).toEqual({ text: `${filler}${kind}é${filler}`, note: stray(1) });
  }
  // Curly quotes hold bytes that code page 1252 leaves undefined.
  expect(bytes('“plain” text ', 0xe9)).toEqual({ text: '“plain” text é', note: stray(1) });
  // What UTF-8 forbids is no UTF-8: overlong forms and halves of characters.
  expect(bytes('plain text ', 0xc0, 0xaf)).toMatchObject({ text: 'plain text À¯' });
  expect(bytes('plain text ', 0xed, 0xa0, 0xa0)).toMatchObject({ text: 'plain text í\u00a0\u00a0' });
  expect(bytes('plain text ', 0xf4, 0x93, 0x80, 0x80)).toMatchObject({ text: 'plain text ô“€€' });
});

test('a long file is read whole', () => {
  const long = 'x'.repeat(5000);
  expect(bytes(long, 0xe9, long)).toEqual({ text: `${long}é${long}`, note: stray(1) });
});

test('what is no text is not read as any: control characters, hardly any letters', () => {
  for (const control of [0x01, 0x08, 0x0b, 0x0e, 0x1f, 0x7f]) expect(bytes('ab', 0xe9, control)).toEqual(refused(1));
  expect(bytes('\n', 0xe9, 0xe9)).toEqual(refused(2));
  expect(bytes('a\t\n\f\r ', 0xe9)).toMatchObject({ text: 'a\t\n\f\r é' });
  // Half of it may be foreign.
  expect(bytes('ab', 0xe9, 0xe9)).toMatchObject({ text: 'abéé' });
});

test('what code page 1252 leaves undefined costs no program that is otherwise right, as in comments in Japanese', () => {
  for (const byte of [0x81, 0x8d, 0x8f, 0x90, 0x9d])
    expect(bytes('x = 1  # ', byte)).toEqual({ text: 'x = 1  # \ufffd', note: stray(1) });
});

test('a program is read as it declares itself, by the names that Python has for encodings', () => {
  const read = (name: string) =>
    `it is not saved as UTF-8 (line 2) and was read as ${name}, as it declares: save it as UTF-8`;
  const cases: [string, number[], string][] = [
    ['shift_jis', [0x83, 0x5c, 0x81, 0x41], 'ソ、'],
    ['cp932', [0x83, 0x5c, 0x81, 0x41], 'ソ、'],
    ['euc-jp', [0xa5, 0xbd, 0xa1, 0xa2], 'ソ、'],
    ['euc_kr', [0xb0, 0xa1], '가'],
    ['gbk', [0xb2, 0xe3], '层'],
    ['cp1251', [0xf1, 0xeb, 0xee, 0xe9], 'слой'],
    ['koi8-r', [0xd3, 0xcc, 0xcf, 0xca], 'слой'],
    ['latin-1', [0xe9], 'é'],
    ['mac_roman', [0x8e], 'é'],
  ];
  for (const [name, letters, text] of cases) {
    const line = `# -*- coding: ${name} -*-`;
    expect(bytes(`${line}\n"`, ...letters, '"'), name).toEqual({ text: `${line}\n"${text}"`, note: read(name) });
  }
  // In the second line, too; not in the third, and not where the bytes are something else or nobody knows the name.
  expect(bytes('#!/usr/bin/python\n# vim: set fileencoding=koi8-r :\n', 0xd3)).toMatchObject({
    text: expect.stringMatching(/с$/),
  });
  expect(bytes('\n\n# coding: koi8-r\n', 0xd3)).toMatchObject({ note: stray(4) });
  expect(bytes('# coding: euc-jp\n', 0xff)).toMatchObject({ note: stray(2) });
  expect(bytes('# coding: klingon\n', 0xe9)).toMatchObject({ note: stray(2) });
});
