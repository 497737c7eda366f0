/** Given. Digits as a pen draws them: strokes on the unit square, each digit by another hand, and their pixels. */
import type { Rng } from './rng.ts';

/** How far the hands differ from one another. */
const SPREAD = 0.9;

interface Paper {
  /** Pixels on a side. */
  side: number;
  /** The value of full ink; paper is 0. */
  full: number;
  /** How sharply ink ends, for a stroke on the unit square. */
  sharpness?: number;
}

/** The next digit that `rng` draws: its pixels as whole numbers, row after row, and which of 0 to 9 it is. */
export function drawDigit(
  rng: Rng,
  { side, full, sharpness = 2.4 * side }: Paper,
): { pixels: number[]; digit: number } {
  const digit = rng.integers(10);
  const hands = handwritings[digit]!;
  const strokes = bend(hands[rng.integers(hands.length)]!, rng, SPREAD);
  const pen = 0.07 + 0.05 * rng.uniform();
  const pixels = Array.from({ length: side * side }, (_, p) => {
    const at: Point = [((p % side) + 0.5) / side, (Math.floor(p / side) + 0.5) / side];
    const distance = Math.min(...strokes.map((stroke) => distanceTo(stroke, at)));
    const ink = 1 / (1 + Math.exp((distance - pen) * sharpness));
    return Math.round(full * Math.min(1, Math.max(0, 1.15 * ink - 0.06)));
  });
  return { pixels, digit };
}

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

/** One random affine map for the whole digit, and a small wobble for every point. */
function bend(strokes: readonly Stroke[], rng: Rng, spread: number): Stroke[] {
  const draw = (size: number) => spread * size * rng.normal();
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
