/** Verdicts name files as the sheet does; a student looks for them under the names that they gave them. */
import type { Finding } from '../model/finding.ts';
import type { SourceFile } from '../model/submission.ts';
import type { Verdict } from '../model/verdict.ts';

/** The verdict with every file that was read under another name called as it was handed in: in its places and its sentences. */
export function asHandedIn(verdict: Verdict, files: readonly SourceFile[]): Verdict {
  const names = namesOf(files);
  if (names.size === 0) return verdict;
  const { because, finding } = verdict;
  return {
    ...verdict,
    ...(because !== undefined && { because: renamedIn(because, names) }),
    ...(finding !== undefined && { finding: renamedFinding(finding, names) }),
  };
}

/** The same of sentences that are no verdict's. */
export const asCalled = (sentences: readonly string[], files: readonly SourceFile[]): string[] =>
  sentences.map((sentence) => renamedIn(sentence, namesOf(files)));

const namesOf = (files: readonly SourceFile[]): ReadonlyMap<string, string> =>
  new Map(files.flatMap(({ path, handedInAs }) => (handedInAs === undefined ? [] : [[path, handedInAs]])));

function renamedFinding(finding: Finding, names: ReadonlyMap<string, string>): Finding {
  const says = renamedIn(finding.says, names);
  if (finding.places === undefined) return { ...finding, says };
  const places = finding.places.map((place) => ({ ...place, path: renamedIn(place.path, names) }));
  return { ...finding, says, places };
}

/** Whole names only: `q3c.ts` is not meant by `lib/q3c.ts`, `./q3c.ts` or `q3c.ts.bak`. */
const renamedIn = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replace(/(?<![\w./-])\w[\w/-]*(?:\.[\w/-]+)*/g, (word) => names.get(word) ?? word);
