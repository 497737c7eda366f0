/** Questions 2.1a, b, d, e and f: the digits as lists, pairs, vectors and one-hot rows. 8 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, firstWrong, isAttempt } from '../../evaluate.ts';
import type { AnyProblem } from '../../problem.ts';
import { inWords, isArray, isHandle } from '../../values.ts';
import { loadProblem, oneHotProblem, orderProblem, pairsProblem, rangeProblem } from './data-problems.ts';
import { callToVector } from './data-question.ts';

const check = (
  problem: AnyProblem,
  points: number,
  title: string,
  asks: string,
  words: Readonly<Record<string, string>>,
): Check => ({
  id: problem.id,
  task: problem.id.slice(0, 4),
  title,
  asks,
  points,
  problems: [problem],
  run: async (context) => firstWrong(await evaluate(context, problem), words),
});

export const listChecks: Check[] = [
  check(
    loadProblem,
    1,
    'loadDigits gives every line as an 8×8 image with its target',
    'loadDigits of 7 and of 12 lines of random pixels.',
    { images: 'The list of images', targets: 'The list of targets' },
  ),
  check(
    pairsProblem,
    2,
    'toPairs puts every input beside its target, in order',
    'toPairs of 5 and of 9 images with targets.',
    { inputs: 'The list of inputs', targets: 'The list of targets' },
  ),
];

export const vectorChecks: Check[] = [
  check(
    orderProblem,
    1,
    'toVector writes the 64 pixels row after row',
    'toVector of two images; only the order of the pixels counts.',
    { vector: 'The order of the pixels' },
  ),
  check(
    rangeProblem,
    1,
    'toVector scales all images alike, to [0, 1] or [−1, 1]',
    'toVector of two images whose darkest pixel is not full ink; only the values count.',
    { vector: 'The scale of the values' },
  ),
  {
    id: '2.1e.float32',
    task: '2.1e',
    title: 'toVector returns 32-bit numbers',
    asks: 'The kind of array that toVector returns.',
    points: 1,
    run: judgeFloat32,
  },
  check(oneHotProblem, 2, 'oneHot has a single 1, at the place of the digit', 'oneHot of the digits 0 to 9.', {
    rows: 'The table of the ten rows',
  }),
];

async function judgeFloat32(context: CheckContext): Promise<Judgement> {
  if (!(await isAttempt(() => evaluate(context, orderProblem)))) {
    return fail({ says: 'Counts once toVector returns the 64 pixels of the image.' });
  }
  const guest = await context.guest();
  const value = await callToVector(guest, context.probes(orderProblem)[0]!, { keep: 'handle' });
  if (!isHandle(value)) return fail({ says: 'toVector should return a Float32Array.', yours: inWords(value) });
  // A single row [vector] is a right shape too; then the row is looked at.
  const kinds = [value.className];
  const first = await guest.get(value.id, '0', { keep: 'handle' });
  if (isHandle(first)) kinds.push(first.className);
  const data = await guest.get(value.id, 'data');
  if (kinds.includes('Float32Array') || (isArray(data) && data.dtype === 'float32')) return pass();
  return fail({
    says: 'The vector does not hold 32-bit numbers.',
    yours: kinds.join(' of '),
    expected: 'Float32Array',
    hint: 'Plain number[] and Float64Array hold 64-bit numbers; Float32Array.from(…) converts.',
  });
}
