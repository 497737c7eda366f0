/**
 * Source code as lines of coloured pieces: comments, strings, numbers and the words of the language. Enough to read a few
 * lines by; it understands TypeScript, JavaScript and Python no further. Pieces are plain text: the template escapes them.
 */

export interface CodeLine {
  n: number;
  /** `kind` is a class of the stylesheet: `c` comment, `s` string, `n` number, `k` word of the language, '' anything else. */
  pieces: { kind: string; text: string }[];
}

const WORDS = new Set(
  `abstract and as assert async await break case catch class const continue def default del delete do elif else enum except
  export extends false False finally for from function if implements import in instanceof interface is lambda let new None
  nonlocal not null of or pass raise readonly return self static super switch this throw true True try type typeof undefined
  var void while with yield`.split(/\s+/),
);

/** At each place the first that fits; every alternative consumes at least one letter and none looks back over the text. */
const PIECE =
  /(?<c>\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|(?<=^|\s)#\s[^\n]*)|(?<s>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?)|(?<n>\b\d[\w.]*)|(?<w>[\p{L}_$][\p{L}\p{N}_$]*)|[^\p{L}\p{N}_$"'`/#]+|./gsu;

/** What a page can bear: a longer text goes on without colours, and at last without numbers, in one piece. */
const mostColoured = 20_000;
const mostLines = 3000;

/** The lines of `source`, the first of which is numbered `from`. No letter of it is lost, however long it is. */
export function codeLines(source: string, from = 1): CodeLine[] {
  const lines: CodeLine[] = [{ n: from, pieces: [] }];
  const put = (kind: string, text: string) => {
    const pieces = lines.at(-1)!.pieces;
    const last = pieces.at(-1);
    if (text === '') return;
    if (last !== undefined && last.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  const add = (kind: string, text: string) => {
    const parts = text.split('\n');
    const room = mostLines - lines.length + 1;
    for (const [i, part] of parts.slice(0, room).entries()) {
      if (i > 0) lines.push({ n: from + lines.length, pieces: [] });
      put(kind, part);
    }
    if (parts.length > room) put('', `\n${parts.slice(room).join('\n')}`);
  };
  let coloured = 0;
  for (const { 0: text, groups, index } of source.matchAll(PIECE)) {
    if (++coloured > mostColoured) {
      add('', source.slice(index));
      break;
    }
    add(kindOf(text, groups ?? {}), text);
  }
  return lines;
}

function kindOf(text: string, { c, s, n }: Record<string, string | undefined>): string {
  if (c !== undefined) return 'c';
  if (s !== undefined) return 's';
  if (n !== undefined) return 'n';
  return WORDS.has(text) ? 'k' : '';
}
