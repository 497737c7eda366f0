/** Grades and what is graded lie apart: the one would be taken for the other when the class is graded again. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { IntakeError } from '../intake/entry.ts';

/** Throws IntakeError where the folder for grades lies in one of the paths, or one of them in it; links are followed. */
export async function assertApart(paths: readonly string[], outDir: string): Promise<void> {
  const out = await realPlace(outDir);
  for (const path of paths) {
    const work = await realPlace(path);
    if (isWithin(out, work)) {
      throw new IntakeError(
        `--out ${outDir} lies in ${path}, which is graded: its files would be taken for somebody's work. Give a folder beside it.`,
      );
    }
    if (isWithin(work, out)) {
      throw new IntakeError(
        `${path} lies in --out ${outDir}: work and grades would be mixed. Give a folder for grades that holds nothing else.`,
      );
    }
  }
}

/** Whether one place is the other, or lies in it. */
export const isWithin = (inner: string, outer: string): boolean =>
  `${inner}${sep}`.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);

/** Where a path leads, however much of it is there already. */
export async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  const place = await realpath(whole).catch(() => undefined);
  if (place !== undefined || dirname(whole) === whole) return place ?? whole;
  return join(await realPlace(dirname(whole)), basename(whole));
}
