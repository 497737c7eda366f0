/**
 * The one place where foreign text is made harmless to read. A student's words, file names and error messages may carry
 * terminal commands, characters that reverse the reading order, or a megabyte of nothing; a reader must see all of that
 * as what it is. Escaping for HTML or CSV comes later and elsewhere: this is about what the eye is told.
 */

/** Terminal commands: CSI (colours, cursor), OSC (titles, links) and the short two-character ones. */
// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const ANSI = /(?:\u001b\[|\u009b)[0-9;:?<=>]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\^_]/g;

/** Marks that change the reading order, hide, or are never meant to be seen (Unicode "tag" letters). */
const HIDDEN = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

const codePoint = (mark: string) => `⟨U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Control characters as the pictures Unicode has for them, others by number, so that nothing disappears silently. */
function controlPicture(mark: string): string {
  const code = mark.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : codePoint(mark);
}

/** Head and tail of a long text with a remark between them; lengths in UTF-16 units. */
function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  const left = text.length - 2 * half;
  return `${text.slice(0, half)}\n[… ${left} characters left out …]\n${text.slice(-half)}`;
}

/** Any string as text that is safe to look at: no terminal commands, no hidden marks, line ends as `\n`, at most `limit` long. */
export function plain(text: string, limit = 4000): string {
  return clip(text, limit)
    .toWellFormed()
    .replace(ANSI, '')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(HIDDEN, codePoint)
    .replace(CONTROL, controlPicture);
}

/** The same on a single line, for titles and table cells. */
export function plainLine(text: string, limit = 400): string {
  return plain(text, limit)
    .replace(/[\n\t]+/g, ' ')
    .trim();
}

/**
 * A document in which every string is `plain`; the fields named in `long` may be longer. What is so already is not copied: of a
 * large class that is nearly all.
 */
export function plainDocument<T>(document: T, long: readonly string[] = [], key = ''): T {
  const walk = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      // A picture is no text to be read, and nothing when it has been cut.
      if (name === 'png') return /^[A-Za-z0-9+/]+={0,2}$/.test(value) ? value : '';
      return plain(value, long.includes(name) ? 20_000 : 4000);
    }
    if (Array.isArray(value)) {
      if (typeof value.at(0) === 'number') return value;
      const items = value.map((item) => walk(item, name));
      return items.every((item, i) => Object.is(item, value[i])) ? value : items;
    }
    if (value === null || typeof value !== 'object') return value;
    const fields = Object.entries(value).map(([field, item]) => [field, item, walk(item, field)] as const);
    if (fields.every(([, item, clean]) => Object.is(item, clean))) return value;
    return Object.fromEntries(fields.map(([field, , clean]) => [field, clean]));
  };
  return walk(document, key) as T;
}
