/** Text that was typed into the page of a platform, beside files or instead of them, as the answers of the tasks that ask for words. */
import type { SourceFile } from '../model/submission.ts';
import { decodeText } from './decode-text.ts';
import type { Entry } from './entry.ts';
import { splitEssay } from './essay.ts';
import { textOfHtml } from './html-text.ts';
import type { IntakeLimits } from './limits.ts';
import { sizeInWords } from './limits.ts';
import type { Vocabulary } from './vocabulary.ts';

const answers = 'answers.md';

/** The files with what was typed as answers.md, or at the end of that; notes say what became of it. */
export async function withTypedText(
  files: readonly SourceFile[],
  typed: Entry,
  { headings }: Vocabulary,
  limits: IntakeLimits,
  notes: string[],
): Promise<SourceFile[]> {
  const text = await typedText(typed, limits, notes);
  if (text === '') return [...files];
  const isSorted = splitEssay(text, headings).size > 0;
  const sections = isSorted ? text : headings.map((heading) => `# ${heading}\n\n${text}`).join('\n\n');
  const many =
    headings.length > 1 && !isSorted
      ? '; none of its lines is a heading of the sheet, so it stands under all of them'
      : '';
  const file = files.find(({ path }) => path === answers);
  notes.push(
    `What was typed into the page was read as ${file === undefined ? answers : `a part of ${answers}`}${many}.`,
  );
  const whole: SourceFile = {
    ...file,
    path: answers,
    text: file === undefined ? sections : `${file.text}\n\n${sections}`,
  };
  return [...files.filter((other) => other !== file), whole].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function typedText(entry: Entry, limits: IntakeLimits, notes: string[]): Promise<string> {
  const not = (why: string) => {
    notes.push(`What was typed into the page was not read: it ${why}.`);
    return '';
  };
  if (entry.aside !== undefined) return not(entry.aside);
  if (entry.bytes > limits.fileBytes) {
    return not(`is ${sizeInWords(entry.bytes)} (at most ${sizeInWords(limits.fileBytes)}), pictures included`);
  }
  const decoded = decodeText(await entry.read(limits.fileBytes));
  return 'trouble' in decoded ? not(decoded.trouble) : textOfHtml(decoded.text);
}
