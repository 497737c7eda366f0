/** Shows a place in a student's text as compilers do: the line, and a mark under the column. */
const widest = 100;

/** Two lines, `12 | const g = tf.grad(f)` and a mark `^` below; a long line is cut around the place. Line and column are 1-based. */
export function codeFrame(text: string, line: number, column: number): string {
  const whole = lineAt(text, line).replaceAll('\t', ' ');
  const cut = Math.max(0, Math.min(column - 1 - widest / 2, whole.length - widest));
  const shown = `${cut > 0 ? '…' : ''}${whole.slice(cut, cut + widest)}${cut + widest < whole.length ? '…' : ''}`;
  const gutter = `${line} | `;
  const before = column - 1 - cut + (cut > 0 ? 1 : 0);
  return `${gutter}${shown}\n${' '.repeat(gutter.length - 2)}| ${' '.repeat(before)}^`;
}

/** Lines as the parser counts them: the two Unicode separators end a line too. */
function lineAt(text: string, line: number): string {
  const ends = /\r\n|[\n\r\u2028\u2029]/g;
  let start = 0;
  for (let n = 1; n < line; n++) {
    const end = ends.exec(text);
    if (end === null) return '';
    start = end.index + end[0].length;
  }
  const end = ends.exec(text);
  return text.slice(start, end?.index ?? text.length);
}
