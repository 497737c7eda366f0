/** What `gradmark audit` does: the grader is measured, and the figures are held against what it must reach. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AuditReport } from '../audit/audit.ts';
import { audit } from '../audit/audit.ts';
import { unmet } from '../audit/gate.ts';
import { noJournal, openJournal } from '../audit/journal.ts';
import { auditText } from '../audit/text.ts';
import { toJson } from '../gradebook/json.ts';
import { makeFolders } from '../make-folders.ts';
import { auditPage } from '../../reports/audit-page.ts';
import { ownPrograms, pythonProgramsOf } from './audited-parts.ts';
import { exitCodes } from './exit-codes.ts';
import { chooseBackends, chooseLevel, openNamed } from './open-named.ts';
import { jobsFor } from './jobs.ts';
import { graderVersion } from './version.ts';

export interface AuditOptions {
  quick?: boolean;
  out?: string;
  jobs?: number;
  seed: number;
  language: 'typescript' | 'python';
  seeds?: number;
  backends?: string;
  failUnder: number;
  json?: boolean;
  assignments: string[];
  allowUnsafe?: boolean;
  mutants?: number;
}

/** How much is measured: enough for a rate below one in a thousand, or enough to notice that something broke. */
const extents = {
  full: {
    programs: Infinity,
    runs: 3000,
    mostPairs: 2000,
    writings: 4,
    mostMutants: 2000,
    repetitions: 21,
    repeatCostly: true,
  },
  quick: { programs: 6, runs: 12, mostPairs: 60, writings: 1, mostMutants: 24, repetitions: 6, repeatCostly: false },
} as const;

/** At most this many of the items, from the first on, evenly spread. */
const evenly = <T>(items: readonly T[], most: number): T[] => {
  const step = Math.max(1, items.length / most);
  return items.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
};

/** Audits the coursework, writes the report where one is asked for, and returns 1 when the grader is not good enough. */
export async function runAudit(slug: string, options: AuditOptions): Promise<number> {
  const whole = await openNamed(slug, options.assignments);
  const { language } = options;
  const extent = options.quick === true ? extents.quick : extents.full;
  const level = await chooseLevel(options.allowUnsafe === true);
  const { coursework, parts, endings } =
    language === 'python'
      ? await pythonProgramsOf(whole, slug, level)
      : await ownPrograms(whole, slug, options.quick === true);
  const chosen = parts.map((part) => ({ ...part, correct: evenly(part.correct, extent.programs / parts.length) }));
  const programs = chosen.reduce((sum, { correct }) => sum + correct.length, 0);
  // What a program in Python computes with is no backend of the library.
  const backends = language === 'python' ? (['cpu'] as const) : await chooseBackends(options.backends);
  const report = await audit(
    {
      coursework,
      parts: chosen,
      endings,
      level,
      seed: options.seed,
      backends,
      seeds: options.seeds ?? Math.max(1, Math.ceil(extent.runs / (programs * backends.length))),
      ...extent,
      mostMutants: options.mutants ?? extent.mostMutants,
      jobs: options.jobs ?? jobsFor(coursework.assignment.limits.memoryMb),
      journal:
        options.out === undefined
          ? noJournal
          : openJournal(
              join(options.out, 'audit-rows.jsonl'),
              `${coursework.hash}, ${language}, seed ${options.seed}, level ${level}`,
            ),
      clock: () => performance.now(),
      onProgress: createStageProgress(process.stderr),
    },
    graderVersion(),
  );
  const complaints = unmet(report.figures, { mutants: options.failUnder / 100 });
  if (options.out !== undefined) await writeReport(options.out, report, complaints);
  process.stdout.write(
    options.json === true ? toJson({ ...report, unmet: complaints }) : auditText(report, complaints),
  );
  return complaints.length === 0 ? exitCodes.done : exitCodes.failed;
}

async function writeReport(out: string, report: AuditReport, complaints: readonly string[]): Promise<void> {
  makeFolders(out);
  await writeFile(join(out, 'audit.json'), toJson({ ...report, unmet: complaints }));
  await writeFile(join(out, 'audit.html'), auditPage(report, complaints));
  process.stderr.write(`Report: ${resolve(join(out, 'audit.html'))}\n`);
}

/** A line per stage on a terminal, a line now and then elsewhere; with the time that the stage still needs. */
function createStageProgress(stream: NodeJS.WriteStream) {
  let stage = '';
  let startedAt = 0;
  let shownAt = 0;
  return (name: string, done: number, total: number) => {
    const now = performance.now();
    if (name !== stage) [stage, startedAt, shownAt] = [name, now, 0];
    const last = done >= total;
    if (!last && now - shownAt < (stream.isTTY ? 200 : 10_000)) return;
    shownAt = now;
    const left = Math.ceil(((now - startedAt) / done) * (total - done) * 1e-3);
    const text = `${name}: ${done} of ${total}${last ? '' : `, about ${left} s left`}`;
    stream.write(stream.isTTY && !last ? `\r\x1b[2K${text}` : `${stream.isTTY ? '\r\x1b[2K' : ''}${text}\n`);
  };
}
