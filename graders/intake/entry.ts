/** A file that has other names than the one under which it is listed. */
export interface Shared {
  /** The same for all its names, and for no other file's. */
  file: string;
  /** How many it has. */
  names: number;
}

/** One file as a folder or an archive lists it, before anything of it is read. */
export interface Entry {
  /** Relative and `/`-separated. */
  path: string;
  /** The same as it is written where it lies, where its letters are joined otherwise. */
  spelt?: string;
  bytes: number;
  /** Why this one file is left out, e.g. because it is a link; the rest of the submission stands. */
  aside?: string;
  /** Set where the file has other names, which may not all be listed. */
  shared?: Shared;
  /** All its names, where some of them are in what others handed in. */
  sharedAs?: readonly string[];
  /** Why the whole submission is refused, e.g. because the path leaves the archive. */
  fault?: string;
  /** The content; throws Unacceptable when it is longer than `most` bytes or not what the listing said. */
  read(most: number): Promise<Buffer>;
}

/** A submission that cannot be accepted; the message is the sentence its student reads. */
export class Unacceptable extends Error {
  override readonly name = 'Unacceptable';
}

/** A path of a command line that leads nowhere; the message is for the person who typed it. */
export class IntakeError extends Error {
  override readonly name = 'IntakeError';
}
