/** Text in columns: how wide a terminal draws it, wrapping, padding and cutting by that width. Colours come afterwards. */
import { textWidth } from './text-width.ts';

/** The text cut to at most `width` columns, with … where something is missing. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    const next = textWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

/** Exactly `width` columns, cut or filled with blanks. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const shown = cut(text, Math.max(1, width));
  const blanks = ' '.repeat(Math.max(0, width - textWidth(shown)));
  return align === 'left' ? shown + blanks : blanks + shown;
}

/** Lines of at most `width` columns, broken between words; a word that is too long is broken within. Keeps line ends. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), Math.max(8, width)));
}

function wrapLine(line: string, width: number): string[] {
  const indent = /^\s*/.exec(line)![0].slice(0, Math.floor(width / 2));
  const lines: string[] = [];
  let current = indent;
  for (const word of line.trimStart().split(/ +/)) {
    let rest = word;
    const joined = current.trim() === '' ? current + rest : `${current} ${rest}`;
    if (textWidth(joined) <= width) {
      current = joined;
      continue;
    }
    if (current.trim() !== '') lines.push(current);
    while (textWidth(indent + rest) > width) {
      const head = cut(rest, width - textWidth(indent) + 1).slice(0, -1);
      if (head === '') break;
      lines.push(indent + head);
      rest = rest.slice(head.length);
    }
    current = indent + rest;
  }
  return [...lines, current];
}
