/** The pages' facts as text for a terminal: one student for `check`, the class for `grade`. Both come from the same views. */
import type { Results } from '../graders/model/grade.ts';
import { checkLines, field, headLines } from './check-text.ts';
import type { ClassView } from './class-view.ts';
import { plainLine } from './plain-text.ts';
import { viewStudent, type TaskView } from './student-view.ts';
import { COLOURS, GLYPHS, painter, type Look, type Paint } from './terminal-paint.ts';
import { cut, fit, wrap } from './text-layout.ts';
import { textWidth } from './text-width.ts';
import type { CheckView } from './view-check.ts';

/** One submission as text, failures first, at the feedback level of the results. */
export function studentText(results: Results, id: string, look: Look): string {
  const view = viewStudent(results, id);
  const paint = painter(look);
  const width = Math.min(Math.max(40, look.width), 100);
  const lines = [paint('bold', cut(`${plainLine(view.title)} · ${plainLine(view.id)}`, width))];
  for (const banner of view.banners)
    lines.push(...wrap(`${banner.title}. ${banner.says}`, width).map((line) => paint(COLOURS[banner.tone], line)));
  for (const note of view.notes) lines.push(...wrap(`Note: ${note}`, width).map((line) => paint('dim', line)));
  for (const task of view.tasks) lines.push('', ...taskLines(task, width, paint, look.all === true));
  lines.push('', ...totalLines(view, width, paint));
  return lines.join('\n');
}

function taskLines(task: TaskView, width: number, paint: Paint, all: boolean): string[] {
  const right = `${task.score} / ${task.max}`;
  const title = fit(plainLine(`${task.id}  ${task.title}`), width - textWidth(right) - 2);
  const lines = [`${paint('bold', title)}  ${paint(COLOURS[task.label.tone], right)}`];
  for (const check of task.attention) lines.push(...checkLines(check, width, paint));
  if (all) for (const check of task.passed) lines.push(...passLines(check, width, paint));
  else if (task.passed.length > 0) lines.push(`  ${paint('green', GLYPHS.check)} ${task.passedSays}`);
  if (task.emptySays !== undefined) lines.push(paint('dim', `  ${task.emptySays}`));
  return lines;
}

function passLines(check: CheckView, width: number, paint: Paint): string[] {
  const lines = headLines(check, width, paint);
  for (const note of check.notes) lines.push(...field('accepted', note, width, paint));
  return lines;
}

function totalLines(view: ReturnType<typeof viewStudent>, width: number, paint: Paint): string[] {
  // Blanks that do not break keep glyph, number and word of one outcome on one line.
  const tally = view.tally.map(
    (item) => `${GLYPHS[item.icon]}\u00a0${item.count}\u00a0${item.word.replaceAll(' ', '\u00a0')}`,
  );
  const said = [`${view.total.says}.`, view.total.manual, view.total.held]
    .filter((part) => part !== undefined)
    .join(' ');
  const levelSays = view.levelSays === '' ? [] : wrap(view.levelSays, width).map((line) => paint('dim', line));
  return [
    ...wrap(tally.join(' '), width),
    ...wrap(said.replace(/\.?$/, '.'), width).map((line) => paint('bold', line)),
    ...levelSays,
  ];
}

/** The class as a table, one line a submission, with what is left to do. */
export function classText(view: ClassView, look: Look): string {
  const paint = painter(look);
  const width = Math.max(40, look.width);
  const lines = [paint('bold', cut(`${plainLine(view.title)} · ${view.submissions}`, width))];
  for (const banner of view.banners)
    lines.push(...wrap(`${banner.title}. ${banner.says}`, width).map((line) => paint(COLOURS[banner.tone], line)));
  lines.push('', ...tableLines(view.students, width, paint), '');
  if (view.numbers.length > 0)
    lines.push(...wrap(view.numbers.map(({ name, value, of }) => `${name} ${value} ${of}`).join(' · '), width));
  for (const item of view.todo) {
    const who = item.students
      .slice(0, 8)
      .map((student) => student.id)
      .join(', ');
    const more = item.students.length > 8 ? ', …' : '';
    lines.push(
      ...wrap(`${GLYPHS[item.label.icon]} ${item.label.word}: ${item.count} (${who}${more})`, width).map((line) =>
        paint(COLOURS[item.label.tone], line),
      ),
    );
  }
  for (const cluster of view.clusters.slice(0, 3))
    lines.push(...wrap(`${cluster.count}: ${plainLine(cluster.says)} (${plainLine(cluster.task)})`, width));
  return lines.join('\n');
}

type Rows = ClassView['students'];

function tableLines(rows: Rows, width: number, paint: Paint): string[] {
  const sumOf = (row: Rows[number]) => (row.max === '' ? row.score : `${row.score} / ${row.max}`);
  const flagsOf = (row: Rows[number]) => row.flags.map((flag) => flag.word.toLowerCase()).join(', ');
  const widest = (texts: string[]) => Math.max(0, ...texts.map(textWidth));
  const idWidth = Math.min(Math.max(10, widest(rows.map((row) => row.id))), 32, Math.floor(width / 3));
  const sumWidth = Math.max(5, widest(rows.map(sumOf)));
  const room = width - idWidth - sumWidth - widest(rows.map(flagsOf)) - 6;
  const barWidth = room < 6 ? 0 : Math.min(24, room);
  const line = (row: Rows[number]) => {
    const filled = Math.round((row.width / 100) * barWidth);
    const blank = row.max === '' ? ' ' : '·';
    const bar =
      barWidth === 0 ? '' : `  ${paint('green', '█'.repeat(filled))}${paint('dim', blank.repeat(barWidth - filled))}`;
    const flags = paint(row.flags[0] === undefined ? 'dim' : COLOURS[row.flags[0].tone], flagsOf(row));
    return `${fit(row.id, idWidth)}  ${fit(sumOf(row), sumWidth, 'right')}${bar}  ${flags}`.trimEnd();
  };
  return [paint('dim', `${fit('Submission', idWidth)}  ${fit('Total', sumWidth, 'right')}`), ...rows.map(line)];
}
