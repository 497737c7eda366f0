/** What was typed as it was typed: a command line is bytes, of which Node makes text before anybody can look at it. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';

/** Arguments of this process that are no UTF-8 and so cannot name what was meant, with the bytes spelt out: `class-\xFF`. */
export function unreadable(args: readonly string[]): string[] {
  // Where no letter was replaced nothing was lost, and nothing is read.
  if (!args.some((text) => text.includes('\uFFFD'))) return [];
  return typed()
    .filter((bytes) => !isUtf8(bytes))
    .map((bytes) =>
      bytes
        .toString('latin1')
        .replace(/[^\x20-\x7E]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
    );
}

/** Empty where the system does not tell; names are text there. */
function typed(): Buffer[] {
  try {
    const all = readFileSync('/proc/self/cmdline').toString('latin1').split('\0');
    return all.map((text) => Buffer.from(text, 'latin1'));
  } catch {
    return [];
  }
}
