/** The practice checks of a coursework as tests: named when vitest collects them, run by `gradmark check` when it runs one. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, test } from 'vitest';
import type { Results } from '../model/grade.ts';
import type { Verdict } from '../model/verdict.ts';
import { packageRoot } from '../package-root.ts';
import type { CheckMeta } from './meta.ts';
import { failureOf, metaOf, notBegunIn } from './verdict-as-test.ts';

interface CheckOptions {
  /** Where the work lies; by default where vitest was started. */
  folder?: string | URL;
  /** More words for `gradmark check`, e.g. `['--assignment', 'my-layers']`. */
  args?: readonly string[];
}

/** What `gradmark check --list --json` says. */
interface Listed {
  tasks: { id: string; title: string; checks: { id: string; title: string; because?: string }[] }[];
}

/** Only ends what hangs: every program has its own limits. */
const patience = 600_000;

/**
 * A test for every practice check of these tasks, or of all. What is not started yet, and what only the course checks, is
 * skipped with the reason. All are run together when the first of them runs, by the command that runs them in a terminal.
 */
export function checks(tasks: string | readonly string[] = [], { folder, args = [] }: CheckOptions = {}): void {
  const asked = typeof tasks === 'string' ? [tasks] : tasks;
  const place = folder instanceof URL ? fileURLToPath(folder) : (folder ?? process.cwd());
  const words = [place, ...(asked.length === 0 ? [] : ['--task', asked.join()]), ...args, '--json'];
  describe(['gradmark check', ...asked].join(' '), async () => {
    const { tasks: listed } = (await gradmarkCheck([...words, '--list'])) as Listed;
    let running: Promise<Checked> | undefined;
    // What nothing is asked of would be a suite without tests, which vitest takes for a mistake.
    for (const task of listed.filter((one) => one.checks.length > 0)) {
      describe(`${task.id}  ${task.title}`, () => {
        for (const { id, title, because } of task.checks) {
          test(title, { timeout: patience }, async (context) => {
            const named = { task: task.id, check: id };
            const skip = (state: CheckMeta['state'], why: string) => {
              context.task.meta.gradmark = { ...named, state, because: why };
              context.skip(why);
            };
            if (because !== undefined) return skip(/person/.test(because) ? 'person' : 'course', because);
            const { verdicts, notBegun } = await (running ??= run(words));
            const verdict = verdicts.get(id);
            if (verdict === undefined) return skip('broken', 'gradmark check did not report it.');
            if (notBegun.has(verdict)) return skip('open', 'Not started yet.');
            if (verdict.outcome === 'skipped') return skip('waits', verdict.because ?? 'It was not run.');
            context.task.meta.gradmark = { ...named, ...metaOf(verdict) };
            const failure = failureOf(verdict, place);
            if (failure !== undefined) throw failure;
          });
        }
      });
    }
  });
}

interface Checked {
  verdicts: ReadonlyMap<string, Verdict>;
  notBegun: ReadonlySet<Verdict>;
}

async function run(words: readonly string[]): Promise<Checked> {
  const { submissions } = (await gradmarkCheck(words)) as Results;
  const grade = submissions[0]!;
  if (grade.refused !== undefined) throw new Error(`Not checked. ${grade.refused}`);
  const verdicts = new Map(grade.tasks.flatMap((task) => task.checks).map((verdict) => [verdict.id, verdict]));
  return { verdicts, notBegun: notBegunIn(grade) };
}

/** The command in a process of its own: it finds a newer Node, and keys that lie beside it, by itself. */
async function gradmarkCheck(words: readonly string[]): Promise<unknown> {
  const command = [join(packageRoot, 'bin/gradmark.js'), 'check', ...words];
  // What vitest loads its workers with is not for other programs.
  const { stdout, stderr } = await execa(process.execPath, command, { reject: false, env: { NODE_OPTIONS: '' } });
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(stderr || stdout || 'gradmark check said nothing.');
  }
}
