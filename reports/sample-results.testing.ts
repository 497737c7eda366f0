/** Parts from which the tests of the reports make results by hand. */
import type {
  FeedbackLevel,
  Grade,
  Results,
  SandboxLevel,
  TaskGrade,
  TaskStatus,
  TensorGap,
  Verdict,
} from '../graders/model.ts';
import type { Random } from '../graders/numerics/random.ts';

export const task = (id: string, title: string, checks: Verdict[]): TaskGrade => {
  const max = sum(checks.map((check) => check.max));
  const score = sum(checks.map((check) => check.points));
  const manualMax = sum(checks.filter((check) => check.outcome === 'manual').map((check) => check.max));
  return { id, title, score, max, manualMax, status: statusOf(checks, score, max - manualMax), checks };
};

function statusOf(checks: readonly Verdict[], score: number, automatic: number): TaskStatus {
  if (checks.some((check) => check.outcome === 'broken')) return 'held';
  const own = checks.filter((check) => check.outcome !== 'manual');
  if (own.length === 0) return 'manual';
  if (own.every((check) => check.outcome === 'missing')) return 'missing';
  return score >= automatic ? (own.length < checks.length ? 'manual' : 'pass') : score > 0 ? 'partial' : 'fail';
}

const sum = (values: readonly number[]) => Math.round(values.reduce((a, b) => a + b, 0) * 1000) / 1000;

export const grade = (id: string, tasks: TaskGrade[], more: Partial<Grade> = {}): Grade => ({
  id,
  sha256: '9f2c4e7ab01d5583c6f0e2a94b7d18ee63a5c0f4d2b1978e5a6c3d4f00b1e2a7',
  score: sum(tasks.map((t) => t.score)),
  max: sum(tasks.map((t) => t.max)),
  manualMax: sum(tasks.map((t) => t.manualMax)),
  held: tasks.some((t) => t.status === 'held'),
  notes: [],
  tasks,
  ...more,
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
