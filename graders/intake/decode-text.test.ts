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

test('what is no text is not read as any: control characters, undefined bytes, hardly any letters', () => {
  for (const control of [0x01, 0x08, 0x0b, 0x0e, 0x1f, 0x7f]) expect(bytes('ab', 0xe9, control)).toEqual(refused(1));
  for (const undefinedByte of [0x81, 0x8d, 0x8f, 0x90, 0x9d]) expect(bytes('abc', undefinedByte)).toEqual(refused(1));
  expect(bytes('\n', 0xe9, 0xe9)).toEqual(refused(2));
  expect(bytes('a\t\n\f\r ', 0xe9)).toMatchObject({ text: 'a\t\n\f\r é' });
  // Half of it may be foreign.
  expect(bytes('ab', 0xe9, 0xe9)).toMatchObject({ text: 'abéé' });
});
