/** The bytes of a table as text and back, so that every byte that nobody changed is again what it was. */

interface Decoded {
  text: string;
  /** The inverse for this file's encoding, byte-order mark included. */
  encode(text: string): Buffer;
}

const marks: { mark: readonly number[]; encoding: 'utf8' | 'utf16le' }[] = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf8' },
  { mark: [0xff, 0xfe], encoding: 'utf16le' },
];

/**
 * UTF-16 where its mark is in front (as Blackboard writes), else UTF-8; bytes that are neither are read one by one, so that
 * names in an old encoding look wrong but stay as they are.
 */
export function decodeSheet(bytes: Uint8Array): Decoded {
  const whole = Buffer.from(bytes);
  const found = marks.find(({ mark }) => mark.every((byte, i) => whole[i] === byte));
  const encoding = found?.encoding ?? 'utf8';
  const front = Buffer.from(found?.mark ?? []);
  const as = (name: BufferEncoding): Decoded => ({
    text: whole.subarray(front.length).toString(name),
    encode: (text) => Buffer.concat([front, Buffer.from(text, name)]),
  });
  const decoded = as(encoding);
  return decoded.encode(decoded.text).equals(whole) ? decoded : bytewise(whole);
}

const bytewise = (whole: Buffer): Decoded => ({
  text: whole.toString('latin1'),
  encode: (text) => Buffer.from(text, 'latin1'),
});
