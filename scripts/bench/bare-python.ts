/**
 * A bare interpreter as a student's own machine has it: by its own path, since a launcher on PATH may be a script that costs as much as
 * the start, and with the compiled files of its packages, which an environment may be set up without.
 */
import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measured } from './cpu-of.ts';
import { measure } from './cpu-of.ts';

export interface BarePython {
  /** Runs it with these arguments, and says what it cost. */
  run(args: readonly string[]): Promise<Measured>;
  close(): void;
}

/** `command` is an interpreter; `env` is set for it besides. */
export async function openBarePython(command = 'python3', env: Record<string, string> = {}): Promise<BarePython> {
  const { stdout: own } = await execa(command, ['-c', 'import sys; print(sys.executable)']);
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-bench-compiled-'));
  const compiled = { PYTHONDONTWRITEBYTECODE: '', PYTHONPYCACHEPREFIX: folder };
  const known = new Set<string>();
  return {
    async run(args) {
      const once = () => measure([own, ...args], { ...env, ...compiled });
      // The first run compiles what it loads, and is not counted.
      if (!known.has(args.join('\0'))) await once();
      known.add(args.join('\0'));
      return once();
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
