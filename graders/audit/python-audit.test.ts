/** The audit of programs in Python, of one unit: known mistakes, a right program, mutants, and the same work graded again. */
import { expect, test } from 'vitest';
import { listCourseworks, openCoursework } from '../coursework.ts';
import type { Coursework } from '../coursework.ts';
import { withoutPython } from '../runtimes/python/python.testing.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import { audit } from './audit.ts';
import { unmet } from './gate.ts';
import { noJournal } from './journal.ts';
import { pythonPrograms } from './python-fixtures.ts';

const slug = 'descent-components-digits';

/** The coursework as if it asked for this task alone. */
async function onlyTask(id: string): Promise<Coursework> {
  const whole = await openCoursework((await listCourseworks([])).get(slug)!);
  const tasks = whole.assignment.tasks.filter((task) => task.id === id);
  const checks = whole.checks.filter(({ task }) => task === id);
  return { ...whole, assignment: { ...whole.assignment, tasks }, checks };
}

test.skipIf(withoutPython !== undefined)(
  'one unit passes its audit: the model solution, and what is changed in it',
  { timeout: 3_600_000 },
  async () => {
    const coursework = await onlyTask('1.2b');
    const report = await audit(
      {
        coursework,
        parts: [{ coursework, correct: (await pythonPrograms(slug))!.slice(0, 1) }],
        endings: [],
        level: await bestLevel(),
        seed: 20_260,
        backends: ['cpu'],
        seeds: 1,
        mostPairs: 5,
        writings: 1,
        mostMutants: 2,
        repetitions: 2,
        repeatCostly: false,
        jobs: 1,
        journal: noJournal,
        clock: () => performance.now(),
        onProgress: () => undefined,
      },
      'test',
    );
    const { figures } = report;
    expect(unmet(figures, { mutants: 1 })).toEqual([]);
    expect(figures.falseRejections.part).toBe(0);
    expect(report.correct.map(({ program }) => program)).toEqual(['reference']);
    expect(figures.knownMistakes.of).toBeGreaterThan(5);
    expect(report.mutants.filter(({ fate }) => fate === 'killed').length).toBe(2);
  },
);
