/** Mutants of programs in Python: mutate.py finds them, in a sandbox, since nothing out here reads Python. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SandboxLevel } from '../model/guest.ts';
import type { SourceFile } from '../model/submission.ts';
import { stagePython } from '../runtimes/python/stage-python.ts';
import { openSession } from '../sandbox/session/session.ts';
import type { Mutant } from './mutant.ts';
import { applyMutant } from './mutants.ts';

const limits = { callMs: 60_000, submissionMs: 600_000, memoryMb: 700 };
const own = fileURLToPath(new URL('mutate.py', import.meta.url));

/** All mutants of each file, each a different text, in the order of their places; one process finds them all. */
export async function pythonMutants(files: readonly SourceFile[], level: SandboxLevel): Promise<Mutant[][]> {
  if (files.length === 0) return [];
  const session = await openSession({
    launch: { runtime: await stagePython([]), level, limits, precision: 'double', backend: 'cpu' },
    modules: [{ path: 'mutate.py', code: await readFile(own, 'utf8') }],
    imports: [],
  });
  try {
    const found: Mutant[][] = [];
    for (const file of files) {
      const { value } = await session.call({ module: 'mutate.py', name: 'mutants' }, [file.text]);
      const changes = JSON.parse(String(value)) as [
        operator: string,
        start: number,
        end: number,
        replacement: string,
      ][];
      found.push(
        differing(
          file,
          changes.map(([operator, start, end, replacement]) => ({
            path: file.path,
            operator,
            start,
            end,
            replacement,
          })),
        ),
      );
    }
    return found;
  } finally {
    await session.close();
  }
}

function differing(file: SourceFile, mutants: Mutant[]): Mutant[] {
  const seen = new Set([file.text]);
  return mutants
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.replacement < b.replacement ? -1 : 1))
    .filter((mutant) => {
      const { text } = applyMutant(file, mutant);
      return !seen.has(text) && seen.add(text) !== undefined;
    });
}

/** The file as it is, but for an exception raised when the place of the mutant is reached. */
export const raisingAt = (file: SourceFile, { start, end }: Pick<Mutant, 'start' | 'end'>): SourceFile =>
  applyMutant(file, { path: file.path, operator: '', start, end, replacement: '(1 / 0)' });
