/** Parts from which the tests of the reports make results by hand. */
import type { Assignment, Task } from '../graders/model/assignment.ts';
import type { TensorGap } from '../graders/model/finding.ts';
import type { FeedbackLevel, Grade, Results, TaskGrade } from '../graders/model/grade.ts';
import type { SandboxLevel } from '../graders/model/guest.ts';
import type { Submission } from '../graders/model/submission.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import type { Random } from '../graders/numerics/random.ts';
import { settle, total } from '../graders/settle.ts';

/** A task whose marks are exactly those of its checks, settled as in grading. */
export const task = (id: string, title: string, checks: Verdict[]): TaskGrade => {
  const verdicts = checks.map((check) => ({ ...check, task: id }));
  const [settled] = settle(
    sheet([{ id, title, marks: total(checks.map(({ max }) => max)), kinds: ['code'] }]),
    handedIn('x'),
    verdicts,
  ).tasks;
  return { ...settled!, checks };
};

export const grade = (id: string, tasks: TaskGrade[], more: Partial<Grade> = {}): Grade => {
  const asked = tasks.map(({ id: task, title, max }): Task => ({ id: task, title, marks: max, kinds: ['code'] }));
  const verdicts = tasks.flatMap(({ id: task, checks }) => checks.map((check) => ({ ...check, task })));
  return { ...settle(sheet(asked), handedIn(id), verdicts), tasks, ...more };
};

const sheet = (tasks: Task[]): Assignment => ({
  schema: 'gradmark/assignment/v1',
  slug: 'init-mnist-grads',
  title: 'Multi-layer perceptrons and backpropagation',
  summary: '',
  imports: [],
  limits: { callMs: 1, submissionMs: 1, memoryMb: 1 },
  tasks,
});

const handedIn = (id: string): Submission => ({
  id,
  sha256: '9f2c4e7ab01d5583c6f0e2a94b7d18ee63a5c0f4d2b1978e5a6c3d4f00b1e2a7',
  files: [],
  notes: [],
});

export const results = (
  submissions: Grade[],
  feedback: FeedbackLevel = 'full',
  level: SandboxLevel = 'A',
): Results => ({
  schema: 'gradmark/results/v1',
  assignment: 'init-mnist-grads',
  title: 'Multi-layer perceptrons and backpropagation',
  graderVersion: '0.1.0',
  seed: 20260303,
  round: { name: 'first sitting', fingerprint: '3f9a-12c4' },
  backend: 'wasm',
  level,
  feedback,
  startedAt: '2026-03-03T14:00:00.000Z',
  finishedAt: '2026-03-03T14:05:12.000Z',
  submissions,
});

export const verdict = (id: string, title: string, max: number, more: Partial<Verdict> = {}): Verdict => {
  const outcome = more.outcome ?? 'pass';
  return { id, title, task: id.split('.')[0]!, outcome, points: outcome === 'pass' ? max : 0, max, ms: 40, ...more };
};

/** A heat map with structure: the last rows are missing a term, the rest is rounding. */
export function gapOf(name: string, rows: number, cols: number, random: Random): TensorGap {
  // Wrong in the lower half, most of all to the right; rounding elsewhere.
  const values = Array.from({ length: rows * cols }, (_, i) =>
    Math.floor(i / cols) >= rows / 2 ? random.normal(0, 0.1) * (0.3 + ((i % cols) / cols) * 3) : random.normal(0, 2e-5),
  );
  return {
    name,
    shape: [rows, cols],
    distance: 0.9312,
    tolerance: 1e-4,
    worst: { index: [rows - 1, 2], yours: -0.0412345678, expected: 0.0187654321 },
    badShare: 0.44,
    heat: { rows, cols, values },
  };
}
