/** Text in which UTF-8 and code page 1252 are mixed, since an editor added the one to the other: byte by byte, in the memory of the text. */

/** Code page 1252 from 0x80 to 0x9f, a mark in place of what it leaves undefined; above, it is Latin-1. */
const middleOf1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'.replaceAll(' ', '\ufffd');

const charOf1252 = (byte: number): string => (byte < 0xa0 ? middleOf1252[byte - 0x80]! : String.fromCharCode(byte));

/** What the bytes from 0x80 on mean in code page 1252, as the bytes of UTF-8. */
const strayAsUtf8 = Array.from({ length: 128 }, (_, i) => Buffer.from(charOf1252(0x80 + i)));

/** How many bytes the letter in UTF-8 has that begins here; 0 where none does. */
function lengthOfLetter(data: Buffer, at: number): number {
  const first = data[at]!;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  // Of some first bytes the second may not be any: no letter has two spellings, and surrogates are none.
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (!(data[at + 1]! >= least && data[at + 1]! <= most)) return 0;
  for (let i = 2; i < length; i++) if (!(data[at + i]! >= 0x80 && data[at + i]! <= 0xbf)) return 0;
  return length;
}

/** Bytes that are not UTF-8, how many they are, and the text with them read as code page 1252, the others as UTF-8. */
export function readStrays(data: Buffer): { text: string; strays: number } {
  const written = Buffer.allocUnsafe(3 * data.length);
  let [at, end, strays] = [0, 0, 0];
  while (at < data.length) {
    const length = lengthOfLetter(data, at);
    if (length === 0) {
      const letter = strayAsUtf8[data[at]! - 0x80]!;
      for (const byte of letter) written[end++] = byte;
      strays++;
      at++;
    }
    for (const until = at + length; at < until; at++) written[end++] = data[at]!;
  }
  return { text: written.toString('utf8', 0, end), strays };
}
