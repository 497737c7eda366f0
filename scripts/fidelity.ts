/**
 * Audits every coursework in full, measures today's rules beside ours, and writes docs/fidelity.md. What was measured before
 * with the same grader is not measured again, so it can be interrupted; `-- <slug>…` takes only these
 * courseworks, `-- --quick` a sample of everything.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import type { AuditReport } from '../graders/audit/audit.ts';
import { auditText } from '../graders/audit/text.ts';
import { listCourseworks } from '../graders/coursework.ts';
import { fromJson } from '../graders/gradebook/json.ts';
import { packageRoot } from '../graders/package-root.ts';

const quick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const slugs = [...(await listCourseworks([])).keys()];

/** Runs a script of ours and returns what it printed on stdout; talk goes through to the terminal. */
function printed(...args: string[]): string {
  const { stdout } = execaSync(process.execPath, ['--no-warnings', ...args], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
    reject: false,
    stripFinalNewline: false,
  });
  return stdout;
}

const sections: string[] = [];
const hasPython = (slug: string): boolean => existsSync(join(packageRoot, 'reference', 'python', slug));
const audits = slugs.flatMap((slug) => [
  { slug, title: slug, as: [] },
  ...(hasPython(slug) ? [{ slug, title: `${slug}, in Python`, as: ['--language', 'python'] }] : []),
]);
for (const { slug, title, as } of audits) {
  const out = join(packageRoot, 'out', 'audit', as.length === 0 ? slug : `${slug}-python`);
  if (wanted.length === 0 || wanted.includes(slug))
    printed('bin/gradmark.js', 'audit', slug, ...as, '--out', out, ...(quick ? ['--quick'] : []));
  const path = join(out, 'audit.json');
  if (!existsSync(path)) continue;
  const report = fromJson(readFileSync(path, 'utf8')) as AuditReport & { unmet: string[] };
  sections.push(`## ${title}\n\n\`\`\`\n${auditText(report, report.unmet).trimEnd()}\n\`\`\`\n`);
}
const notes = join(packageRoot, 'docs', 'fidelity-notes.md');
const text = `# How good the grader is, measured

${
  quick
    ? 'These are the figures of the **quick** audits: `npm run fidelity -- --quick`. Samples this small notice when something breaks; they bound the rate of wrongly failed answers only loosely. `npm run fidelity` measures in full.'
    : 'Printed by `npm run fidelity`, which audits every coursework in full and can be repeated by anyone; `npx gradmark audit <coursework>` does one.'
} Correct programs are the model solution and every fixture with full marks. Checks that train networks or
read whole data sets run on every thirtieth seed, all others on each.

${sections.join('\n')}
## Today's rules, side by side

\`npm run bench:fidelity\`

${printed('scripts/bench-fidelity.ts')}
${existsSync(notes) ? readFileSync(notes, 'utf8') : ''}`;
const path = join(packageRoot, 'docs', 'fidelity.md');
writeFileSync(path, text);
execaSync(join(packageRoot, 'node_modules', '.bin', 'oxfmt'), [path]);
