/**
 * A student's file as text, whatever their editor saved it as: UTF-8, UTF-16 with its mark, what it declares itself as Python
 * programs do, or code page 1252.
 */
import { declaredText } from './declared-encoding.ts';
import { readStrays } from './stray-bytes.ts';

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
  // Pictures and archives hold bytes that no text does, or hardly any letters of English; comments in any language are text.
  const read = holdsControls(data) ? undefined : readStrays(data);
  return read !== undefined && read.strays <= data.length / 2
    ? {
        text: read.text,
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

function firstBadLine(data: Buffer): number {
  // Decoding with replacement marks the first byte that is no UTF-8.
  const upToFault = data.toString('utf8').split('\ufffd', 1)[0]!;
  return upToFault.split('\n').length;
}
