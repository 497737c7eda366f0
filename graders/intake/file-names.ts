/**
 * Names of files as text. On Linux a name is bytes, and a folder that was unpacked from an old archive may be called what is no
 * UTF-8: then every byte beyond ASCII stands as `�` with its two digits, which leads back to the same bytes and to no other name.
 */
import { isUtf8 } from 'node:buffer';

const byte = /\uFFFD([0-9A-F]{2})/;
const bytes = new RegExp(byte, 'g');

/** The name of a file as text. */
export function textOfName(name: Buffer): string {
  const text = name.toString();
  // Whoever is called what would stand for bytes is spelt out, too.
  if (isUtf8(name) && !byte.test(text)) return text;
  return name.toString('latin1').replace(/[\x80-\xFF]/g, (letter) => {
    return `\uFFFD${letter.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** The bytes of a name, or of a path, that is given as text. */
export function bytesOfName(text: string): Buffer {
  if (!byte.test(text)) return Buffer.from(text);
  // Names are bytes one by one here, since one part of a path may be plain and another not.
  const parts = text.split(bytes);
  return Buffer.concat(parts.map((part, i) => Buffer.from(part, i % 2 === 0 ? 'utf8' : 'hex')));
}
