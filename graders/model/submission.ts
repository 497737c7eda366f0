/**
 * What a student handed in, and what is seen of it without running it.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Submission } from 'gradmark/model/submission';
 *
 * const files = [{ path: 'q1.ts', text: 'export const softmax = () => [];', handedInAs: 'q1.js' }];
 * const submission: Submission = { id: 'ann', sha256: '0', files, notes: [] };
 * assert.equal(submission.files[0]?.handedInAs, 'q1.js');
 * ```
 */
import type { OtherLanguage } from './contract.ts';
import type { Origin } from './origin.ts';

export interface SourceFile {
  /** Relative to the submission's root, `/`-separated. */
  path: string;
  text: string;
  /** The student's name for it, where it stands for a module of the sheet: `q3c.js` for `q3c.ts`. */
  handedInAs?: string;
  /** The path by which the student's other files know it, where its own would not be found for that. */
  knownAs?: string;
}

/** What a student handed in, read into memory once; nothing later touches their files again. */
export interface Submission {
  id: string;
  /** Hash over sorted paths and contents. */
  sha256: string;
  files: SourceFile[];
  /** Remarks of intake that the student should see, e.g. a module found in a sub-folder. */
  notes: string[];
  origin?: Origin;
  /** Set where it is written in another language than TypeScript or JavaScript. */
  language?: OtherLanguage;
}

/** A submission that cannot be graded at all, with the sentence the student can act on. */
export interface Refusal {
  id: string;
  refused: string;
  origin?: Origin;
}

/** A place in a student's source, 1-based. */
export interface SourcePlace {
  path: string;
  line: number;
  column: number;
  /** The text of that line, where a reader gains by seeing it. */
  excerpt?: string;
}

/** A rule of the task's policy that the student's source breaks. */
export interface PolicyBreach {
  rule: string;
  place: SourcePlace;
  excerpt: string;
  message: string;
}

/** What a reader sees first of a student's module, found without running it. */
export interface ModuleOutline {
  path: string;
  /** Exports that the assignment asks of this module. */
  asked: readonly string[];
  /** Files of the submission that it imports, with the names taken; `*` for all of them. */
  imports: { path: string; names: string[] }[];
  /** Values that it exports, types left out. */
  exports: { name: string; what: 'function' | 'class' | 'value'; documented: boolean; place: SourcePlace }[];
  /** Comments that say that something is left to do. */
  leftovers: SourcePlace[];
}
