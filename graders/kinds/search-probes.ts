/** Where searches for a minimum begin, and how far they go, so that every branch of a descent is taken. */
import type { Visit } from '../key.ts';
import type { Point, Search, Surface } from '../mistakes/training/descent.ts';
import { walk } from '../mistakes/training/descent.ts';
import type { Random } from '../numerics/random.ts';

/** Downhill, uphill, beside the minimum and at it, and from far out, all with a constant step size. */
export const drawSearches = (surface: Surface, random: Random): Search[] => [
  ...[1, 2, 4].map((steps) => calm(surface, () => downhill(random, steps))),
  uphill(surface, random),
  beside(surface, random),
  at(surface, random.fork('converged')),
  farOut(random),
];

/** Decays far from 1, and at least two steps, so that counting from 0 or from 1 shows. */
export const drawDecaying = (surface: Surface, random: Random): Search[] =>
  [2, 3, 5, 12].map((steps) =>
    calm(surface, () => ({
      start: drawStart(random),
      stepSize: random.uniform(0.05, 0.08),
      steps,
      decay: random.uniform(0.45, 0.8),
    })),
  );

const drawStart = (random: Random): Point => [random.uniform(1, 3), random.uniform(0.5, 2)];

const constant = (random: Random, start: Point, steps: number): Search => ({
  start,
  stepSize: random.uniform(0.04, 0.09),
  steps,
  decay: 1,
});

/** Few steps and small ones: the surface has several basins, where rounding and mistakes would be blown up alike. */
const downhill = (random: Random, steps: number) => constant(random, drawStart(random), steps);

/** A search that hardly moves: whoever stops there takes too few steps. */
const beside = ({ minimum: [x, y] }: Surface, random: Random) =>
  constant(random, [x + random.uniform(0.001, 0.002), y - random.uniform(0.001, 0.002)], 4);

/** A search that stays where it is, to the last digit: whoever stops where the slope vanishes has too short a history. */
const at = ({ minimum }: Surface, random: Random) => constant(random, minimum, 4);

/** From where the surface is steep and the numbers are large: whoever limits a slope or a point shows it. */
const farOut = (random: Random) => constant(random, [-random.uniform(8, 12), random.uniform(8, 12)], 2);

/** A search whose steps are so large that it ends higher than it has been, but not so large that rounding grows with them. */
function uphill(surface: Surface, random: Random): Search {
  const draw = (): Search => ({
    start: drawStart(random),
    stepSize: random.uniform(0.25, 0.45),
    steps: 3,
    decay: 1,
  });
  const drawn = Array.from({ length: 200 }, draw);
  const climbs = (search: Search) => rise(surface, search) > 1 && isCalm(surface, search);
  return drawn.find(climbs) ?? Array.from({ length: 1800 }, draw).find(climbs) ?? drawn[0]!;
}

/** How much higher a search ends than its lowest point lies. */
function rise(surface: Surface, search: Search): number {
  const heights = walk(surface, search).map(([x, y]) => surface.f(x, y));
  return heights.at(-1)! - Math.min(...heights);
}

/** The first search drawn that rounding leaves alone. */
function calm(surface: Surface, draw: () => Search): Search {
  for (;;) {
    const search = draw();
    if (isCalm(surface, search)) return search;
  }
}

/** Half the distance to the next number in single precision, relative to the number. */
const roundoff = 2 ** -24;

/**
 * Whether points kept in single precision end where others do, to half of the tolerance in each coordinate, whichever way each is
 * rounded. Where a search ends beside 0, or where steps blow up differences, they do not, however right the steps are.
 */
function isCalm(surface: Surface, search: Search): boolean {
  const points = walk(surface, search);
  const end = points.at(-1)!;
  const from = (t: number, start: Point): Point => {
    const stepSize = search.stepSize * search.decay ** t;
    return walk(surface, { ...search, start, stepSize, steps: search.steps - t }).at(-1)!;
  };
  // To first order the errors that single roundings leave at the end add up.
  const error = [0, 0];
  points.forEach(([x, y], t) => {
    for (const moved of [from(t, [x * (1 + roundoff), y]), from(t, [x, y * (1 + roundoff)])]) {
      error.forEach((_, i) => (error[i]! += Math.abs(moved[i]! - end[i]!)));
    }
  });
  return end.every((value, i) => error[i]! <= 1e-6 * Math.abs(value));
}

/** The branches that searches with a constant step size have to take. */
export function searchVisits(surface: Surface): readonly Visit<Search>[] {
  const { f, minimum } = surface;
  const isMinimum = ([x, y]: Point) => x === minimum[0] && y === minimum[1];
  const isBeside = (start: Point) => Math.abs(f(...start) - f(...minimum)) < 1e-4;
  const some = (says: string, is: (search: Search) => boolean): Visit<Search> => ({
    says,
    holds: (searches) => searches.some(is),
  });
  return [
    some('a search that ends uphill, higher than its best point', (search) => rise(surface, search) > 1),
    some('a search that begins beside a minimum', ({ start }) => isBeside(start) && !isMinimum(start)),
    some('a search that begins at a minimum', ({ start }) => isMinimum(start)),
  ];
}
