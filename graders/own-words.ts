/** Verdicts in the words of the language in which a submission is written: the checks have those of the sheet. */
import type { Assignment, RubricItem } from './model/assignment.ts';
import type { Diagnosis, Finding } from './model/finding.ts';
import type { Submission } from './model/submission.ts';
import type { Verdict } from './model/verdict.ts';
import { inPython } from './runtimes/python/language/words.ts';

/** The same verdicts; those of a submission in another language with names, files and phrases of that. */
export function inOwnWords(
  verdicts: readonly Verdict[],
  { python, given = [], tasks }: Assignment,
  { language }: Pick<Submission, 'language'>,
): readonly Verdict[] {
  if (language !== 'python' || python === undefined) return verdicts;
  const units = [...tasks.flatMap(({ unit }) => unit ?? []), ...given.map((path) => path.replace(/\.ts$/, ''))];
  const say = inPython(python, [...new Set(units)]);
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
