/** One check as lines of text: for the terminal, and without colours for whatever shows plain text. */
import { plainLine } from './plain-text.ts';
import { glyph, type Paint, type Style } from './terminal-paint.ts';
import { fit, wrap } from './text-layout.ts';
import { textWidth } from './text-width.ts';
import type { CheckView } from './view-check.ts';

/** The check's title and marks, after its sign. */
export function headLines(check: CheckView, width: number, paint: Paint): string[] {
  const [first = '', ...rest] = wrap(`${plainLine(check.title)} (${check.points})`, width - 4);
  return [`  ${glyph(check.label, paint)} ${first}`, ...rest.map((line) => `    ${line}`)];
}

/** Everything that is known of the check, one thing under the other. */
export function checkLines(check: CheckView, width: number, paint: Paint): string[] {
  const lines = headLines(check, width, paint);
  const text = (value: string | undefined, style?: Style) => {
    if (value === undefined || value === '') return;
    for (const line of wrap(value, width - 6)) lines.push(`      ${style === undefined ? line : paint(style, line)}`);
  };
  if (check.manual === undefined) text(check.lead);
  text(check.detail, 'dim');
  if (check.asked !== undefined) lines.push(...field('asked', check.asked, width, paint));
  if (check.yours !== undefined) lines.push(...field('yours', check.yours, width, paint, 'red'));
  if (check.expected !== undefined) lines.push(...field('expected', check.expected, width, paint, 'green'));
  for (const gap of check.gaps) {
    lines.push(...field(plainLine(gap.name, 24), `${gap.shape}. ${gap.says}`, width, paint));
    lines.push(
      ...field(
        'yours',
        `${gap.worst.yours}${gap.worst.index === '' ? '' : ` at ${gap.worst.index}`}`,
        width,
        paint,
        'red',
      ),
    );
    lines.push(...field('expected', gap.worst.expected, width, paint, 'green'));
  }
  if (check.closeness !== undefined) text(check.closeness.says, 'dim');
  for (const place of check.places) {
    lines.push(...field('in', place.where, width, paint));
    if (place.excerpt !== undefined) lines.push(...field('', place.excerpt.trim(), width, paint, 'dim'));
  }
  if (check.diagnosis !== undefined) {
    lines.push(
      ...field('why', `${check.diagnosis.says} (${check.diagnosis.certainty.toLowerCase()})`, width, paint, 'yellow'),
    );
    for (const evidence of check.diagnosis.evidence) lines.push(...field('', evidence, width, paint, 'dim'));
  }
  if (check.hint !== undefined) lines.push(...field('hint', check.hint, width, paint, 'cyan'));
  if (check.followThrough !== undefined) lines.push(...field('carried', check.followThrough, width, paint));
  for (const note of check.notes) lines.push(...field('accepted', note, width, paint));
  return lines;
}

/** `name      value`, the value wrapped and hung under itself. */
export function field(name: string, value: string, width: number, paint: Paint, style?: Style): string[] {
  const hang = Math.max(10, textWidth(name) + 2);
  return wrap(value, width - 6 - hang).map((line, i) => {
    const head = i === 0 ? paint('dim', fit(name, hang)) : ' '.repeat(hang);
    return `      ${head}${style === undefined ? line : paint(style, line)}`.trimEnd();
  });
}
