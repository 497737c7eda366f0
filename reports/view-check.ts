/** One verdict as a reader sees it. Takes disclosed, plain verdicts only: it shows whatever it is given. */
import type { Finding, TensorGap } from '../graders/model/finding.ts';
import type { SourcePlace } from '../graders/model/submission.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import { essayText } from './essay-text.ts';
import { count, grouped, marks, marksWord, number, percent, quoted, rough, shapeWords } from './format.ts';
import { codeLines, type CodeLine } from './highlight.ts';
import { mathOf, type MathPart } from './mathml.ts';
import { outcomeLabel, certaintyWords, type Label } from './outcome-words.ts';
import { closeness, type Closeness } from './pictures/closeness.ts';
import { heatPicture, type HeatPicture } from './pictures/heat.ts';

interface GapView {
  name: string;
  shape: string;
  says: string;
  tolerance: string;
  worst: { index: string; yours: string; expected: string };
  heat: HeatPicture | undefined;
}

export interface CheckView {
  id: string;
  anchor: string;
  title: string;
  label: Label;
  points: string;
  lost: number;
  /** The first sentence to read. */
  lead: string;
  /** What the program or the intake said in its own words, when that adds something. */
  detail: string | undefined;
  /** True when `detail` is the program's own output, false when it is a sentence of ours. */
  raw: boolean;
  asked: string | undefined;
  compared: boolean;
  yours: string | undefined;
  expected: string | undefined;
  /** Formulas as they are typeset: the student's own, and the right one where it may be seen. */
  formulas: { who: string; math: MathPart }[];
  tolerance: string | undefined;
  hint: string | undefined;
  closeness: Closeness | undefined;
  gaps: GapView[];
  places: { where: string; excerpt: string | undefined; code: CodeLine[] }[];
  diagnosis: { certainty: string; explains: string; says: string; evidence: string[] } | undefined;
  notes: string[];
  followThrough: string | undefined;
  manual:
    | { text: string; code: CodeLine[]; empty: boolean; rubric: { title: string; marks: string }[]; hits: string[] }
    | undefined;
}

/** Failures first, then what is on hold, not run, for a person, passed; equal ones stay in their order. */
export const rank = (verdict: Verdict): number =>
  ({ broken: 1, skipped: 2, manual: 3, pass: 4 })[verdict.outcome as 'broken' | 'skipped' | 'manual' | 'pass'] ?? 0;

/** The view of one verdict; `anchor` is its address within the page. */
export function viewCheck(verdict: Verdict, anchor: string): CheckView {
  const label = outcomeLabel(verdict);
  const { finding, diagnosis } = verdict;
  const answered = verdict.outcome === 'fail' || verdict.outcome === 'pass';
  const { lead, detail } = words(verdict, label.explains);
  return {
    id: verdict.id,
    anchor,
    title: quoted(verdict.title),
    label: { word: label.word, icon: label.icon, tone: label.tone },
    points: pointsWords(verdict),
    lost: verdict.outcome === 'manual' || verdict.outcome === 'broken' ? 0 : verdict.max - verdict.points,
    lead,
    detail,
    raw: verdict.outcome === 'crash',
    asked: finding?.asked,
    compared: finding?.yours !== undefined || finding?.expected !== undefined,
    yours: finding?.yours,
    expected: finding?.expected,
    formulas: viewFormulas(finding?.formulas),
    tolerance: finding?.tolerance,
    hint: finding?.hint,
    closeness: answered && !countsDiffer(finding?.gaps) ? closeness(verdict) : undefined,
    gaps: gapsToShow(finding).map(viewGap),
    places: (finding?.places ?? []).map(viewPlace),
    diagnosis: diagnosis && {
      certainty: certaintyWords(diagnosis.certainty).word,
      explains: certaintyWords(diagnosis.certainty).explains,
      says: diagnosis.says,
      evidence: diagnosis.evidence,
    },
    notes: verdict.notes ?? [],
    followThrough: verdict.followThrough,
    manual: verdict.manual && {
      ...essay(verdict.manual.text),
      empty: verdict.manual.text.trim() === '',
      rubric: verdict.manual.rubric.map((item) => ({ title: item.title, marks: marksWord(item.marks) })),
      hits: verdict.manual.hits,
    },
  };
}

