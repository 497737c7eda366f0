/** Verdicts in the words of the language in which a submission is written: the checks have those of the sheet. */
import type { Assignment, RubricItem } from './model/assignment.ts';
import type { Diagnosis, Finding } from './model/finding.ts';
import type { Submission } from './model/submission.ts';
import type { Verdict } from './model/verdict.ts';
import { inPython } from './runtimes/python/language/words.ts';

/** What turns a sentence of the checks into the words of a language; undefined where they have its words already. */
export function wordsIn(
  { python, given = [], tasks }: Pick<Assignment, 'python' | 'given' | 'tasks'>,
  language: string | undefined,
): ((text: string) => string) | undefined {
  if (language !== 'python' || python === undefined) return undefined;
  const units = [...tasks.flatMap(({ unit }) => unit ?? []), ...given.map((path) => path.replace(/\.ts$/, ''))];
  return inPython(python, [...new Set(units)]);
}

/** The same verdicts; those of a submission in another language with names, files and phrases of that. */
export function inOwnWords(
  verdicts: readonly Verdict[],
  assignment: Assignment,
  { language }: Pick<Submission, 'language'>,
): readonly Verdict[] {
  const say = wordsIn(assignment, language);
  if (say === undefined) return verdicts;
  const maybe = <Key extends string>(key: Key, text: string | undefined) =>
    (text === undefined ? {} : { [key]: say(text) }) as Partial<Record<Key, string>>;
  const finding = (it: Finding): Finding => ({
    ...it,
    says: say(it.says),
    ...maybe('asked', it.asked),
    ...maybe('yours', it.yours),
    ...maybe('expected', it.expected),
    ...maybe('hint', it.hint),
  });
  const diagnosis = (it: Diagnosis): Diagnosis => ({ ...it, says: say(it.says), evidence: it.evidence.map(say) });
  const item = (it: RubricItem): RubricItem => ({ ...it, title: say(it.title) });
  return verdicts.map((verdict) => ({
    ...verdict,
    title: say(verdict.title),
    ...(verdict.notes && { notes: verdict.notes.map(say) }),
    ...maybe('because', verdict.because),
    ...maybe('followThrough', verdict.followThrough),
    ...(verdict.finding && { finding: finding(verdict.finding) }),
    ...(verdict.diagnosis && { diagnosis: diagnosis(verdict.diagnosis) }),
    ...(verdict.manual && { manual: { ...verdict.manual, rubric: verdict.manual.rubric.map(item) } }),
  }));
}
