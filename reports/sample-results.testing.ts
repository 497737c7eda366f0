/** Results made by hand for the tests of the reports: every outcome, long texts, and a class of any size. */
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
import { createRandom, type Random } from '../graders/numerics/random.ts';

const task = (id: string, title: string, checks: Verdict[]): TaskGrade => {
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
  const values = Array.from({ length: rows * cols }, (_, i) =>
    Math.floor(i / cols) > rows / 2 ? random.normal(0, 0.3) : random.normal(0, 2e-5),
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

/** One student with every outcome, and every field that a page can show. */
export function showcase(id = 's0042'): Grade {
  const random = createRandom(7, 'showcase');
  return grade(
    id,
    [
      task('q1a', 'Data pipeline', [
        verdict('q1a.split', 'makePipeline puts three quarters of the rows into training', 1, { margin: 2.4 }),
        verdict('q1a.scale', 'standardisation uses the statistics of the training rows only', 2, {
          notes: ['The standard deviation divides by n − 1; dividing by n is accepted as well.'],
        }),
        verdict('q1a.shuffle', 'two passes over the training set come in different orders', 2, {
          outcome: 'fail',
          points: 1,
          finding: {
            says: 'The rows are shuffled once, and then come in the same order in every pass.',
            asked: '404 rows, batch size 32, two passes',
            yours: 'pass 1: 17, 203, 88, 5, …\npass 2: 17, 203, 88, 5, …',
            expected: 'two different orders of the same 303 rows',
            hint: 'Let the dataset shuffle itself each time it is read, instead of shuffling the array once.',
          },
        }),
      ]),
      task('q1b', 'Train the Boston model', [
        verdict('q1b.model', 'buildModel has 993 parameters in layers of 32, 16 and 1', 3),
        verdict('q1b.compile', 'the optimiser is SGD with Nesterov momentum 0.9', 3, {
          outcome: 'crash',
          because: "TypeError: Cannot read properties of undefined (reading 'momentum')\n    at train (q1b.ts:41:27)",
          finding: {
            says: "TypeError: Cannot read properties of undefined (reading 'momentum')",
            places: [
              {
                path: 'q1b.ts',
                line: 41,
                column: 27,
                excerpt: '  const optimizer = tf.train.momentum(options.lr, settings.optimiser.momentum, true);',
              },
            ],
          },
        }),
        verdict('q1b.fit', 'training stops 30 epochs after the best validation error', 4, {
          outcome: 'timeout',
          because: 'No answer after 20 s. Training of 300 epochs on 303 rows takes about 6 s with the model solution.',
        }),
        verdict('q1b.curves', 'the curves hold one value per epoch', 3, {
          outcome: 'skipped',
          because:
            'Not run: it builds on "training stops 30 epochs after the best validation error", which did not pass.',
        }),
      ]),
      task('q2a', 'Activations under normal weights', [
        verdict('q2a.small', 'layerActivations equals the closed form on a small network', 4, { margin: 1.31 }),
        verdict('q2a.full', 'the saturated share of each layer is what the theory says', 4, {
          outcome: 'memory',
          because:
            'More than 512 MB were asked for. Build the layers one after the other and dispose of what is no longer needed.',
        }),
        verdict('q2a.plot', 'the histogram of each layer is a density', 2, {
          outcome: 'missing',
          because: 'plots/q2b.json was not handed in.',
        }),
      ]),
      task('q3c', 'Gradients of the network by hand', [
        verdict('q3c.dW2', 'grads returns ∂L/∂W² of the mean loss', 5, {
          outcome: 'fail',
          margin: -3.97,
          finding: {
            says: 'W2 is not the gradient of the loss: 44% of its entries are wrong.',
            asked: '3 layers 13-7-5-4, batch of 5, weights four times larger than usual, random biases',
            gaps: [
              gapOf('W2', 12, 28, random),
              {
                ...gapOf('b2', 1, 12, random),
                shape: [12],
                worst: { index: [11], yours: NaN, expected: -0 },
                distance: Infinity,
              },
            ],
            tolerance: 'largest error below 1e-4 of the largest expected entry (float32, 5 products summed)',
            hint: 'Write down the shape of every factor of the chain rule before you multiply.',
          },
          diagnosis: {
            mistakes: ['derivative-at-h'],
            certainty: 'certain',
            says: 'The derivative of the sigmoid is taken at the activation h, as σ′(h), where h(1 − h) or σ′(z) is needed.',
            evidence: [
              'With this mistake W2 would be −0.0412346 at [11, 2], exactly as yours is.',
              'The other 23 known mistakes are at least 40 times further from your answer.',
            ],
          },
        }),
        verdict('q3c.db2', 'grads returns ∂L/∂b² of the mean loss', 3, {
          outcome: 'fail',
          margin: -0.7,
          finding: {
            says: 'b2 is five times the gradient of the mean loss.',
            yours: '0.0938272',
            expected: '0.0187654',
            hint: 'The loss is a mean over the batch.',
          },
          diagnosis: {
            mistakes: ['sum-not-mean'],
            certainty: 'family',
            says: 'The gradient is summed over the batch instead of averaged.',
            evidence: ['factor 5.00000, and the batch has 5 rows'],
          },
          followThrough: 'Judged with your own W2, so that its mistake costs you once.',
        }),
        verdict('q3c.policy', 'the gradients are made without automatic differentiation', 2, {
          outcome: 'refused',
          because: 'tf.grads differentiates for you, which this task rules out.',
          finding: {
            says: 'tf.grads differentiates for you, which this task rules out.',
            places: [
              {
                path: 'src/q3c.ts',
                line: 12,
                column: 17,
                excerpt: 'const [dW2, db2] = tf.grads((W, b) => loss(x, W, b))([W2, b2]);',
              },
            ],
          },
        }),
        verdict('q3c.held', 'the gradients agree with finite differences', 2, {
          outcome: 'broken',
          because: 'The grader failed.',
          staff: 'Error: oracle returned NaN at /srv/grader/oracle.ts:12',
        }),
      ]),
      task('q1c', 'Why standardise?', [
        verdict('q1c.essay', 'a person reads your explanation', 5, {
          outcome: 'manual',
          manual: {
            text: 'Without standardisation TAX (about 400) dominates NOX (about 0.55), so the loss surface is a long narrow valley.\n\nWith the same learning rate the weights of the large features overshoot, and in my run the loss was NaN after the first epoch.',
            rubric: [
              {
                id: 'scale',
                title: 'Features are on very different scales',
                marks: 2,
                concepts: ['scale', 'magnitude'],
              },
              {
                id: 'conditioning',
                title: 'The loss is badly conditioned, so one learning rate does not fit all',
                marks: 2,
                concepts: ['condition'],
              },
              { id: 'evidence', title: 'Evidence from own runs', marks: 1 },
            ],
            hits: ['scale', 'learning rate'],
          },
        }),
      ]),
    ],
    {
      late: 'Handed in 2 h 10 min after the deadline.',
      notes: ['q1b.ts was found in the folder src and taken from there.'],
      stdout: 'epoch 1 loss 500.87\nepoch 2 loss 98.12\n',
    },
  );
}

const CHECKS: readonly [string, string, string, number][] = [
  ['q1a', 'Data pipeline', 'the split keeps every row exactly once', 2],
  ['q1a', 'Data pipeline', 'standardisation uses the training rows only', 3],
  ['q1b', 'Train the Boston model', 'buildModel has 993 parameters', 3],
  ['q1b', 'Train the Boston model', 'the optimiser is SGD with Nesterov momentum', 3],
  ['q1b', 'Train the Boston model', 'training stops 30 epochs after the best', 4],
  ['q2a', 'Activations under normal weights', 'layerActivations equals the closed form', 5],
  ['q2a', 'Activations under normal weights', 'initial weights are normal with variance 1', 5],
  ['q3b', 'Forward pass by hand', 'forward returns the class probabilities', 5],
  ['q3b', 'Forward pass by hand', 'large logits stay finite', 5],
  ['q3c', 'Gradients by hand', 'grads returns ∂L/∂W² of the mean loss', 6],
  ['q3c', 'Gradients by hand', 'grads returns ∂L/∂b² of the mean loss', 4],
  ['q3c', 'Gradients by hand', 'grads returns ∂L/∂W¹ of the mean loss', 5],
];

const MISTAKES = [
  ['sum-not-mean', 'The gradient is summed over the batch instead of averaged.'],
  ['no-transpose', 'The upstream gradient is multiplied by W instead of its transpose.'],
  ['no-bias', 'The bias is left out.'],
  ['derivative-at-h', 'The derivative of the sigmoid is taken at the activation.'],
] as const;

/** A class of `n` students of mixed skill; equal seeds give equal classes. */
export function classOf(n: number, seed = 1): Grade[] {
  return Array.from({ length: n }, (_, i) => student(`s${String(1001 + i)}`, createRandom(seed, `student ${i}`), i));
}

function student(id: string, random: Random, index: number): Grade {
  if (index === 5)
    return grade(id, [], { refused: 'The archive holds no module: put q1a.ts, q1b.ts … at its top level.', max: 55 });
  const skill = Math.min(0.99, Math.max(0.05, random.normal(0.72, 0.22)));
  const checks = CHECKS.map(([taskId, , title, points], i) => {
    const checkId = `${taskId}.c${i}`;
    if (random.next() < skill) return verdict(checkId, title, points, { margin: random.uniform(0.2, 4) });
    return failure(checkId, title, points, random, index === 9 && i === 7);
  });
  const tasks = [...new Set(CHECKS.map(([taskId]) => taskId))].map((taskId) =>
    task(
      taskId,
      CHECKS.find(([id2]) => id2 === taskId)![1],
      checks.filter((check) => check.task === taskId),
    ),
  );
  const essay = verdict('q1c.essay', 'a person reads your explanation', 5, {
    outcome: 'manual',
    manual: { text: 'Because of the scales.', rubric: [{ id: 'a', title: 'Scales', marks: 5 }], hits: [] },
  });
  return grade(
    id,
    [...tasks, task('q1c', 'Why standardise?', [essay])],
    index % 23 === 3 ? { late: 'Handed in 40 min after the deadline.' } : {},
  );
}

function failure(id: string, title: string, points: number, random: Random, broken: boolean): Verdict {
  if (broken)
    return verdict(id, title, points, { outcome: 'broken', staff: 'RangeError: out of memory in the oracle' });
  const kind = random.next();
  if (kind < 0.15)
    return verdict(id, title, points, {
      outcome: 'crash',
      because: `TypeError: x.shape is undefined (line ${random.integer(90)})`,
    });
  if (kind < 0.25)
    return verdict(id, title, points, { outcome: 'missing', because: 'The function was not handed in.' });
  if (kind < 0.3) return verdict(id, title, points, { outcome: 'timeout', because: 'No answer after 20 s.' });
  const [mistake, says] = MISTAKES[random.integer(MISTAKES.length)]!;
  return verdict(id, title, points, {
    outcome: 'fail',
    points: random.next() < 0.3 ? points / 2 : 0,
    margin: -random.uniform(0.2, 4),
    finding: {
      says: `The answer is off by a factor of ${random.uniform(2, 9).toFixed(2)}.`,
      gaps: [gapOf('W2', 16, 16, random)],
      hint: 'Check the shapes of every factor.',
    },
    diagnosis: {
      mistakes: kind < 0.7 ? [mistake] : [],
      certainty: kind < 0.7 ? 'consistent' : 'unknown',
      says: kind < 0.7 ? says : 'No known mistake explains this.',
      evidence: ['factor 5.0'],
    },
  });
}
