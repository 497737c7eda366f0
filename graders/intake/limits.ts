/** How much of a submission is read, which is what it needs. Beyond these it is refused with a sentence, never read half. */
export interface IntakeLimits {
  /** Files of one submission that are read. */
  files: number;
  fileBytes: number;
  totalBytes: number;
  /** Size of one submission's archive, with all that is never looked at: pictures, data, what tools leave behind. */
  archiveBytes: number;
  /** Files of one submission's folder, read or not; data and built files are listed up to this number and no further. */
  entries: number;
  /** Unpacked size of an archive, as a multiple of its packed size. */
  ratio: number;
  depth: number;
  pathLength: number;
  /** Size of an archive that holds a whole class. */
  classBytes: number;
  /** Entries of any archive, whatever they are: all of them have to be gone through. */
  listed: number;
}

export const defaultLimits: Readonly<IntakeLimits> = {
  files: 200,
  fileBytes: 1_000_000,
  totalBytes: 8_000_000,
  archiveBytes: 250_000_000,
  entries: 20_000,
  ratio: 200,
  depth: 12,
  pathLength: 240,
  classBytes: 500_000_000,
  listed: 400_000,
};

/** 1 234 567 → "1.2 MB", in the unit a student sees in a file manager. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1).replace('.0', '')} MB`;
}
