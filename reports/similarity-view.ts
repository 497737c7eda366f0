/** Pairs of similar programs as plain view data: lines that both have are marked, long stretches that they do not are left out. */
import type { Assignment } from '../graders/model/assignment.ts';
import type { AlikePair, Similarity } from '../graders/similarity/compare.ts';
import type { Program } from '../graders/similarity/program.ts';
import { plainLine, plain } from './plain-text.ts';

/** Lines shown before and after what both have. */
const around = 2;
const longestLine = 300;

interface LineView {
  n: number;
  text: string;
  /** Number of the passage; the longest has the first. Empty where only one side has the line. */
  passage: string;
  /** Set on the first line of a passage. */
  label: string;
  /** How many lines are left out before this one; 0 for none. */
  gap: number;
}

interface SideView {
  id: string;
  modules: { path: string; lines: LineView[]; after: number }[];
}

interface PairView {
  anchor: string;
  rank: number;
  left: string;
  right: string;
  share: string;
  common: number;
  heldBy: string;
  open: boolean;
  sides: SideView[];
}

interface SimilarityView {
  assignment: string;
  title: string;
  compared: number;
  pairs: PairView[];
  more: number;
  leftOut: { id: string; why: string }[];
}

/** Everything the page shows. */
export function viewSimilarity(
  { compared, pairs, more, leftOut }: Similarity,
  { slug, title }: Pick<Assignment, 'slug' | 'title'>,
): SimilarityView {
  return {
    ...{ assignment: slug, title: plainLine(title), compared, more },
    pairs: pairs.map(viewPair),
    leftOut: leftOut.map(({ id, why }) => ({ id: plainLine(id), why: plainLine(why) })),
  };
}

function viewPair(pair: AlikePair, i: number): PairView {
  const { left, right, share, common, heldBy } = pair;
  return {
    ...{ anchor: `pair-${i + 1}`, rank: i + 1, left: plainLine(left.id), right: plainLine(right.id) },
    ...{ share: `${Math.round(100 * share)} %`, common, heldBy: heldBy.toFixed(1), open: i === 0 },
    sides: [viewSide(pair, 'left'), viewSide(pair, 'right')],
  };
}

function viewSide({ fragments, ...pair }: AlikePair, side: 'left' | 'right'): SideView {
  const { id, modules }: Program = pair[side];
  const marks = modules.map(() => new Map<number, number>());
  const firsts = new Set<string>();
  for (const [i, { [side]: at }] of fragments.entries()) {
    for (let line = at.from; line <= at.to; line++) {
      if (marks[at.module]!.has(line)) continue;
      marks[at.module]!.set(line, i + 1);
      if (!firsts.has(`${i}`)) firsts.add(`${i}`).add(`${at.module} ${line}`);
    }
  }
  const views = modules.map(({ path, lines }, module) => {
    const shown = near(marks[module]!, lines.length);
    return {
      path: plainLine(path),
      lines: shown.map((line, i) => ({
        n: line + 1,
        text: plain(lines[line]!, longestLine).replaceAll('\n', ' '),
        passage: String(marks[module]!.get(line) ?? ''),
        label: firsts.has(`${module} ${line}`) ? String(marks[module]!.get(line)) : '',
        gap: line - (shown[i - 1] ?? -1) - 1,
      })),
      after: lines.length - 1 - (shown.at(-1) ?? -1),
    };
  });
  return { id: plainLine(id), modules: views.filter(({ lines }) => lines.length > 0) };
}

/** The marked lines and those around them, in order. */
function near(marks: ReadonlyMap<number, number>, length: number): number[] {
  const shown = new Set<number>();
  for (const line of marks.keys())
    for (let at = Math.max(0, line - around); at <= Math.min(length - 1, line + around); at++) shown.add(at);
  return [...shown].sort((a, b) => a - b);
}
