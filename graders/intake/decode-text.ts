/**
 * A student's file as text, whatever their editor saved it as: UTF-8, UTF-16 with its mark, what it declares itself as Python
 * programs do, or code page 1252.
 */
import { declaredText } from './declared-encoding.ts';

type Decoded =
  | {
      text: string;
      /** What to change, as the end of a sentence: where the text is not UTF-8 and yet could be read. */
      note?: string;
    }
  | {
      /** Why it is not read, as the end of a sentence. */
      trouble: string;
    };

/** The text without its byte order mark, or what is wrong with it. */
export function decodeText(data: Buffer): Decoded {
  const wide = wideLabel(data);
  if (wide !== undefined) return decodeWide(data, wide);
  if (data.includes(0)) return { trouble: 'it is not text (a zero byte stands in it)' };
  const text = decoded(data, 'utf-8');
  if (text !== undefined) return { text };
  const line = firstBadLine(data);
  const declared = holdsControls(data) ? undefined : declaredText(data);
  if (declared !== undefined) {
    return {
      text: declared.text,
      note: `it is not saved as UTF-8 (line ${line}) and was read as ${declared.encoding}, as it declares: save it as UTF-8`,
    };
  }
  return looksLikeText(data)
    ? {
        text: decodeStrays(data),
        note: `it is not saved as UTF-8 (line ${line}) and was read as code page 1252: save it as UTF-8`,
      }
    : { trouble: `it is not saved as UTF-8 (line ${line}); save it as UTF-8` };
}

const wideLabel = (data: Buffer): 'utf-16le' | 'utf-16be' | undefined =>
  ({ fffe: 'utf-16le', feff: 'utf-16be' } as const)[data.toString('hex', 0, 2) as 'fffe' | 'feff'];

function decodeWide(data: Buffer, label: 'utf-16le' | 'utf-16be'): Decoded {
  const text = decoded(data, label);
  // A mark of UTF-32 begins like one of UTF-16; zeros follow.
  if (text === undefined || text.includes('\0'))
    return { trouble: 'it begins like UTF-16 and is not; save it as UTF-8' };
  return { text, note: 'it is saved as UTF-16 and was read as that: save it as UTF-8' };
}

function decoded(data: Buffer, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(data);
  } catch {
    return undefined;
  }
}

/** Pictures and archives hold bytes that no text does. */
const holdsControls = (data: Buffer): boolean =>
  data.some((byte) => (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte)) || byte === 0x7f);

/** Or hardly any letters of English; comments in any language are text, in Japanese too, whatever they are saved as. */
function looksLikeText(data: Buffer): boolean {
  if (holdsControls(data)) return false;
  const strays = Array.from(data.toString('latin1').matchAll(runsAndStrays)).filter(([, run]) => run === undefined);
  return strays.length <= data.length / 2;
}

/** Code page 1252 from 0x80 to 0x9f, a mark in place of what it leaves undefined; above, it is Latin-1. */
const middleOf1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'.replaceAll(' ', '\ufffd');

const charOf1252 = (byte: number): string => (byte < 0xa0 ? middleOf1252[byte - 0x80]! : String.fromCharCode(byte));

/** What the bytes from 0x80 on mean in code page 1252, as the bytes of UTF-8, each written as one character. */
const straysAsUtf8 = Array.from({ length: 128 }, (_, i) => Buffer.from(charOf1252(0x80 + i)).toString('latin1'));

/** A run of bytes, each written as one character, that is UTF-8; or one byte that is not. */
const runsAndStrays =
  // eslint-disable-next-line no-control-regex
  /((?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}){1,1000})|[\x80-\xff]/g;

/** Bytes that are not UTF-8 as code page 1252, the others as UTF-8: an editor may have added one kind to the other. */
function decodeStrays(data: Buffer): string {
  const asUtf8 = data
    .toString('latin1')
    .replace(runsAndStrays, (bytes, run?: string) => run ?? straysAsUtf8[bytes.charCodeAt(0) - 0x80]!);
  return Buffer.from(asUtf8, 'latin1').toString('utf8');
}

function firstBadLine(data: Buffer): number {
  // Decoding with replacement marks the first byte that is no UTF-8.
  const upToFault = data.toString('utf8').split('\ufffd', 1)[0]!;
  return upToFault.split('\n').length;
}
