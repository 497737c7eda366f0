/** Questions 2.1a, b, d, e and f: the digits as lists, pairs, vectors and one-hot rows. 8 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isAttempt } from '../../evaluate.ts';
import { answerCheck } from '../../kinds/answer-check.ts';
import { countsOnce } from '../../kinds/own-work.ts';
import { inWords, isArray, isHandle } from '../../values.ts';
import { loadProblem, oneHotProblem, orderProblem, pairsProblem, rangeProblem } from './data-problems.ts';
import { callToVector } from './data-question.ts';

export const listChecks: Check[] = [
  answerCheck({
    id: '2.1a.load',
    task: '2.1a',
    title: 'loadDigits gives every line as an 8×8 image with its target',
    asks: 'loadDigits of 7 and of 12 lines of random pixels.',
    points: 1,
    problem: loadProblem,
    words: { images: 'The list of images', targets: 'The list of targets' },
  }),
  answerCheck({
    id: '2.1b.pairs',
    task: '2.1b',
    title: 'toPairs puts every input beside its target, in order',
    asks: 'toPairs of 5 and of 9 images with targets.',
    points: 2,
    problem: pairsProblem,
    words: { inputs: 'The list of inputs', targets: 'The list of targets' },
  }),
];

export const vectorChecks: Check[] = [
  answerCheck({
    id: '2.1d.order',
    task: '2.1d',
    title: 'toVector writes the 64 pixels row after row',
    asks: 'toVector of two images; only the order of the pixels counts.',
    points: 1,
    problem: orderProblem,
    words: { vector: 'The order of the pixels' },
  }),
  answerCheck({
    id: '2.1e.range',
    task: '2.1e',
    title: 'toVector scales all images alike, to [0, 1] or [−1, 1]',
    asks: 'toVector of two images whose darkest pixel is not full ink; only the values count.',
    points: 1,
    problem: rangeProblem,
    words: { vector: 'The scale of the values' },
  }),
  {
    id: '2.1e.float32',
    task: '2.1e',
    title: 'toVector returns 32-bit numbers',
    asks: 'The kind of array that toVector returns.',
    points: 1,
    run: countsOnce(
      (context) => isAttempt(() => evaluate(context, orderProblem)),
      'toVector returns the 64 pixels of the image',
      judgeFloat32,
    ),
  },
  answerCheck({
    id: '2.1f.oneHot',
    task: '2.1f',
    title: 'oneHot has a single 1, at the place of the digit',
    asks: 'oneHot of the digits 0 to 9.',
    points: 2,
    problem: oneHotProblem,
    words: { rows: 'The table of the ten rows' },
  }),
];

async function judgeFloat32(context: CheckContext): Promise<Judgement> {
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
