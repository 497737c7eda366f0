/** What a name says of whose something is. */
import type { Origin } from '../../model/origin.ts';

export interface Owner {
  origin: Origin;
  /** What people read of whose it is: the first part of an id. */
  label: string;
  /** The platform's number of the upload: of several the one with the greatest is the last. */
  upload?: number;
  /** What tells people of one name apart, where the platform knows it: the second part of an id. */
  distinct?: string;
  /** The class in which the name counts, where several were given and there is no number. */
  section?: string;
  /** Who has the same stands on the same lines of the roster: it is the same person, whatever it is called. */
  onRoster?: string;
  /** Who has the same is the same person, where label and number alone do not say so. */
  key?: string;
}

/** One file of a flat export, or a whole folder or archive where `file` is empty. */
export interface Owned extends Owner {
  /** The name that the student gave the file. */
  file: string;
  /** A file that the platform wrote about an attempt: it is nobody's work. */
  isReceipt?: true;
}
