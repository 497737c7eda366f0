import { cpuMsOf } from '../graders/cpu-time.testing.ts';
import { expect, test } from 'vitest';
import { plain, plainDocument, plainLine } from './plain-text.ts';

const ESC = '\u001b';

test('terminal commands disappear: colours, cursor, titles, links', () => {
  expect(
    plain(
      `${ESC}[31mred${ESC}[0m ${ESC}[2J${ESC}[1;1Htop ${ESC}]0;title\u0007x ${ESC}]8;;http://a\u001b\\link ${ESC}c`,
    ),
  ).toBe('red top x link ␛c');
  expect(plain('\u009b31mred')).toBe('red');
});

test('marks that reverse the reading order are shown by name', () => {
  expect(plain('safe\u202etxt.exe\u2066')).toBe('safe⟨U+202E⟩txt.exe⟨U+2066⟩');
});

test('marks that hide are shown by name', () => {
  expect(plain('a\u200bb\ufeff\u{e0041}')).toBe('a⟨U+200B⟩b⟨U+FEFF⟩⟨U+E0041⟩');
});

test('control characters become pictures, tabs and line ends stay', () => {
  expect(plain('a\u0000b\u0008c\td\r\ne\rf\u007f\u2028g')).toBe('a␀b␈c\td\ne\nf␡\ng');
});

test('letters of every script, joined emoji and mathematics are left alone', () => {
  const text = '∂L/∂W² Ø 漢字 עברית हिन्दी 👩‍💻 σ′(h)';
  expect(plain(text)).toBe(text);
});

test('half a surrogate pair becomes a replacement character', () => {
  expect(plain('a\ud800b')).toBe('a\ufffdb');
});

test('a long text keeps its head and its tail and says what is missing', () => {
  const said = plain(`begin${'x'.repeat(100_000)}end`, 100);
  expect(said).toMatch(/^begin.*\n\[… 99908 characters left out …\]\n.*end$/s);
  expect(said.length).toBeLessThan(150);
});

test('a line has no line ends or tabs', () => {
  expect(plainLine(' a\n\tb ')).toBe('a b');
});

test('a document is cleaned in every string, and numbers stay as they are', () => {
  expect(plainDocument({ a: ['\u0007', { b: '\u202e' }], n: NaN, none: undefined })).toEqual({
    a: ['␇', { b: '⟨U+202E⟩' }],
    n: NaN,
    none: undefined,
  });
});

test('what is clean is not copied, beside what is not', () => {
  const clean = { words: ['as', 'they', 'are'], numbers: [0.5, 1], none: undefined, deep: { n: NaN } };
  expect(plainDocument(clean)).toBe(clean);
  const mixed = plainDocument({ clean, other: ['\u0007'] });
  expect(mixed).toEqual({ clean, other: ['␇'] });
  expect(mixed.clean).toBe(clean);
});

test('a million terminal commands take no time', async () => {
  const text = `${ESC}]`.repeat(500_000) + `${ESC}[;`.repeat(300_000);
  expect(await cpuMsOf(() => plain(text, 2_000_000))).toBeLessThan(1500);
});
