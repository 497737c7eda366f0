/** A class of any size, with the mistakes that classes make. */
import type { Grade, TaskGrade } from '../graders/model/grade.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import { createRandom, type Random } from '../graders/numerics/random.ts';
import { gapOf, grade, task, verdict } from './sample-results.testing.ts';

interface Item {
  task: string;
  title: string;
  points: number;
  /** Ways to get it wrong, the commonest first: id (or '' when no mistake is recognised) and the sentence. */
  wrong: [string, string][];
}

const TASKS: Readonly<Record<string, string>> = {
  q1a: 'Data pipeline',
  q1b: 'Train the Boston model',
  q1c: 'Why standardise?',
  q2a: 'Activations under normal weights',
  q3b: 'Forward pass by hand',
  q3c: 'Gradients by hand',
};

const item = (taskId: string, points: number, title: string, ...wrong: [string, string][]): Item => ({
  task: taskId,
  title,
  points,
  wrong,
});

const ITEMS: readonly Item[] = [
  item('q1a', 2, 'the split keeps every row exactly once', ['', 'The split has 379 training rows instead of 303.']),
  item('q1a', 3, 'standardisation uses the training rows only', [
    'scaler-on-all',
    'Mean and deviation are taken over all rows, so the validation rows leak into training.',
  ]),
  item('q1b', 3, 'buildModel has 993 parameters', ['', 'The model has 1025 parameters; a bias is doubled or missing.']),
  item(
    'q1b',
    3,
    'the optimiser is SGD with Nesterov momentum',
    ['no-nesterov', 'Momentum is used without the Nesterov step.'],
    ['adam', 'The optimiser is Adam.'],
  ),
  item(
    'q1b',
    4,
    'training stops 30 epochs after the best',
    ['last-weights', 'The weights of the last epoch are kept, not those of the best.'],
    ['', 'Training stopped after 71 epochs.'],
  ),
  item('q2a', 5, 'layerActivations equals the closed form', [
    'before-tanh',
    'The activations are stored before the tanh.',
  ]),
  item(
    'q2a',
    5,
    'initial weights are normal with variance 1',
    ['variance-as-sd', 'The variance is used as the standard deviation.'],
    ['truncated', 'The weights are drawn from a truncated normal.'],
  ),
  item('q3b', 5, 'forward returns the class probabilities', [
    'softmax-columns',
    'The softmax runs down the columns instead of along the rows.',
  ]),
  item('q3b', 5, 'large logits stay finite', [
    'no-shift',
    'The largest logit is not subtracted before the exponential, which overflows.',
  ]),
  item(
    'q3c',
    6,
    'grads returns ∂L/∂W² of the mean loss',
    ['sum-not-mean', 'The gradient is summed over the batch instead of averaged.'],
    ['no-transpose', 'The upstream gradient is multiplied by W instead of its transpose.'],
  ),
  item('q3c', 4, 'grads returns ∂L/∂b² of the mean loss', [
    'sum-not-mean',
    'The gradient is summed over the batch instead of averaged.',
  ]),
  item(
    'q3c',
    5,
    'grads returns ∂L/∂W¹ of the mean loss',
    ['sum-not-mean', 'The gradient is summed over the batch instead of averaged.'],
    ['derivative-at-h', 'The derivative of the sigmoid is taken at the activation h instead of z.'],
    ['', 'W1 is wrong in 412 of its entries.'],
  ),
];

/** A class of `n` students of mixed skill; equal seeds give equal classes. */
export function classOf(n: number, seed = 1): Grade[] {
  return Array.from({ length: n }, (_, i) => student(`s${1001 + i}`, createRandom(seed, `student ${i}`), i));
}

function student(id: string, random: Random, index: number): Grade {
  const skill = Math.min(0.98, Math.max(0.1, random.normal(0.74, 0.2)));
  const checks = ITEMS.map((wanted, i) => {
    const checkId = `${wanted.task}.c${i}`;
    if (index === 9 && i === 7)
      return verdict(checkId, wanted.title, wanted.points, {
        outcome: 'broken',
        staff: 'RangeError: out of memory in the oracle',
      });
    if (random.next() < skill - 0.02 * i)
      return verdict(checkId, wanted.title, wanted.points, { margin: random.uniform(0.2, 4) });
    return failure(checkId, wanted, random);
  });
  const essay = verdict('q1c.essay', 'a person reads your explanation', 5, {
    outcome: 'manual',
    manual: {
      text: 'Because the features have very different scales.',
      rubric: [{ id: 'a', title: 'Scales', marks: 5 }],
      hits: [],
    },
  });
  const tasks = Object.entries(TASKS).map(([taskId, title]) =>
    task(
      taskId,
      title,
      [...checks, essay].filter((check) => check.task === taskId),
    ),
  );
  if (index === 5) return refusedGrade(id, tasks);
  return grade(id, tasks, index % 23 === 3 ? { late: 'Handed in 40 min after the deadline.' } : {});
}

/** What becomes of a submission that cannot be graded: every check refused for the same reason. */
export function refusedGrade(id: string, tasks: TaskGrade[]): Grade {
  const refused = 'The archive holds no module: put q1a.ts, q1b.ts … at its top level.';
  const refuse = ({ id: checkId, title, max }: Verdict) =>
    verdict(checkId, title, max, { outcome: 'refused', because: refused });
  return grade(
    id,
    tasks.map((each) => task(each.id, each.title, each.checks.map(refuse))),
    { refused },
  );
}

function failure(id: string, wanted: Item, random: Random): Verdict {
  const stop = (outcome: Verdict['outcome'], because: string) =>
    verdict(id, wanted.title, wanted.points, { outcome, because });
  const kind = random.next();
  if (kind < 0.1)
    return stop(
      'crash',
      `TypeError: Cannot read properties of undefined (reading 'shape')\n    at line ${random.integer(90)}`,
    );
  if (kind < 0.2) return stop('missing', 'The function was not handed in.');
  if (kind < 0.25) return stop('timeout', 'No answer after 20 s.');
  const [mistake, says] = wanted.wrong[Math.floor(random.next() ** 2 * wanted.wrong.length)]!;
  return verdict(id, wanted.title, wanted.points, {
    outcome: 'fail',
    points: random.next() < 0.2 ? wanted.points / 2 : 0,
    margin: -random.uniform(0.2, 4),
    finding: {
      says: mistake === '' ? says : 'The answer differs from the expected one.',
      gaps: [gapOf('W2', 16, 16, random)],
      hint: 'Check the shape of every factor.',
    },
    diagnosis: {
      mistakes: mistake === '' ? [] : [mistake],
      certainty: mistake === '' ? 'unknown' : 'consistent',
      says: mistake === '' ? 'No known mistake explains this answer.' : says,
      evidence: ['yours is 5.00000 times the expected value in every entry'],
    },
  });
}
