/**
 * Audits every coursework in full, measures today's rules beside ours, and writes docs/fidelity.md. What was measured before
 * with the same grader is not measured again, so it can be interrupted; what is not measured at all keeps the figures that the
 * page has.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import type { AuditReport } from '../graders/audit/audit.ts';
import { auditText } from '../graders/audit/text.ts';
import { listCourseworks } from '../graders/coursework.ts';
import { fromJson } from '../graders/gradebook/json.ts';
import { packageRoot } from '../graders/package-root.ts';
import { misused, scriptOptions } from './script-options.ts';

const usage = `npm run fidelity -- [<coursework>…] [--language typescript|python] [--quick] [--mutants <n>] [--seeds <n>]

Audits all courseworks, or those that are named, in every language or in one, and writes docs/fidelity.md.
--quick takes a sample of everything; --mutants and --seeds are handed to the audits.`;
const { values: options, positionals: named } = scriptOptions(usage, {
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    language: { type: 'string' },
    mutants: { type: 'string' },
    seeds: { type: 'string' },
  },
});
const { quick, language } = options;
const slugs = [...(await listCourseworks([])).keys()];
if (!['typescript', 'python', undefined].includes(language)) misused(`There is no language ${language}.`, usage);
for (const slug of named) if (!slugs.includes(slug)) misused(`There is no coursework ${slug}.`, usage);
const extent = [
  ...(quick ? ['--quick'] : []),
  ...(options.mutants === undefined ? [] : ['--mutants', options.mutants]),
  ...(options.seeds === undefined ? [] : ['--seeds', options.seeds]),
];

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

const path = join(packageRoot, 'docs', 'fidelity.md');
const before = existsSync(path) ? readFileSync(path, 'utf8') : '';

/** The section under this heading as it stands in the page, up to the next one. */
function standing(title: string): string | undefined {
  const at = before.indexOf(`\n## ${title}\n`) + 1;
  return at === 0 ? undefined : before.slice(at, before.indexOf('\n## ', at) + 1).replace(/\n+$/, '\n');
}

/** Which command measured less than all, for whoever reads the figures. */
const measuredBy = (slug: string, as: string): string =>
  extent.length === 0
    ? ''
    : `\`npm run fidelity -- ${slug} --language ${as} ${extent.join(' ')}\`${quick ? ', a sample of everything:' : ':'}\n\n`;

const hasPython = (slug: string): boolean => existsSync(join(packageRoot, 'reference', 'python', slug));
const audits = slugs.flatMap((slug) => [
  { slug, title: slug, as: 'typescript' },
  ...(hasPython(slug) ? [{ slug, title: `${slug}, in Python`, as: 'python' }] : []),
]);
const sections = audits.flatMap(({ slug, title, as }) => {
  const out = join(packageRoot, 'out', 'audit', as === 'python' ? `${slug}-python` : slug);
  const isWanted = (named.length === 0 || named.includes(slug)) && (language ?? as) === as;
  if (isWanted) printed('bin/gradmark.js', 'audit', slug, '--language', as, '--out', out, ...extent);
  const audited = join(out, 'audit.json');
  if (!isWanted || !existsSync(audited)) return standing(title) ?? [];
  const report = fromJson(readFileSync(audited, 'utf8')) as AuditReport & { unmet: string[] };
  return `## ${title}\n\n${measuredBy(slug, as)}\`\`\`\n${auditText(report, report.unmet).trimEnd()}\n\`\`\`\n`;
});
const notes = join(packageRoot, 'docs', 'fidelity-notes.md');
const text = `# How good the grader is, measured

${
  quick && named.length === 0
    ? 'These are the figures of the **quick** audits: `npm run fidelity -- --quick`. Samples this small notice when something breaks; they bound the rate of wrongly failed answers only loosely. `npm run fidelity` measures in full.'
    : 'Printed by `npm run fidelity`, which audits every coursework in full and can be repeated by anyone; `npx gradmark audit <coursework>` does one.'
} Correct programs are the model solution and every fixture with full marks. Checks that train networks or
read whole data sets run on every thirtieth seed, all others on each.

${sections.join('\n')}
## Today's rules, side by side

\`npm run bench:fidelity\`

${printed('scripts/bench-fidelity.ts')}
${existsSync(notes) ? readFileSync(notes, 'utf8') : ''}`;
writeFileSync(path, text);
execaSync(join(packageRoot, 'node_modules', '.bin', 'oxfmt'), [path]);
