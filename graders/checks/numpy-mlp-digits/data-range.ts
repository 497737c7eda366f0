/** Question 2.1e: the range of the inputs, and their precision. 2 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { evaluate, isAttempt, firstWrong } from '../../evaluate.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { inWords, isArray, isHandle } from '../../values.ts';
import type { ImageProbe } from './data-vector.ts';
import { common, drawImage, orderProblem, target, vectorOf } from './data-vector.ts';
import { ink, pixels } from './digits.ts';
import { readOne } from '../../kinds/named-arrays.ts';

const sorted = (values: readonly number[]): Answer => ({ vector: vectorOf([...values].sort((a, b) => a - b)) });

const scale = (
  id: string,
  title: string,
  advice: string,
  f: (v: number, darkest: number) => number,
): Variant<ImageProbe> => ({
  id,
  title,
  advice,
  compute: ({ image, darkest }) => sorted(image.flat().map((v) => f(v, darkest))),
});

const by16 = 'The grey values run from 0 to 16: divide by 16 (or by 8, and subtract 1).';

/** Only the values count here, sorted: their order has its mark in 2.1d. */
export const rangeProblem: Problem<ImageProbe> = {
  ...common,
  id: '2.1e.range',
  title: 'The range of the values',
  probes: (random) => [13, 11].map((darkest) => drawImage(random.fork(`${darkest}`), darkest)),
  read: ({ value }) => {
    const read = readOne('vector', value, [pixels], 'toVector');
    return 'misread' in read ? read : { ...read, answer: sorted([...read.answer['vector']!.data]) };
  },
  oracle: ({ image }) => sorted(image.flat().map((v) => v / ink)),
  accepts: [
    {
      id: 'signed',
      title: 'The inputs lie between −1 and 1.',
      compute: ({ image }) => sorted(image.flat().map((v) => v / 8 - 1)),
    },
  ],
  twins: [{ ids: ['by-255', 'by-256'], because: 'The values differ by 0.0003, less than the tolerance is wide.' }],
  mistakes: [
    scale('by-255', 'divided by 255', by16, (v) => v / 255),
    scale('unscaled', 'not scaled', by16, (v) => v),
    scale('by-15', 'divided by 15', `${by16} 16 itself occurs.`, (v) => v / 15),
    scale('by-17', 'divided by 17', by16, (v) => v / 17),
    scale('by-256', 'divided by 256', by16, (v) => v / 256),
    scale('signed-255', 'divided by 127.5, minus 1', by16, (v) => v / 127.5 - 1),
    scale(
      'per-image',
      'every image has a scale of its own',
      'Divide all images by the same number, 16, not by the largest pixel of each.',
      (v, darkest) => v / darkest,
    ),
    scale(
      'per-image-signed',
      'every image has a scale of its own, from −1 to 1',
      'Scale all images in the same way: v / 8 − 1.',
      (v, darkest) => (2 * v) / darkest - 1,
    ),
    scale('binary', 'black or white', 'Keep the grey levels.', (v) => (v > 0 ? 1 : 0)),
    scale('half', 'divided by 8', 'Divided by 8 the values reach 2: subtract 1, or divide by 16.', (v) => v / 8),
    scale('inverted', 'black and white are exchanged', 'Keep 0 for paper and 1 for ink.', (v) => 1 - v / ink),
  ],
};

export const checks: Check[] = [
  {
    id: '2.1e.range',
    task: '2.1e',
    title: 'toVector scales all images alike, to [0, 1] or [−1, 1]',
    asks: 'toVector of two images whose darkest pixel is not full ink; only the values count.',
    points: 1,
    problems: [rangeProblem],
    run: async (desk) => firstWrong(await evaluate(desk, rangeProblem), { vector: 'The scale of the values' }),
  },
  {
    id: '2.1e.float32',
    task: '2.1e',
    title: 'toVector returns 32-bit numbers',
    asks: 'The kind of array that toVector returns.',
    points: 1,
    run: judgeFloat32,
  },
];

async function judgeFloat32(desk: Desk): Promise<Judgement> {
  if (!(await isAttempt(() => evaluate(desk, orderProblem)))) {
    return fail({ says: 'Counts once toVector returns the 64 pixels of the image.' });
  }
  const guest = await desk.guest();
  const { value } = await guest.call(target, [arrayOf(desk.probes(orderProblem)[0]!.image)], { keep: 'handle' });
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
