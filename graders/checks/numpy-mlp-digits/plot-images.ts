/** Question 2.1c: the data behind a plot of some images. 2 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { picturesOf, shownIn } from '../../kinds/pictures-plot.ts';
import { wrongParts } from '../../kinds/own-parts.ts';
import { loadProblem } from './data-problems.ts';
import { labelInPython } from './digits-in-python.ts';
import { classes, givenDigits, ink, side } from './digits.ts';

const file = 'plots/2-1c.json';

export const checks: Check[] = [
  {
    id: '2.1c.images',
    task: '2.1c',
    title: 'The plot shows at least one image of 8×8 pixels, as it is',
    asks: `The images in ${file}, compared with the given digits.`,
    points: 1,
    run: judgeImages,
  },
  {
    id: '2.1c.labels',
    task: '2.1c',
    title: 'Every image has its own target as label',
    asks: `The labels in ${file}, compared with the given digits.`,
    points: 1,
    run: judgeLabels,
  },
];

const shape = 'It holds { "images": [ { "label": 3, "pixels": [[…8 numbers…], …8 rows…] } ] }.';

/** The digit that this picture shows among the given ones; undefined for a stranger. */
function found(context: CheckContext, pixels: number[][]) {
  const known = context.oncePerBatch('numpy-mlp-digits/given', () => {
    const { x, digits } = givenDigits();
    return new Map(x.map((row, i) => [row.join(), digits[i]!]));
  });
  return shownIn({ get: (values) => known.get(values) ?? labelInPython(values) }, pixels, ink);
}

/** A picture that is turned shows no image of the data; what a wrong loader did to it has lost its mark in 2.1a. */
async function judgeImages(context: CheckContext): Promise<Judgement> {
  const pictures = picturesOf(file, await context.sidecar(file), side);
  if (typeof pictures === 'string') return fail({ says: pictures, hint: shape });
  const ways = pictures.map(({ pixels }) => found(context, pixels)?.turn);
  const at = ways.findIndex((turn) => turn !== undefined);
  if (at < 0) return pass();
  if ((await wrongParts(context, [{ task: '2.1a', problem: loadProblem }])).length > 0) {
    return pass({ followThrough: 'The images are turned as your loadDigits turns them, which lost its mark in 2.1a.' });
  }
  return fail({
    says: `Image ${at + 1} of ${file} is one of the given digits with ${ways[at]!}.`,
    hint: 'The first row of `pixels` is the top row of the image, from left to right.',
  });
}

/** Images of the given data must carry their digit; others (of the original digits, say) any digit from 0 to 9. */
async function judgeLabels(context: CheckContext): Promise<Judgement> {
  const pictures = picturesOf(file, await context.sidecar(file), side);
  if (typeof pictures === 'string') return fail({ says: pictures });
  let strangers = 0;
  for (const [i, { label, pixels }] of pictures.entries()) {
    if (typeof label !== 'number' || !Number.isInteger(label) || label < 0 || label >= classes) {
      return fail({ says: `Image ${i + 1} has no label from 0 to 9.`, yours: JSON.stringify(label) ?? 'nothing' });
    }
    const digit = found(context, pixels)?.label;
    if (digit === undefined) strangers++;
    else if (digit !== label) {
      return fail({
        says: `Image ${i + 1} has the label of another image.`,
        yours: String(label),
        expected: String(digit),
        hint: 'Take image and target from the same pair.',
      });
    }
  }
  return pass({
    notes:
      strangers === 0
        ? []
        : [`${strangers} of the images are not among the given digits; their labels were not compared.`],
  });
}
