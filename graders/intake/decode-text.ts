/** A student's file as text (UTF-8, byte order mark dropped), or what is wrong with it, as the end of a sentence. */
export function decodeText(data: Buffer): { text: string } | { trouble: string } {
  if (data.length >= 2 && ['fffe', 'feff'].includes(data.toString('hex', 0, 2))) {
    return { trouble: 'it is saved as UTF-16; save it as UTF-8' };
  }
  const zero = data.indexOf(0);
  if (zero >= 0) return { trouble: 'it is not text (a zero byte stands in it)' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(data) };
  } catch {
    return { trouble: `it is not saved as UTF-8 (line ${firstBadLine(data)}); save it as UTF-8` };
  }
}

function firstBadLine(data: Buffer): number {
  // Decoding with replacement marks the first byte that is no UTF-8.
  const upToFault = data.toString('utf8').split('\ufffd', 1)[0]!;
  return upToFault.split('\n').length;
}
