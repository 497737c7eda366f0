/** Fills the marks of a batch into the table that a teacher took out of a platform, and changes nothing else in it. */
import type { Grade, Results } from '../../graders/model/grade.ts';
import type { Platform } from '../../graders/model/origin.ts';
import { marks } from '../format.ts';
import { chooseColumn } from './choose-column.ts';
import { markOf } from './mark-of.ts';
import { matchPeople, peopleIn } from './match-people.ts';
import type { MarksColumn, PlatformTable } from './platform.ts';
import { cellText, numberIn } from './platform.ts';
import type { Sheet } from './sheet.ts';
import { readSheet, SheetError } from './sheet.ts';
import { decodeSheet } from './sheet-bytes.ts';
import type { Change } from './splice.ts';
import { splice } from './splice.ts';

interface Filled {
  bytes: Buffer;
  column: string;
  /** How many rows hold the mark of their person now. */
  filled: number;
  /** One sentence for each row and each grade that is left as it was, with the reason. */
  left: string[];
}

interface Wanted {
  platform: Platform | undefined;
  column?: string | undefined;
  /** Write marks in proportion where the platform gives another number of them for the whole. */
  scale?: boolean | undefined;
}

/** Throws SheetError, saying what to do, where the table or the column is not clear. */
export function fillTable(bytes: Uint8Array, table: PlatformTable, results: Results, wanted: Wanted): Filled {
  const { text, encode } = decodeSheet(bytes);
  const sheet = readSheet(text);
  const column = chooseColumn(table.columns(sheet), results, wanted.column);
  const scale = scaleOf(column, results.submissions, table, wanted.scale === true);
  const { pairs, unclear, rowless, gradeless } = matchPeople(
    peopleIn(sheet, table),
    results.submissions,
    wanted.platform,
  );
  const comma = hasDecimalCommas(sheet);
  const changes: Change[] = [];
  const left: string[] = [];
  let filled = 0;
  for (const { person, grade } of pairs) {
    const told = markOf(grade, scale);
    const locked = table.locked?.(sheet, person.row, column);
    if ('blank' in told || locked !== undefined) {
      left.push(`${person.called}: ${'blank' in told ? told.blank : locked!}.`);
      continue;
    }
    filled++;
    const mark = marks(told.mark);
    // What is there already may be written in another way: 7.00.
    if (numberIn(cellText(person.row, column.index)) === Number(mark)) continue;
    changes.push({ row: person.row, column: column.index, text: comma ? mark.replace('.', ',') : mark });
  }
  left.push(
    ...unclear.map(({ person, why }) => `${person.called}: ${why}; nothing was written.`),
    ...rowless.map((grade) => `${grade.origin?.name ?? grade.id}: has a grade and no row in the table.`),
    ...gradeless.map((person) => `${person.called}: has a row and no grade.`),
  );
  return { bytes: encode(splice(sheet, changes)), column: column.header, filled, left };
}

function scaleOf(
  { max, header }: MarksColumn,
  grades: readonly Grade[],
  table: PlatformTable,
  scaled: boolean,
): number {
  const [own, ...others] = new Set(grades.map((grade) => grade.max));
  if (max === undefined || own === undefined || (others.length === 0 && own === max)) return 1;
  if (scaled && others.length === 0 && own > 0) return max / own;
  throw new SheetError(
    `${table.called} gives ${max} marks in ${JSON.stringify(header)}, and these grades are of ${[own, ...others].join(' and ')}: ` +
      'change it there, or write marks in proportion with --scale.',
  );
}

/** A table that writes 7,5 anywhere, and 7.5 nowhere. */
function hasDecimalCommas({ header, rows }: Sheet): boolean {
  const texts = [header, ...rows].flatMap(({ cells }) => cells.map(({ text }) => text.trim()));
  return texts.some((text) => /^-?\d+,\d+$/.test(text)) && !texts.some((text) => /^-?\d+\.\d+$/.test(text));
}
