/** What the files of every system are made of. */
import type { Visibility } from '../../../reports/formats/gradescope.ts';

export interface Packaged {
  slug: string;
  version: string;
  visibility: Visibility;
  /** A lecturer's own coursework, which lies in `coursework/` beside the files. */
  isOwn: boolean;
}

export interface SystemFiles {
  files: { path: string; text: string; isProgram?: true }[];
  /** Where the system takes one archive: its name. */
  archive?: string;
  /** What a person does with them, in a sentence or two. */
  then: string;
}
