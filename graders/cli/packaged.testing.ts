/** A lecturer's coursework of two questions, packaged for a system as the command line does it; its limits are short. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { expect } from 'vitest';
import { packageRoot } from '../package-root.ts';

/** What gets all marks of it. */
export const right = 'export const twice = (x) => 2 * x;\nexport const thrice = (x) => 3 * x;\n';

const check = (name: string, factor: number) => `{
  ...{ id: '${name}.value', task: '${name}', title: '${name} is ${name}', asks: '${name}(21).', points: 1 },
  run: async (context) => {
    const { value } = await (await context.guest()).call({ module: 'work', name: '${name}' }, [21]);
    return value === ${21 * factor} ? { earned: 1 } : { earned: 0, finding: { says: '${name}(21) is not ${21 * factor}.' } };
  },
}`;

const task = (name: string) => ({
  ...{ id: name, title: name, marks: 1, kinds: ['code'], unit: 'work', exports: [name] },
});

/** A folder with the coursework in `courses/tiny`, and the command line over it. */
export function tinyCoursework() {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-package-'));
  const place = join(folder, 'courses/tiny');
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, 'assignment.json'),
    JSON.stringify({
      ...{ schema: 'gradmark/assignment/v1', slug: 'tiny', title: 'Tiny', summary: 'Two functions.', imports: [] },
      limits: { callMs: 5000, submissionMs: 60_000, memoryMb: 256 },
      tasks: [task('twice'), task('thrice')],
    }),
  );
  writeFileSync(join(place, 'checks.ts'), `export const checks = [${check('twice', 2)}, ${check('thrice', 3)}];\n`);
  const gradmark = (...args: string[]) =>
    execaSync(process.execPath, [join(packageRoot, 'bin/gradmark.js'), ...args], { cwd: folder, reject: false });
  return {
    folder,
    gradmark,
    /** The files for a system in a folder of this name, without gradmark itself unless it is asked for. */
    packaged(to: string, out = to, ...more: string[]): string {
      const words = [
        '--to',
        to,
        '--out',
        out,
        '--assignments',
        'courses',
        ...(more.includes('--engine') ? [] : ['--no-engine']),
      ];
      const run = gradmark('package', 'tiny', ...words, ...more.filter((word) => word !== '--engine'));
      expect(run.exitCode, run.stderr).toBe(0);
      return join(folder, out);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
