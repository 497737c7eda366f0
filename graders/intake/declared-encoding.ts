/** What a program says of its own bytes: a comment in its first two lines, as Python reads it (PEP 263) and editors write it. */

/** `# -*- coding: shift_jis -*-`, `# vim: set fileencoding=cp1251 :` */
const declaration = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;

/** Python's names where the Encoding Standard has others. */
const otherNames: Readonly<Record<string, string>> = {
  'latin-1': 'iso-8859-1',
  latin: 'iso-8859-1',
  cp932: 'shift_jis',
  sjis: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp866: 'ibm866',
  'mac-roman': 'macintosh',
};

/** The text as it declares itself, and the name of the encoding; undefined where it does not, or its bytes are something else. */
export function declaredText(data: Buffer): { text: string; encoding: string } | undefined {
  const lines = data.toString('latin1').split(/\r\n?|\n/, 2);
  const encoding = lines.map((line) => declaration.exec(line)?.[1]).find((name) => name !== undefined);
  if (encoding === undefined) return undefined;
  const name = encoding.toLowerCase().replaceAll('_', '-');
  try {
    const label = otherNames[name] ?? name.replace(/^cp(?=125\d$)/, 'windows-').replace(/^shift-jis$/, 'shift_jis');
    return { text: new TextDecoder(label, { fatal: true }).decode(data), encoding };
  } catch {
    return undefined;
  }
}
