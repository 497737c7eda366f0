/** A student's own text as it is best read: prose in whole paragraphs, source code as code. */

interface EssayText {
  text: string;
  code: boolean;
}

/** A shorter line was ended on purpose, e.g. after a formula; an editor that wraps does so further right. */
const WRAPPED_FROM = 60;
/** What begins a line of its own: lists, tables, headings, quotations, fences, indented code, a formula that goes on. */
const OWN_LINE = /^\s*(?:[-*+|>#=]|\d+[.)]\s|```|$)|^ {4}/;
const TABLE = /^\s*\|/;
/** How source code ends its lines. A comment reaches to the end whatever stands in it, so that nothing is read twice. */
const CODE_END = /[;{}]\s*(?:\/\/[^]*)?$/;

/** Prose without the line ends that an editor put into its paragraphs; code, known by how its lines end, as it is. */
export function essayText(text: string): EssayText {
  const lines = text.split('\n');
  const ended = lines.filter((line) => CODE_END.test(line)).length;
  if (ended >= 3 && ended >= lines.length / 4) return { text, code: true };
  const whole: string[] = [];
  lines.forEach((line, i) => {
    const before = lines[i - 1] ?? '';
    const goesOn = before.length >= WRAPPED_FROM && !TABLE.test(before) && !OWN_LINE.test(line);
    if (goesOn) whole.push(`${whole.pop()!} ${line.trimStart()}`);
    else whole.push(line);
  });
  return { text: whole.join('\n'), code: false };
}
