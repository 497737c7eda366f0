/** What somebody reads of work of their own: what is not begun, what is right, and the first thing to mend in full. */
import type { Grade, Results } from '../../graders/model/grade.ts';
import type { Verdict } from '../../graders/model/verdict.ts';
import type { Cause } from '../causes.ts';
import { checkLines, headLines } from '../check-text.ts';
import { marks, marksAre, marksWord } from '../format.ts';
import { cellsTold } from '../notebook-text.ts';
import { containment, outcomeLabel } from '../outcome-words.ts';
import { plain, plainLine } from '../plain-text.ts';
import { disclosedTo } from '../student-view.ts';
import { glyph, painter, type Look, type Paint } from '../terminal-paint.ts';
import { cut, fit, wrap } from '../text-layout.ts';
import { textWidth } from '../text-width.ts';
import { viewCheck } from '../view-check.ts';
import { openLines, rightLines, uncheckedLines, type Page } from './lists.ts';
import { progressOf, type Progress } from './progress.ts';

interface Asked extends Look {
  /** Ids of tasks or checks of which everything is told, passed checks too; all of them where `all` is set. */
  explain?: readonly string[];
  /** The command that checks this work, as whoever reads typed it. */
  command?: string;
}

/** One's own work as text, at the feedback level of the results. */
export function ownWorkText(results: Results, id: string, asked: Asked): string {
  const disclosed = disclosedTo(results, id, results.feedback);
  const grade = disclosed.submissions[0]!;
  const page: Page = { paint: painter(asked), width: Math.min(Math.max(40, asked.width), 100) };
  const lines = [
    page.paint(
      'bold',
      cut(`${plainLine(disclosed.title)} · ${plainLine(grade.origin?.handedInAs ?? grade.id)}`, page.width),
    ),
  ];
  if (grade.refused !== undefined) return [...lines, ...said(`Not checked. ${grade.refused}`, page)].join('\n');
  for (const note of [...grade.notes, ...cellsTold(grade)]) lines.push(...said(`Note: ${note}`, page, 'dim'));
  const progress = progressOf(grade);
  if (asked.explain !== undefined) return [...lines, ...explained(grade, asked.explain, page)].join('\n');
  if (asked.all === true) lines.push(...explained(grade, undefined, page));
  else {
    lines.push(
      ...openLines(progress, page),
      ...rightLines(progress, page),
      ...mistakeLines(progress, grade, page, asked.command ?? 'gradmark check'),
    );
    lines.push(...uncheckedLines(progress, page));
  }
  lines.push(...heldLines(progress, page), ...printed(grade.stdout, page));
  return [...lines, '', ...sum(disclosed, grade, page)].join('\n');
}

/** Of what is to be mended first: the advice, and the place in the source. */
export function firstToMend(results: Results, id: string): { hint?: string; where?: string } | undefined {
  const [grade] = disclosedTo(results, id, results.feedback).submissions;
  const [first] = progressOf(grade!).mistakes;
  if (first === undefined) return undefined;
  const { hint, places, diagnosis } = viewCheck(first.verdicts[0]!, '');
  const [place] = first.verdicts[0]!.finding?.places ?? [];
  const advice = hint ?? diagnosis?.says;
  return {
    ...(advice !== undefined && { hint: plainLine(advice, 1000) }),
    ...(places.length > 0 && { where: plainLine(`${place!.path}:${place!.line}:${place!.column}`) }),
  };
}

const said = (text: string, { paint, width }: Page, style?: Parameters<Paint>[0]): string[] =>
  wrap(text, width).map((line) => (style === undefined ? line : paint(style, line)));

function mistakeLines({ mistakes }: Progress, grade: Grade, page: Page, command: string): string[] {
  const [first, ...others] = mistakes;
  if (first === undefined) return [];
  const { paint, width } = page;
  const [shown] = first.verdicts;
  const title = grade.tasks.find(({ checks }) => checks.includes(shown!))?.title ?? '';
  return [
    ...['', paint('bold', 'First to mend')],
    ...[paint('bold', cut(`${shown!.task}  ${plainLine(title)}`, width)), ...full(shown!, page)],
    ...also(first, shown!, page),
    ...(others.length === 0 ? [] : ['', paint('bold', 'Then')]),
    ...others.flatMap((cause) => shortly(cause, page)),
    ...(others.length === 0
      ? []
      : ['', ...said(`${command} --task ${others[0]!.verdicts[0]!.task} shows that task in full.`, page, 'dim')]),
  ];
}