/** Prose as prose; source code in numbered lines. */
function essay(written: string): { text: string; code: CodeLine[] } {
  const { text, code } = essayText(written);
  return { text, code: code ? codeLines(text) : [] };
}

/** What to say first and what after it: our plain sentence of the outcome, unless something more telling is known. */
function words(verdict: Verdict, explains: string): { lead: string; detail: string | undefined } {
  const { outcome, because, finding } = verdict;
  const own = because ?? finding?.says;
  if (outcome === 'manual') return { lead: '', detail: because };
  if (outcome === 'pass' || outcome === 'fail') return { lead: finding?.says ?? explains, detail: because };
  const ours = outcome === 'refused' || outcome === 'missing' || outcome === 'skipped';
  if (ours) return { lead: own ?? explains, detail: undefined };
  // What the program said stays as it said it; a sentence of ours begins like one.
  return { lead: explains, detail: outcome === 'crash' ? own : own && own.charAt(0).toUpperCase() + own.slice(1) };
}

const viewFormulas = (formulas: Finding['formulas']): CheckView['formulas'] => [
  ...(formulas === undefined ? [] : [{ who: 'Your formula, as it was read', math: mathOf(formulas.yours) }]),
  ...(formulas?.expected === undefined ? [] : [{ who: 'The right one', math: mathOf(formulas.expected) }]),
];

const entriesOf = ({ shape }: TensorGap) => shape.reduce((product, side) => product * side, 1);

/** A single number needs no picture and no table: "yours" and "expected" have said it. */
function gapsToShow(finding: Verdict['finding']): readonly TensorGap[] {
  const gaps = finding?.gaps ?? [];
  return gaps.length === 1 && entriesOf(gaps[0]!) === 1 && finding?.yours !== undefined ? [] : gaps;
}

/** Whether all that differs is a count, such as a number of epochs, of which no answer is "a thousand times too far". */
function countsDiffer(gaps: readonly TensorGap[] = []): boolean {
  return (
    gaps.length > 0 &&
    gaps.every(
      (gap) => entriesOf(gap) === 1 && Number.isInteger(gap.worst.yours) && Number.isInteger(gap.worst.expected),
    )
  );
}

function pointsWords(verdict: Verdict): string {
  if (verdict.outcome === 'manual') return `${marksWord(verdict.max)} to be given`;
  if (verdict.outcome === 'broken') return `${marksWord(verdict.max)} on hold`;
  return `${marks(verdict.points)} of ${marksWord(verdict.max)}`;
}

function viewGap(gap: TensorGap): GapView {
  const entries = entriesOf(gap);
  const bad = Math.round(gap.badShare * entries);
  return {
    name: gap.name,
    shape: shapeWords(gap.shape),
    says:
      entries === 1
        ? 'The number is outside the tolerance.'
        : `${count(bad, 'entry', 'entries')} of ${grouped(entries)} (${percent(gap.badShare)}) ${bad === 1 ? 'is' : 'are'} outside the tolerance.`,
    tolerance: rough(gap.tolerance),
    worst: {
      index: gap.worst.index.length === 0 ? '' : `[${gap.worst.index.join(', ')}]`,
      yours: number(gap.worst.yours),
      expected: number(gap.worst.expected),
    },
    heat: entries === 1 ? undefined : heatPicture(gap),
  };
}

function viewPlace(place: SourcePlace): CheckView['places'][number] {
  const { excerpt } = place;
  const code = excerpt === undefined ? [] : codeLines(excerpt, place.line);
  return { where: `${place.path}, line ${place.line}`, excerpt, code };
}
