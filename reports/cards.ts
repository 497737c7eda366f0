/** One card on a student's page: one cause, what it costs in all, and every check that it failed. */
import type { Verdict } from '../graders/model/verdict.ts';
import type { Cause } from './causes.ts';
import { count, marks, marksWord } from './format.ts';
import type { Label } from './outcome-words.ts';
import { questionText } from './question-text.ts';
import { typeset } from './typeset.ts';
import type { CheckView } from './view-check.ts';

interface CheckOfCard {
  anchor: string;
  task: string;
  title: string;
  points: string;
}

export interface Card {
  anchor: string;
  title: string;
  label: Label;
  points: string;
  lost: number;
  /** The check that is shown in full. */
  check: CheckView;
  /** Every check behind the card, where there are several. */
  checks: CheckOfCard[];
  /** Of those, what has more to say than the first one has said. */
  more: CheckView[];
  followsSay: string | undefined;
  follows: CheckOfCard[];
  question: string;
}

interface About {
  view(verdict: Verdict): CheckView;
  assignment: string;
  round: string | undefined;
}

/** What a page sets as it is: what the student or their program wrote. */
const AS_IS = ['raw', 'detail', 'places', 'manual'];

/** The card of a cause; `view` gives the view of each of its verdicts. */
export function viewCard(cause: Cause, about: About): Card {
  const views = cause.verdicts.map(about.view);
  const first = saidOnce(views[0]!);
  const all = [...cause.verdicts, ...cause.follows];
  const check = typeset(first, first.raw ? AS_IS : ['places', 'manual']);
  const more =
    cause.kind === 'mistake' ? views.slice(1).filter(({ gaps, compared }) => compared || gaps.length > 0) : [];
  return {
    anchor: check.anchor,
    title: titleOf(cause, check),
    label: check.label,
    points: pointsOf(cause, all),
    lost: cause.kind === 'hold' ? 0 : sum(all, ({ max, points }) => max - points),
    check: plainlyAbsent(cause) ? { ...check, lead: leadOf(cause), detail: undefined, asked: undefined } : check,
    checks: cause.verdicts.length > 1 ? cause.verdicts.map((verdict) => checkOfCard(verdict, about)) : [],
    more: more.map((view) =>
      typeset({ ...saidOnce(view), diagnosis: undefined, hint: undefined }, ['places', 'manual']),
    ),
    followsSay: followWords(cause.follows.length),
    follows: cause.follows.map((verdict) => checkOfCard(verdict, about)),
    question: questionText(cause.verdicts[0]!, about),
  };
}

/** The worst entry of a tensor is said beside its picture; the same two numbers above it would say nothing more. */
function saidOnce(view: CheckView): CheckView {
  const said = view.gaps.some(({ worst }) => worst.yours === view.yours && worst.expected === view.expected);
  return said ? { ...view, compared: false, yours: undefined, expected: undefined } : view;
}

const sum = (verdicts: readonly Verdict[], of: (verdict: Verdict) => number) =>
  verdicts.reduce((total, verdict) => total + of(verdict), 0);

function titleOf({ kind, verdicts, names }: Cause, check: CheckView): string {
  const named = names.length > 0 ? `: ${names.join(', ')}` : '';
  if (kind === 'stub') return `Still to be written${named}`;
  if (kind === 'missing' && names.length > 0) return `Not handed in${named}`;
  if (verdicts.length === 1) return check.title;
  if (kind === 'mistake') return `One mistake, seen by ${count(verdicts.length, 'check')}`;
  return `${check.label.word}: ${count(verdicts.length, 'check')} for one reason`;
}

/** Of what is not there, nothing needs to be quoted. */
const plainlyAbsent = ({ kind, names }: Cause) => (kind === 'stub' || kind === 'missing') && names.length > 0;

function leadOf({ kind, names }: Cause): string {
  const one = names.length === 1;
  if (kind === 'missing')
    return one ? 'This file is not in your submission.' : 'These files are not in your submission.';
  return one
    ? 'This function still throws the error “not implemented” of the starter.'
    : 'These functions still throw the error “not implemented” of the starter.';
}

function pointsOf({ kind }: Cause, all: readonly Verdict[]): string {
  const max = sum(all, (verdict) => verdict.max);
  return kind === 'hold'
    ? `${marksWord(max)} on hold`
    : `${marks(sum(all, ({ points }) => points))} of ${marksWord(max)}`;
}

function checkOfCard(verdict: Verdict, about: About): CheckOfCard {
  const { anchor, title } = about.view(verdict);
  return { anchor, title, task: verdict.task, points: `${marks(verdict.points)} of ${marks(verdict.max)}` };
}

const followWords = (n: number) =>
  n === 0 ? undefined : `${n === 1 ? 'One more check builds' : `${n} more checks build`} on this and did not run`;