const full = (verdict: Verdict, { paint, width }: Page): string[] =>
  checkLines(viewCheck(verdict, verdict.id), width, paint);

/** What else has the same cause, and what waits for it, by the ids of tasks. */
function also({ verdicts, follows }: Cause, shown: Verdict, page: Page): string[] {
  const names = (list: readonly Verdict[]) => [...new Set(list.map(({ id }) => id))].join(', ');
  const same = verdicts.filter((verdict) => verdict !== shown);
  return [
    ...(same.length === 0 ? [] : said(`      The same cause: ${names(same)}.`, page)),
    ...(follows.length === 0 ? [] : said(`      Not run until it is mended: ${names(follows)}.`, page)),
  ];
}

function shortly({ verdicts }: Cause, page: Page): string[] {
  const [shown] = verdicts;
  const { lead, detail, label, diagnosis } = viewCheck(shown!, shown!.id);
  const more = verdicts.length > 1 ? ` (and ${verdicts.length - 1} more of the same cause)` : '';
  const says = diagnosis?.says ?? (shown!.outcome === 'crash' ? detail?.split('\n')[0] : undefined) ?? lead;
  const hang = textWidth(shown!.task) + 2;
  const [head = '', ...rest] = wrap(`${plainLine(says)}${more}`, page.width - 4 - hang);
  return [
    `  ${glyph(label, page.paint)} ${shown!.task}  ${head}`,
    ...rest.map((line) => `    ${' '.repeat(hang)}${line}`),
  ];
}

function explained({ tasks }: Grade, ids: readonly string[] | undefined, page: Page): string[] {
  return tasks.flatMap(({ id, title, score, max, checks }) => {
    const own = checks.filter((check) => ids === undefined || ids.includes(id) || ids.includes(check.id));
    if (own.length === 0) return [];
    const right = `${marks(score)} / ${marks(max)}`;
    const head = fit(`${id}  ${plainLine(title)}`, page.width - 2 - textWidth(right));
    return ['', page.paint('bold', `${head}  ${right}`), ...own.flatMap((check) => explainedCheck(check, page))];
  });
}

/** Under its id, by which it can be asked for alone. */
function explainedCheck(check: Verdict, page: Page): string[] {
  const lines = full(check, page);
  const { length } = headLines(viewCheck(check, check.id), page.width, page.paint);
  return lines.toSpliced(length, 0, page.paint('dim', `    ${check.id}`));
}

function heldLines({ held }: Progress, page: Page): string[] {
  if (held.length === 0) return [];
  const ids = held.map(({ id }) => id).join(', ');
  const text = `gradmark itself had a problem in ${ids}: nothing of yours is to blame. Please tell your course, with what --json prints.`;
  return ['', ...said(text, page, 'magenta')];
}

const MOST_PRINTED = 24;

/** The beginning and the end of what the program printed. */
function printed(stdout: string | undefined, page: Page): string[] {
  if (stdout === undefined || stdout.trim() === '') return [];
  const lines = plain(stdout.replace(/^\s*\n/, '').trimEnd(), 20_000)
    .replaceAll('\t', '    ')
    .split('\n');
  const half = MOST_PRINTED / 2;
  const shown =
    lines.length <= MOST_PRINTED
      ? lines
      : [...lines.slice(0, half), `[… ${lines.length - MOST_PRINTED} lines …]`, ...lines.slice(-half)];
  return ['', page.paint('bold', 'Your program printed'), ...shown.map((line) => `  ${cut(line, page.width - 2)}`)];
}

function sum(disclosed: Results, { score, max, manualMax, tasks }: Grade, page: Page): string[] {
  const automatic = max - manualMax;
  const right = tasks.flatMap(({ checks }) => checks).filter((check) => outcomeLabel(check).icon === 'check').length;
  const total = `${marks(score)} of ${marksWord(automatic)} that a program gives, ${right} ${right === 1 ? 'check' : 'checks'} passed.`;
  const byPeople = manualMax === 0 ? '' : ` ${marksAre(manualMax)} given by a person.`;
  const open =
    containment(disclosed).warning === undefined
      ? []
      : said('Your program ran without a wall around it, which is fine for code of your own.', page, 'dim');
  return [...said(`${total}${byPeople}`, page, 'bold'), ...open];
}
