/** Takes answers.md apart by the headings that the sheet asks for, as students really write them. */

interface Heading {
  line: number;
  /** 1 for `#` … 6; a line in bold counts as the lowest. */
  level: number;
  text: string;
  /** Where its own text begins. */
  below: number;
}

/**
 * Heading → the student's text below it; headings without text are absent. Case, punctuation and emphasis do not matter, and
 * `Q3b` alone stands for "Q3b proof" when no other heading asked for begins with Q3b. Comments of the template are dropped.
 */
export function splitEssay(text: string, headings: readonly string[]): Map<string, string> {
  const lines = withoutComments(text).split(/\r\n|[\r\n]/);
  const asked = headings.map((heading) => askedFor(heading, headings));
  const found = findHeadings(lines).map((heading) => ({ ...heading, answers: answered(plain(heading.text), asked) }));
  const sections = new Map<string, string>();
  found.forEach((heading, i) => {
    if (heading.answers === undefined) return;
    // Every section ends at the next answer at the latest, so that all searches together pass each heading once.
    let end = i + 1;
    while (end < found.length && !ends(heading, found[end]!)) end++;
    const body = lines.slice(heading.below, found[end]?.line).join('\n').trim();
    const earlier = sections.get(heading.answers);
    if (body !== '') sections.set(heading.answers, earlier === undefined ? body : `${earlier}\n\n${body}`);
  });
  return sections;
}

/** Quadratic patterns are avoided: a student's text may be a megabyte of `<!--`. */
function withoutComments(text: string): string {
  let kept = '';
  for (let at = 0; ;) {
    const open = text.indexOf('<!--', at);
    const close = open < 0 ? -1 : text.indexOf('-->', open + 4);
    if (close < 0) return kept + text.slice(at);
    kept += text.slice(at, open);
    at = close + 3;
  }
}

function findHeadings(lines: readonly string[]): Heading[] {
  const found: Heading[] = [];
  let fence: string | undefined;
  lines.forEach((line, i) => {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : fence === mark ? undefined : fence;
    if (fence !== undefined || mark !== undefined) return;
    const hashes = /^ {0,3}(#{1,6})(?!#)/.exec(line)?.[1];
    const underline = /^ {0,3}(=+|-{2,})\s*$/.exec(lines[i + 1] ?? '')?.[1];
    if (hashes !== undefined) {
      found.push({ line: i, level: hashes.length, text: line.trim(), below: i + 1 });
    } else if (underline !== undefined && line.trim() !== '') {
      found.push({ line: i, level: underline.startsWith('=') ? 1 : 2, text: line.trim(), below: i + 2 });
    } else if (line.length < 200 && /^\s*(\*\*|__)[^*_]+(\*\*|__)\s*:?\s*$/.test(line)) {
      found.push({ line: i, level: 7, text: line.trim(), below: i + 1 });
    }
  });
  return found;
}

/** A section ends at the next answer, or at a heading above its own; a student's sub-headings belong to it. */
function ends(section: Heading, next: Heading & { answers: string | undefined }): boolean {
  if (next.answers !== undefined || next.level < section.level) return true;
  return (
    next.level === section.level && section.level < 7 && /^(q|question|task|part|exercise) ?\d/.test(plain(next.text))
  );
}

interface Asked {
  heading: string;
  words: string;
  /** The first word, e.g. `q3b`, when it has a digit and no other heading begins with it. */
  label: string | undefined;
}

function askedFor(heading: string, headings: readonly string[]): Asked {
  const words = plain(heading);
  const first = words.split(' ')[0]!;
  const sharing = headings.filter((other) => plain(other).split(' ')[0] === first).length;
  return { heading, words, label: /\d/.test(first) && sharing === 1 ? first : undefined };
}

function answered(written: string, asked: readonly Asked[]): string | undefined {
  const whole = written.replaceAll(' ', '');
  const start = written.replace(/^(question|task|part|exercise) (?=\d)/, 'q').split(' ')[0];
  const same = asked.find(({ words }) => words.replaceAll(' ', '') === whole);
  return (same ?? asked.find(({ label }) => label !== undefined && label === start))?.heading;
}

/** Lower-case words of letters and digits, without marks: `## **Q3b) Proof:**` → `q3b proof`. */
const plain = (text: string): string =>
  text
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
