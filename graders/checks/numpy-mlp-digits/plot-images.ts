/** Question 2.1c: the data behind a plot of some images. 2 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { loadProblem } from './data-load.ts';
import { classes, givenDigits, ink, side } from './digits.ts';
import { wrongParts } from '../../kinds/own-parts.ts';

interface Picture {
  label: unknown;
  pixels: number[][];
}

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

/** Ways to draw an image wrongly, as what becomes of the pixel at row y and column x. */
const turns: readonly { says: string; at: (y: number, x: number) => readonly [number, number] }[] = [
  { says: 'rows and columns exchanged (transposed)', at: (y, x) => [x, y] },
  { says: 'left and right exchanged', at: (y, x) => [y, side - 1 - x] },
  { says: 'top and bottom exchanged', at: (y, x) => [side - 1 - y, x] },
  { says: 'a quarter turn', at: (y, x) => [x, side - 1 - y] },
  { says: 'a quarter turn', at: (y, x) => [side - 1 - x, y] },
  { says: 'a half turn', at: (y, x) => [side - 1 - y, side - 1 - x] },
];

const turned = (pixels: number[][], at: (y: number, x: number) => readonly [number, number]): number[][] =>
  pixels.map((row, y) =>
    row.map((_, x) => {
      const [fromY, fromX] = at(y, x);
      return pixels[fromY]![fromX]!;
    }),
  );

/** The digit that this picture shows among the given ones, as it is or turned; undefined for a stranger. */
function found(desk: Desk, pixels: number[][]): { digit: number; turn?: string } | undefined {
  const known = desk.shareWithAll('numpy-mlp-digits/given', () => {
    const { x, digits } = givenDigits();
    return new Map(x.map((row, i) => [row.join(), digits[i]!]));
  });
  const digitOf = (picture: number[][]) =>
    scalesOf(picture)
      .map((row) => known.get(row.join()))
      .find((digit) => digit !== undefined);
  const digit = digitOf(pixels);
  if (digit !== undefined) return { digit };
  for (const { says, at } of turns) {
    const other = digitOf(turned(pixels, at));
    if (other !== undefined) return { digit: other, turn: says };
  }
  return undefined;
}

/** A picture that is turned shows no image of the data; what a wrong loader did to it has lost its mark in 2.1a. */
async function judgeImages(desk: Desk): Promise<Judgement> {
  const pictures = picturesOf(desk.sidecar(file));
  if (typeof pictures === 'string') return fail({ says: pictures, hint: shape });
  const ways = pictures.map(({ pixels }) => found(desk, pixels)?.turn);
  const at = ways.findIndex((turn) => turn !== undefined);
  if (at < 0) return pass();
  if ((await wrongParts(desk, [{ task: '2.1a', problem: loadProblem }])).length > 0) {
    return pass({ followThrough: 'The images are turned as your loadDigits turns them, which lost its mark in 2.1a.' });
  }
  return fail({
    says: `Image ${at + 1} of ${file} is one of the given digits with ${ways[at]!}.`,
    hint: 'The first row of `pixels` is the top row of the image, from left to right.',
  });
}

/** Images of the given data must carry their digit; others (of the original digits, say) any digit from 0 to 9. */
async function judgeLabels(desk: Desk): Promise<Judgement> {
  const pictures = picturesOf(desk.sidecar(file));
  if (typeof pictures === 'string') return fail({ says: pictures });
  let strangers = 0;
  for (const [i, { label, pixels }] of pictures.entries()) {
    if (typeof label !== 'number' || !Number.isInteger(label) || label < 0 || label >= classes) {
      return fail({ says: `Image ${i + 1} has no label from 0 to 9.`, yours: JSON.stringify(label) ?? 'nothing' });
    }
    const digit = found(desk, pixels)?.digit;
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
