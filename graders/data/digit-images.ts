/**
 * Digit-like images from a seed: pen strokes on the unit square, drawn with a slant, a size and a wobble of their own. They
 * stand in for scanned digits where nothing may be downloaded; 8×8 with 16 grey levels looks like the optical digits set.
 */
import type { Random } from '../numerics/random.ts';

type Point = readonly [x: number, y: number];
type Stroke = readonly Point[];

/** An arc around (x, y) from one angle to another, in quarter turns, clockwise from the right because y points down. */
const arc = (x: number, y: number, rx: number, ry: number, from: number, to: number): Stroke =>
  Array.from({ length: 9 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 8) * Math.PI) / 2;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  });

/** Every digit in one or more handwritings, x to the right and y down, both from 0 to 1. */
const handwritings: readonly (readonly (readonly Stroke[])[])[] = [
  [[arc(0.5, 0.5, 0.28, 0.42, 0, 4)]],
  [
    [
      [
        [0.32, 0.26],
        [0.54, 0.08],
        [0.54, 0.92],
      ],
    ],
    [
      [
        [0.5, 0.08],
        [0.5, 0.92],
      ],
      [
        [0.32, 0.92],
        [0.68, 0.92],
      ],
    ],
  ],
  [
    [
      arc(0.5, 0.3, 0.26, 0.22, -2, 0.5),
      [
        [0.7, 0.42],
        [0.24, 0.92],
        [0.78, 0.92],
      ],
    ],
  ],
  [[arc(0.46, 0.29, 0.26, 0.21, -1.8, 1), arc(0.46, 0.71, 0.28, 0.21, -1, 1.8)]],
  [
    [
      [
        [0.56, 0.08],
        [0.22, 0.6],
        [0.8, 0.6],
      ],
      [
        [0.62, 0.36],
        [0.62, 0.92],
      ],
    ],
    [
      [
        [0.26, 0.08],
        [0.26, 0.5],
        [0.74, 0.5],
      ],
      [
        [0.72, 0.08],
        [0.72, 0.92],
      ],
    ],
  ],
  [
    [
      [
        [0.74, 0.08],
        [0.32, 0.08],
        [0.3, 0.44],
      ],
      arc(0.46, 0.66, 0.28, 0.26, -1.3, 1.7),
    ],
  ],
  [
    [
      [
        [0.62, 0.08],
        [0.34, 0.36],
        [0.25, 0.66],
      ],
      arc(0.5, 0.69, 0.25, 0.23, 0, 4),
    ],
  ],
  [
    [
      [
        [0.22, 0.1],
        [0.78, 0.1],
        [0.44, 0.92],
      ],
    ],
    [
      [
        [0.22, 0.1],
        [0.78, 0.1],
        [0.44, 0.92],
      ],
      [
        [0.36, 0.5],
        [0.74, 0.5],
      ],
    ],
  ],
  [[arc(0.5, 0.29, 0.22, 0.2, 0, 4), arc(0.5, 0.71, 0.26, 0.21, 0, 4)]],
  [
    [
      arc(0.5, 0.32, 0.24, 0.23, 0, 4),
      [
        [0.74, 0.34],
        [0.68, 0.66],
        [0.5, 0.92],
      ],
    ],
  ],
];

export interface DigitImages {
  /** One image after the other, row after row; whole numbers from 0 to `levels`. */
  pixels: Uint8Array;
  /** 0 … 9 in random order. */
  labels: Uint8Array;
}

interface DigitStyle {
  /** Pixels on a side. */
  side: number;
  /** The value of full ink. */
  levels: number;
  /** 0 for printed digits; 1 for the spread of many hands. */
  spread?: number;
}

/** `count` images with random labels; equal streams give equal images. */
export function digitImages(random: Random, count: number, { side, levels, spread = 1 }: DigitStyle): DigitImages {
  const pixels = new Uint8Array(count * side * side);
  const labels = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    const digit = random.integer(10);
    labels[n] = digit;
    const hands = handwritings[digit]!;
    const strokes = bend(hands[random.integer(hands.length)]!, random, spread);
    const pen = 0.07 + 0.05 * random.next();
    for (let p = 0; p < side * side; p++) {
      const at: Point = [((p % side) + 0.5) / side, (Math.floor(p / side) + 0.5) / side];
      const distance = Math.min(...strokes.map((stroke) => distanceTo(stroke, at)));
      const ink = 1 / (1 + Math.exp((distance - pen) * 2.4 * Math.min(side, 16)));
      pixels[n * side * side + p] = Math.round(levels * Math.min(1, Math.max(0, 1.15 * ink - 0.06)));
    }
  }
  return { pixels, labels };
}

/** One random affine map for the whole digit, and a small wobble for every point. */
function bend(strokes: readonly Stroke[], random: Random, spread: number): Stroke[] {
  const draw = (size: number) => spread * size * random.normal();
  const [turn, slant, wide, high] = [draw(0.16), draw(0.16), 1 + draw(0.12), 1 + draw(0.07)];
  const [right, down] = [draw(0.05), draw(0.035)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return strokes.map((stroke) =>
    stroke.map(([px, py]): Point => {
      const x = wide * (px - 0.5) - slant * (py - 0.5) + draw(0.018);
      const y = high * (py - 0.5) + draw(0.018);
      return [0.5 + right + cos * x - sin * y, 0.5 + down + sin * x + cos * y];
    }),
  );
}

/** The distance of a point from a line of straight pieces. */
function distanceTo(stroke: Stroke, [x, y]: Point): number {
  let nearest = Infinity;
  for (let i = 1; i < stroke.length; i++) {
    const [[ax, ay], [bx, by]] = [stroke[i - 1]!, stroke[i]!];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    nearest = Math.min(nearest, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return nearest;
}
