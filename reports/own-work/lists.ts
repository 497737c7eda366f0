/** The lists of somebody's own work: what is not begun, what is right, what is only checked elsewhere. */
import type { TaskGrade } from '../../graders/model/grade.ts';
import { marks, marksWord } from '../format.ts';
import { plainLine } from '../plain-text.ts';
import { GLYPHS, type Paint } from '../terminal-paint.ts';
import { fit, wrap } from '../text-layout.ts';
import { textWidth } from '../text-width.ts';
import type { Progress } from './progress.ts';

/** Where it is shown. */
export interface Page {
  paint: Paint;
  width: number;
}

interface Row {
  sign: string;
  id: string;
  text: string;
  right: string;
}

/** `  ✓ 1.2b  The sigmoid and its derivative   2 / 2`, all under one heading and their texts under each other. */
function rows(heading: string, list: readonly Row[], { paint, width }: Page): string[] {
  if (list.length === 0) return [];
  const hang = Math.max(...list.map(({ id }) => textWidth(id))) + 2;
  const lines = list.flatMap(({ sign, id, text, right }) => {
    const room = width - 6 - hang - textWidth(right);
    const [head = '', ...rest] = wrap(plainLine(text), room);
    return [
      `  ${sign} ${fit(id, hang)}${fit(head, room)}  ${right}`.trimEnd(),
      ...rest.map((line) => `    ${' '.repeat(hang)}${line}`),
    ];
  });
  return ['', paint('bold', heading), ...lines];
}

/** Tasks that are not begun, and begun ones with what is left of them. */
export function openLines({ open }: Progress, page: Page): string[] {
  const { paint } = page;
  const listed = (which: boolean, sign: string, text: (one: Progress['open'][number]) => string) =>
    open
      .filter(({ begun }) => begun === which)
      .map((one) => ({ sign, id: one.task.id, text: text(one), right: marksWord(one.task.max) }));
  return [
    ...rows(
      'Not started yet',
      listed(false, paint('dim', GLYPHS.gap), ({ task }) => task.title),
      page,
    ),
    ...rows(
      'Begun',
      listed(true, paint('yellow', GLYPHS.half), ({ left }) => `still to do: ${left.join(', ')}`),
      page,
    ),
  ];
}

/** Tasks that are right as far as they are checked here, and those that a person reads. */
export function rightLines({ right, written }: Progress, page: Page): string[] {
  const { paint } = page;
  const listed = (tasks: readonly TaskGrade[], sign: string, of: (task: TaskGrade) => string) =>
    tasks.map((task) => ({ sign, id: task.id, text: task.title, right: of(task) }));
  return [
    ...rows(
      'Right',
      listed(right, paint('green', GLYPHS.check), ({ score, max }) => `${marks(score)} / ${marks(max)}`),
      page,
    ),
    ...rows(
      'Written, for a person to read',
      listed(written, paint('cyan', GLYPHS.pen), ({ manualMax }) => `${marksWord(manualMax)} by a person`),
      page,
    ),
  ];
}

/** What is not checked here: once a reason, however many checks have it. */
export function uncheckedLines({ unchecked }: Progress, page: Page): string[] {
  const reasons = [...Map.groupBy(unchecked, ({ because }) => because)];
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap(([because, list]) => {
    const ids = list.flatMap((one) => one.ids).join(', ');
    return wrap(`${plainLine(because)} (${ids})`, page.width - 4).map(
      (line, i) => `  ${i === 0 ? GLYPHS.skip : ' '} ${line}`,
    );
  });
  return ['', page.paint('bold', 'Not checked here'), ...lines];
}
