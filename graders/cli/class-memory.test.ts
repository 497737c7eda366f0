import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event, Judged } from '../gradebook/event.ts';
import { openGradebook } from '../gradebook/store.ts';
import { gradeClass } from '../marking/class.testing.ts';
import type { TensorGap } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { packageRoot } from '../package-root.ts';

const gap: TensorGap = {
  ...{ name: 'dW', shape: [20, 30], distance: 0.5, tolerance: 1e-4, badShare: 1 },
  worst: { index: [0, 0], yours: 1, expected: 2 },
};

/** A map of numbers as findings show it, other ones for everybody, of a size that fills the room of a page. */
const finding = (i: number): Verdict['finding'] => ({
  says: `The gradient of student ${i} differs.`,
  gaps: [{ ...gap, heat: { rows: 20, cols: 30, values: Array.from({ length: 600 }, (_, j) => Math.sin(i + j / 7)) } }],
});

/** A folder whose gradebook holds so many students, each with 12 kB of verdicts, as a graded question has them. */
function makeClass(folder: string, count: number, name = String(count)): string {
  const students = Array.from({ length: count }, (_, i) => `student-${String(i).padStart(5, '0')}`);
  const source = openGradebook();
  gradeClass(source, students);
  const book = openGradebook(join(folder, name));
  const events = source.events().map(({ seq: _, ...event }, i) => {
    return event.kind === 'judged' ? { ...event, verdicts: event.verdicts.map(withFinding(i)) } : event;
  });
  // And graded once more, with nothing new: what the page compares with is as large.
  const again = events.find(({ kind }) => kind === 'begun')!;
  book.append([...events, { ...again, at: '2026-11-05T09:00:00.000Z' }] as Event[]);
  source.close();
  book.close();
  return join(folder, name);
}

const withFinding =
  (i: number) =>
  (verdict: Judged['verdicts'][number]): Verdict =>
    verdict.manual === undefined ? { ...verdict, outcome: 'fail', points: 0, finding: finding(i) } : verdict;

/** The most memory that writing all pages of the class takes. */
async function peakMb(folder: string): Promise<number> {
  const says = `data:text/javascript,process.on('exit', () => console.error(process.resourceUsage().maxRSS))`;
  const program = join(packageRoot, 'bin/gradmark.js');
  const { stderr } = await execa(process.execPath, ['--import', says, program, 'report', folder]);
  return Number(stderr.trim().split('\n').at(-1)) / 1024;
}

test('a large class is written with little more memory than a small one, the first time and again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-large-'));
  try {
    const small = makeClass(folder, 12);
    const large = ['large', 'as large'].map((name) => makeClass(folder, 1200, name));
    // On a busy machine garbage is collected later: that can only add, so that the smaller of two tells.
    const least = async () => Math.min(await peakMb(large[0]!), await peakMb(large[1]!));
    // What is made once for a machine is made.
    await peakMb(small);
    const few = await peakMb(small);
    expect((await least()) - few).toBeLessThan(80);
    expect((await least()) - few).toBeLessThan(80);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
