/**
 * What the outcomes, task states, certainties and sandbox levels are called in front of readers. Every state has a word
 * and an icon of its own, so that nothing is said by colour alone, and a plain sentence about whose business it is.
 */
import type { Diagnosis } from '../graders/model/finding.ts';
import type { Results, TaskGrade, TaskStatus } from '../graders/model/grade.ts';
import type { SandboxLevel } from '../graders/model/guest.ts';
import type { OutcomeKind, Verdict } from '../graders/model/verdict.ts';
import { isStub } from './causes.ts';
import { waits } from '../graders/model/verdict.ts';

/** Colour families of the stylesheet; several outcomes share one, their icons and words differ. */
export type Tone = 'good' | 'part' | 'bad' | 'stop' | 'person' | 'ours' | 'idle';

export type Icon =
  | 'check'
  | 'half'
  | 'cross'
  | 'bolt'
  | 'clock'
  | 'memory'
  | 'barred'
  | 'gap'
  | 'skip'
  | 'pen'
  | 'pause';

export interface Label {
  word: string;
  icon: Icon;
  tone: Tone;
}

const OUTCOMES: Readonly<Record<OutcomeKind, Label & { explains: string }>> = {
  pass: { word: 'Passed', icon: 'check', tone: 'good', explains: '' },
  fail: { word: 'Wrong answer', icon: 'cross', tone: 'bad', explains: 'Your program ran, but its answer is wrong.' },
  crash: {
    word: 'Crashed',
    icon: 'bolt',
    tone: 'stop',
    explains: 'Your program stopped with an error before it gave an answer.',
  },
  timeout: {
    word: 'Out of time',
    icon: 'clock',
    tone: 'stop',
    explains: 'Your program was still running when its time was over, so it gave no answer.',
  },
  memory: {
    word: 'Out of memory',
    icon: 'memory',
    tone: 'stop',
    explains: 'Your program asked for more memory than it may use and was stopped.',
  },
  refused: {
    word: 'Not allowed',
    icon: 'barred',
    tone: 'stop',
    explains: 'Your program uses something that this task rules out, so it was not accepted.',
  },
  missing: {
    word: 'Not handed in',
    icon: 'gap',
    tone: 'bad',
    explains: 'What this check looks for is not in your submission.',
  },
  skipped: {
    word: 'Not run',
    icon: 'skip',
    tone: 'idle',
    explains: 'This check did not run, because something it builds on is not there yet.',
  },
  manual: { word: 'A person marks this', icon: 'pen', tone: 'person', explains: 'A person reads and marks this part.' },
  broken: {
    word: 'On hold',
    icon: 'pause',
    tone: 'ours',
    explains:
      'The grader itself had a problem here. That is not your fault and costs you nothing: staff will look at it.',
  },
};

/** What is still as the starter gave it, and stops as the starter has it stop, is no crash. */
const STUB: Label & { explains: string } = {
  ...{ word: 'Not started yet', icon: 'gap', tone: 'bad' },
  explains: 'What this check asks still throws the error “not implemented” of the starter.',
};

/** Word, icon, tone and plain sentence of a verdict; a wrong answer that earned something is called partly right. */
export function outcomeLabel(verdict: Verdict): Label & { explains: string } {
  if (isStub(verdict)) return STUB;
  if (verdict.outcome === 'fail' && verdict.points > 0) {
    return { word: 'Partly right', icon: 'half', tone: 'part', explains: 'Part of the answer is right.' };
  }
  return OUTCOMES[verdict.outcome];
}

/** The label of several checks or students with one outcome: "4 wrong answers", "8 to be marked". */
export function countLabel({ word, icon, tone }: Label, n: number): Label & { count: string } {
  const plural = word === 'Wrong answer' && n !== 1 ? 'wrong answers' : word.toLowerCase();
  return { word: icon === 'pen' ? 'to be marked' : plural, icon, tone, count: String(n) };
}

const STATUSES: Readonly<Record<TaskStatus, Label>> = {
  pass: { word: 'All passed', icon: 'check', tone: 'good' },
  partial: { word: 'Partly', icon: 'half', tone: 'part' },
  fail: { word: 'Not passed', icon: 'cross', tone: 'bad' },
  manual: { word: 'To be marked', icon: 'pen', tone: 'person' },
  held: { word: 'On hold', icon: 'pause', tone: 'ours' },
  missing: { word: 'Not handed in', icon: 'gap', tone: 'bad' },
};

const asLabel = ({ word, icon, tone }: Label): Label => ({ word, icon, tone });

/** The label of a task; one of which nothing is begun is called as its checks are. */
export function taskLabel({ status, checks, marked, adjusted }: TaskGrade): Label {
  const judged = checks.filter((check) => !['manual', 'skipped'].includes(check.outcome) && !waits(check));
  if (status !== 'fail' || marked !== undefined || adjusted !== undefined) return STATUSES[status];
  if (judged.length === 0) return asLabel(OUTCOMES.skipped);
  const isBlank = judged.some(isStub) && judged.every((check) => isStub(check) || check.outcome === 'missing');
  return isBlank ? asLabel(STUB) : STATUSES.fail;
}

const CERTAINTIES: Readonly<Record<Diagnosis['certainty'], { word: string; explains: string }>> = {
  certain: { word: 'Certain', explains: 'only this known mistake gives your answer' },
  consistent: { word: 'Likely', explains: 'your answer is what this mistake would give' },
  family: { word: 'Narrowed down', explains: 'one of several closely related mistakes gives your answer' },
  unknown: { word: 'Unknown', explains: 'no known mistake gives your answer' },
};

export const certaintyWords = (certainty: Diagnosis['certainty']) => CERTAINTIES[certainty];

interface Containment {
  words: string;
  /** Set when readers must be warned: a title and a sentence. */
  warning: { title: string; says: string; tone?: 'part' } | undefined;
}

const CONTAINMENT: Readonly<Record<SandboxLevel, Containment>> = {
  A: { words: 'isolated (level A)', warning: undefined },
  'A-': { words: 'isolated, inside a container (level A−)', warning: undefined },
  C: {
    words: 'partly isolated (level C)',
    warning: {
      title: 'Partly isolated run',
      says: 'The submitted programs had no network, but could look for files on the grading machine.',
    },
  },
  D: {
    words: 'UNSAFE: not isolated (level D)',
    warning: {
      title: 'UNSAFE run',
      says: 'The submitted programs were not isolated from the grading machine. Trust these results only as far as you trust the code.',
    },
  },
};

/** How well the submitted programs were contained, in words; what was only stated is said to have been stated. */
export function containment({ level, containedBy }: Pick<Results, 'level' | 'containedBy'>): Containment {
  if (containedBy === undefined) return CONTAINMENT[level];
  const words = 'contained by the container it was graded in, as stated by whoever ran it';
  return {
    words: `${words} (the grader's own sandbox: level ${level})`,
    warning: { title: 'Run in a container', says: `The submitted program was ${words}.`, tone: 'part' },
  };
}
