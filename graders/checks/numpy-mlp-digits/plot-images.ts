/** Question 2.1c: the data behind a plot of some images. 2 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { classes, givenDigits, ink, side } from './digits.ts';

interface Picture {
  label: unknown;
  pixels: number[][];
}

const file = 'plots/2-1c.json';

export const checks: Check[] = [
  {
    id: '2.1c.images',
    task: '2.1c',
    title: 'The plot shows at least one image of 8×8 pixels',
    asks: `The images in ${file}.`,
    points: 1,
    run: async (desk) => {
      const pictures = picturesOf(desk.sidecar(file));
      return typeof pictures === 'string' ? fail({ says: pictures, hint: shape }) : pass();
    },
  },
  {
    id: '2.1c.labels',
    task: '2.1c',
    title: 'Every image has its own target as label',
    asks: `The labels in ${file}, compared with the given digits.`,
    points: 1,
    needs: ['2.1c.images'],
    run: judgeLabels,
  },
];

const shape = 'It holds { "images": [ { "label": 3, "pixels": [[…8 numbers…], …8 rows…] } ] }.';

/** The pictures, or what is wrong with them. */
function picturesOf(sidecar: unknown): Picture[] | string {
  const { images } = (typeof sidecar === 'object' && sidecar !== null ? sidecar : {}) as { images?: unknown };
  if (!Array.isArray(images) || images.length === 0) return `${file} lists no images.`;
  const pictures: Picture[] = [];
  for (const [i, image] of (images as unknown[]).entries()) {
    const { pixels, label } = (typeof image === 'object' && image !== null ? image : {}) as Record<string, unknown>;
    if (!isPixels(pixels)) return `Image ${i + 1} of ${file} does not have 8 rows of 8 numbers.`;
    if (new Set(pixels.flat()).size < 3) return `Image ${i + 1} of ${file} is blank: fewer than three grey values.`;
    pictures.push({ pixels, label });
  }
  return pictures;
}

const isPixels = (x: unknown): x is number[][] =>
  Array.isArray(x) &&
  x.length === side &&
  x.every((row) => Array.isArray(row) && row.length === side && row.every((v) => Number.isFinite(v)));

/** Images of the given data must carry their digit; others (of the original digits, say) any digit from 0 to 9. */
async function judgeLabels(desk: Desk): Promise<Judgement> {
  const pictures = picturesOf(desk.sidecar(file));
  if (typeof pictures === 'string') return fail({ says: pictures });
  const known = desk.shareWithAll('numpy-mlp-digits/given', () => {
    const { x, digits } = givenDigits();
    return new Map(x.map((row, i) => [row.join(), digits[i]!]));
  });
  let strangers = 0;
  for (const [i, { label, pixels }] of pictures.entries()) {
    if (typeof label !== 'number' || !Number.isInteger(label) || label < 0 || label >= classes) {
      return fail({ says: `Image ${i + 1} has no label from 0 to 9.`, yours: JSON.stringify(label) ?? 'nothing' });
    }
    const digit = scalesOf(pixels)
      .map((row) => known.get(row.join()))
      .find((found) => found !== undefined);
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

/** The image in grey values from 0 to 16, whichever of the usual scales it is drawn in. */
const scalesOf = (pixels: number[][]): number[][] => {
  const values = pixels.flat();
  return [values, values.map((v) => Math.round(v * ink)), values.map((v) => Math.round((v + 1) * (ink / 2)))];
};
