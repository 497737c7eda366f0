/** What a class costs: per submission, with two workers, and whether a large class costs more than a small one. */
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../graders/package-root.ts';
import { bareNodeMs, measure, median } from './cpu-of.ts';
import type { Line } from './lines.ts';
import { notIdle } from './machine.ts';

const slug = 'boston-init-mnist-grads';
const question3 = 'Q3a,Q3b,Q3c,Q3d';
const small = 12;

/** Question 3 of a class of this many submissions, no two of which hold equal files. */
export async function benchClass(count: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-bench-class-'));
  const bare = [await bareNodeMs()];
  // The first grading of all also makes what a machine needs once, as long as the program is as it is: a class is not charged for it.
  const first = await grade(folder, makeClass(join(folder, 'first'), 1), 1);
  const one = await grade(folder, makeClass(join(folder, 'one'), 1), 1);
  const few = await grade(folder, makeClass(join(folder, 'few'), small), 1);
  const path = makeClass(join(folder, 'many'), count);
  const many = await grade(folder, path, 1);
  bare.push(await bareNodeMs());
  const two = await grade(folder, path, 2);
  bare.push(await bareNodeMs());
  rmSync(folder, { recursive: true });
  const marginal = (many.cpuMs - few.cpuMs) / (count - small);
  const started = few.cpuMs - small * marginal;
  const amongFew = (few.cpuMs - one.cpuMs) / (small - 1);
  const unjudged = notIdle(two.othersShare);
  return [
    {
      says: `Question 3, class of ${count}, a submission`,
      value: many.cpuMs / count / 1000,
      unit: 's CPU',
      goal: 0.25,
      // Caches and hyperthreads that others use make every CPU second dearer.
      unjudged: notIdle(many.othersShare),
    },
    // The same goal for machines of any speed: it was set where bare Node took 17.2 ms.
    { says: '… in starts of bare Node', value: many.cpuMs / count / median(bare), unit: '× bare Node', goal: 14.5 },
    { says: '… of it, once for the whole class', value: started / 1000, unit: 's CPU' },
    { says: 'a class of one, before all others', value: first.cpuMs / 1000, unit: 's CPU' },
    { says: `a further submission beyond ${small}`, value: marginal / 1000, unit: 's CPU' },
    { says: '… in starts of bare Node', value: marginal / median(bare), unit: '× bare Node' },
    { says: `… in multiples of a further one among ${small}`, value: marginal / amongFew, unit: '×', goal: 1.1 },
    { says: `the host's memory at its peak, ${small} submissions`, value: few.hostMb, unit: 'MB' },
    { says: `… ${count} submissions`, value: many.hostMb, unit: 'MB' },
    {
      says: `… ${small} → ${count} submissions`,
      value: many.hostMb - few.hostMb,
      unit: 'MB more',
      goal: 50,
    },
    { says: '--jobs 2: as fast as --jobs 1', value: many.wallMs / two.wallMs, unit: '×' },
    {
      says: '--jobs 2: share of two cores in use',
      value: (100 * two.cpuMs) / two.wallMs / 2,
      unit: '%',
      least: 90,
      unjudged,
    },
  ];
}

/** The fixtures' class again and again, with a comment that makes every file of it another one. */
function makeClass(path: string, count: number): string {
  const from = join(packageRoot, 'fixtures/course');
  const students = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (let i = 0; i < count; i++) {
    const to = join(path, `student-${String(i).padStart(5, '0')}`);
    cpSync(join(from, students[i % students.length]!.name), to, { recursive: true, dereference: true });
    for (const file of readdirSync(to).filter((name) => name.endsWith('.ts')))
      appendFileSync(join(to, file), `\n// ${i}\n`);
  }
  return path;
}

const grade = (folder: string, path: string, jobs: number) =>
  measure([
    ...[process.execPath, join(packageRoot, 'bin/gradmark.js'), 'grade', slug, path, '--only', question3],
    ...['--jobs', String(jobs), '--out', mkdtempSync(join(folder, 'out-'))],
  ]);
