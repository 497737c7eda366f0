/** What a regrade would change, as text for a terminal: one line a student, and below it every check with its reason. */
import type { Comparison } from '../graders/regrading/compare.ts';
import type { Left } from '../graders/regrading/propose.ts';
import type { Reason } from '../graders/regrading/reasons.ts';
import { differenceLines } from './difference-text.ts';
import { count, marks } from './format.ts';
import { plainLine } from './plain-text.ts';
import type { Look, Paint } from './terminal-paint.ts';
import { painter } from './terminal-paint.ts';
import { fit, wrap } from './text-layout.ts';
import { textWidth } from './text-width.ts';

const reasons: Record<Reason, string> = {
  grader: 'the check, or what it judges with, was changed',
  rubric: 'the task was changed in assignment.json',
  round: 'other probes were drawn',
  backend: 'another backend',
  sandbox: 'another sandbox',
  size: 'another size of the task',
  data: 'with or without the real data',
  repeated: 'asked once more',
};

type Student = Comparison['students'][number];

/** The whole comparison; `dir` is named in what to do next. */
export function regradeText(comparison: Comparison, left: readonly Left[], dir: string, look: Look): string {
  const { students, overtaken, totals } = comparison;
  const paint = painter(look);
  const width = Math.max(40, look.width);
  const idWidth = Math.min(32, Math.max(10, ...students.map(({ student }) => textWidth(plainLine(student)))));
  const lines = students.flatMap((student) => studentLines(student, idWidth, width, paint));
  const { changed, up, down, crossing } = totals;
  const sums = [
    `${count(changed, 'grade')} of ${totals.students} would change: ${up} up, ${down} down, ${changed - up - down} in words only`,
    `mean ${marks(round(totals.meanBefore))} → ${marks(round(totals.meanAfter))}`,
    ...(crossing > 0 ? [`${crossing} cross a boundary`] : []),
  ];
  lines.push(...wrap(`${sums.join('; ')}.`, width).map((line) => paint('bold', line)));
  for (const { student, why } of overtaken)
    lines.push(...wrap(`! ${plainLine(student)} ${why}: what was proposed before that is not approved.`, width));
  if (overtaken.length > 0)
    lines.push(...wrap(`To have done with these: gradmark regrade ${dir} --withdraw overtaken`, width));
  for (const { student, why } of left) lines.push(...wrap(`– ${plainLine(student)}: ${plainLine(why)}`, width));
  lines.push(
    changed === 0
      ? 'There is nothing to approve.'
      : `Nothing counts yet. To approve: gradmark regrade ${dir} --approve all`,
  );
  return lines.join('\n');
}

function studentLines(student: Student, idWidth: number, width: number, paint: Paint): string[] {
  const { before, after, max, crosses, graders, checks } = student;
  const step = round(after - before);
  const tone = step > 0 ? 'green' : step < 0 ? 'red' : 'dim';
  const boundary = crosses.map((percent) => `${step > 0 ? 'reaches' : 'falls below'} ${percent} %`).join(', ');
  const head =
    `${paint('bold', fit(plainLine(student.student), idWidth))}  ${marks(before)} → ${marks(after)} / ${marks(max)}  ` +
    paint(tone, step > 0 ? `+${marks(step)}` : step < 0 ? `−${marks(-step)}` : '±0') +
    (boundary === '' ? '' : `  ${paint('yellow', boundary)}`);
  const version =
    graders.before === graders.after ? [] : [paint('dim', `  gradmark ${graders.before} → ${graders.after}`)];
  const told = checks.flatMap((check) =>
    differenceLines(check, check.why.map((one) => reasons[one]).join('; '), width, paint),
  );
  return [head, ...version, ...told, ''];
}

const round = (value: number) => Math.round(value * 1000) / 1000;
