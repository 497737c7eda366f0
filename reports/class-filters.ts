/** By what the rows of the class page are filtered, and what of it keeps the marks from being released. */
import type { Grade, Results } from '../graders/model/grade.ts';
import type { Changes } from './changes.ts';
import { count, grouped } from './format.ts';

/** Classes of a row, short because there are thousands of them. */
export type RowMark = 'h' | 'r' | 'l' | 'm' | 'n' | 'x' | 'g' | 'k';

export interface Filter {
  mark: RowMark;
  says: string;
  count: string;
}

const WORDS: Readonly<Record<RowMark, string>> = {
  h: 'On hold',
  r: 'Refused',
  l: 'Late',
  m: 'To be marked',
  n: 'New',
  x: 'Fixed',
  g: 'Regressed',
  k: 'Newly held',
};

/** What holds for a submission. */
export function marksOfRow(grade: Grade, changes: Changes | undefined): RowMark[] {
  const kinds = changes?.students.get(grade.id)?.kinds;
  const all: [RowMark, boolean | undefined][] = [
    ['h', grade.held],
    ['r', grade.refused !== undefined],
    ['l', grade.late !== undefined],
    ['m', grade.manualMax > 0 && grade.refused === undefined],
    ['n', kinds?.has('new')],
    ['x', kinds?.has('fixed')],
    ['g', kinds?.has('regressed')],
    ['k', kinds?.has('held')],
  ];
  return all.flatMap(([mark, holds]) => (holds === true ? [mark] : []));
}

/** The filters that let something through. */
export function filtersOf(rows: readonly { marks: readonly RowMark[] }[]): Filter[] {
  return (Object.keys(WORDS) as RowMark[])
    .map((mark) => ({ mark, says: WORDS[mark], n: rows.filter(({ marks }) => marks.includes(mark)).length }))
    .filter(({ n }) => n > 0)
    .map(({ mark, says, n }) => ({ mark, says, count: grouped(n) }));
}

export interface Release {
  ready: boolean;
  parts: { says: string; mark: RowMark | undefined }[];
}

/** What has to be done before the marks can go to students, most urgent first. */
export function releaseOf({ of, submissions }: Results): Release {
  const n = (wanted: (grade: Grade) => boolean) => submissions.filter(wanted).length;
  const held = n((grade) => grade.held);
  const unmarked = n((grade) => grade.manualMax > 0 && grade.refused === undefined);
  const refused = n((grade) => grade.refused !== undefined);
  const parts: Release['parts'] = [
    ...(of !== undefined && of > submissions.length
      ? [{ says: `${grouped(submissions.length)} of ${grouped(of)} graded`, mark: undefined }]
      : []),
    ...(held > 0 ? [{ says: `${grouped(held)} held`, mark: 'h' as const }] : []),
    ...(refused > 0 ? [{ says: `${grouped(refused)} refused`, mark: 'r' as const }] : []),
    ...(unmarked > 0 ? [{ says: `${grouped(unmarked)} unmarked`, mark: 'm' as const }] : []),
  ];
  if (submissions.length === 0) return { ready: false, parts: [{ says: 'nothing is graded yet', mark: undefined }] };
  if (parts.length > 0) return { ready: false, parts };
  const released = n((grade) => grade.released === true);
  const says = released > 0 ? `${count(released, 'grade')} released` : 'every grade is complete';
  return { ready: true, parts: [{ says, mark: undefined }] };
}
