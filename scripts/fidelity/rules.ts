/**
 * The rules by which gradients are judged today, reimplemented with their defaults. Each gets what its tool gets: the
 * student's gradient and either a reference gradient or the loss to differentiate numerically.
 */
import type { NdArray } from '../../graders/model/numbers.ts';
import { compareTensor, judge } from '../../graders/numerics/compare.ts';
import type { Random } from '../../graders/numerics/random.ts';
import { float32 } from '../../graders/numerics/tolerance.ts';
import type { Answer } from '../../graders/question.ts';

/** What is judged: the gradient as submitted, and the same program's gradient in double precision. */
export interface Submitted {
  given: Answer;
  inDouble: Answer;
}

/** What a rule may know. */
export interface Known {
  /** Right gradient in float64. */
  expected: Answer;
  /** Numerical gradient by central differences with this step, in the precision of the student's arithmetic. */
  numeric(step: number): Answer;
  /** Central difference of the loss along a direction per tensor. */
  along(name: string, direction: ArrayLike<number>, step: number): number;
  random: Random;
}

export interface Rule {
  name: string;
  source: string;
  accepts(submitted: Submitted, known: Known): boolean;
}

type Entry = (yours: number, expected: number) => boolean;

/** Every entry of every tensor passes. */
const everywhere = (yours: Answer, expected: Answer, entry: Entry): boolean =>
  Object.entries(expected).every(([name, right]) => {
    const given = yours[name];
    return given !== undefined && right.data.every((value, i) => entry(given.data[i]!, value));
  });

const close =
  (rtol: number, atol: number): Entry =>
  (a, b) =>
    Math.abs(a - b) <= atol + rtol * Math.abs(b);

const relative =
  (limit: number): Entry =>
  (a, b) =>
    Math.abs(a - b) / Math.max(1e-8, Math.abs(a) + Math.abs(b)) <= limit;

/** Python's round half to even at two decimals. */
function roundTwo(x: number): number {
  const scaled = x * 100;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  if (rest !== 0.5) return Math.round(scaled) / 100;
  return (floor % 2 === 0 ? floor : floor + 1) / 100;
}

export const rules: readonly Rule[] = [
  {
    name: 'exact equality',
    source: 'assert a == b',
    accepts: ({ given }, { expected }) => everywhere(given, expected, (a, b) => a === b),
  },
  {
    name: 'rounded to 2 decimals',
    source: 'nbgrader autotest: str(round(x, 2))',
    accepts: ({ given }, { expected }) => everywhere(given, expected, (a, b) => roundTwo(a) === roundTwo(b)),
  },
  {
    name: 'allclose 1e-5, 1e-8',
    source: 'numpy.allclose defaults, element by element',
    accepts: ({ given }, { expected }) => everywhere(given, expected, close(1e-5, 1e-8)),
  },
  {
    name: 'isclose 1e-9, 0',
    source: 'math.isclose with abs_tol 0, as in TESTed',
    accepts: ({ given }, { expected }) =>
      everywhere(given, expected, (a, b) => a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))),
  },
  {
    name: 'absolute 1e-3',
    source: 'tfjs test_util.expectArraysClose',
    accepts: ({ given }, { expected }) => everywhere(given, expected, close(0, 1e-3)),
  },
  {
    name: 'relative error ≤ 1e-7',
    source: 'CS231n notes, "happy", against differences with h = 1e-5',
    accepts: ({ given }, known) => everywhere(given, known.numeric(1e-5), relative(1e-7)),
  },
  {
    name: 'relative error ≤ 1e-2',
    source: 'CS231n notes, above it "usually wrong"',
    accepts: ({ given }, known) => everywhere(given, known.numeric(1e-5), relative(1e-2)),
  },
  {
    name: 'CS224n, 1e-5',
    source: 'gradcheck_naive: |n−g| / max(1, |n|, |g|), h = 1e-4',
    accepts: ({ given }, known) =>
      everywhere(given, known.numeric(1e-4), (a, b) => Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b)) <= 1e-5),
  },
  {
    name: 'gradcheck',
    source: 'torch.autograd.gradcheck: eps 1e-6, atol 1e-5, rtol 1e-3',
    accepts: ({ given }, known) => everywhere(given, known.numeric(1e-6), close(1e-3, 1e-5)),
  },
  {
    name: 'gradcheck, fast mode',
    source: 'torch fast_mode: one positive random direction per tensor, atol scaled by its sum',
    accepts: ({ given }, known) =>
      Object.entries(known.expected).every(([name, right]) => {
        const raw = Array.from(right.data, () => known.random.next());
        const norm = Math.hypot(...raw);
        const u = raw.map((value) => value / norm);
        const numeric = known.along(name, u, 1e-6);
        const analytic = dot(given[name], u);
        const sum = u.reduce((total, value) => total + value, 0);
        return Math.abs(analytic - numeric) <= 1e-5 * sum + 1e-3 * Math.abs(numeric);
      }),
  },
  {
    name: 'gradmark',
    source:
      'per tensor, scaled by its largest entry: ≤ 2e-4 right, ≥ 2e-3 wrong, between asked again in double precision',
    accepts: ({ given, inDouble }, { expected }) =>
      Object.entries(expected).every(([name, right]) => {
        const decide = (answer: Answer) => {
          const yours = answer[name];
          return yours === undefined ? 'reject' : judge(compareTensor(name, yours, right, float32), float32);
        };
        const first = decide(given);
        return first === 'undecided' ? decide(inDouble) === 'accept' : first === 'accept';
      }),
  },
];

const dot = (a: NdArray | undefined, u: readonly number[]): number =>
  a === undefined ? NaN : u.reduce((sum, value, i) => sum + value * a.data[i]!, 0);
