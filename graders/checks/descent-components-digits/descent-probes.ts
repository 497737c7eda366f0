/** Where the searches of 1.1 begin, and how far they go. */
import type { Visit } from '../../key.ts';
import type { Random } from '../../numerics/random.ts';
import { descent, f, walk } from './descent.ts';
import type { DescentProbe, Point } from './descent.ts';

const drawStart = (random: Random): Point => [random.uniform(1, 3), random.uniform(0.5, 2)];

/** Few steps and small ones: the surface has several basins, where rounding and mistakes would be blown up alike. */
export const downhill = (random: Random, steps: number): DescentProbe => ({
  start: drawStart(random),
  stepSize: random.uniform(0.04, 0.09),
  steps,
  decay: 1,
});

/** The global minimum, to the last digit. */
const minimum: Point = [-1.0881624098395095, 0.5440812049197548];

/** A search that hardly moves: whoever stops there takes too few steps. */
export const still = (random: Random): DescentProbe => ({
  start: [minimum[0] + random.uniform(0.001, 0.002), minimum[1] - random.uniform(0.001, 0.002)],
  stepSize: random.uniform(0.04, 0.09),
  steps: 4,
  decay: 1,
});

/** A search that stays where it is, to the last digit: whoever stops where the slope vanishes has too short a history. */
export const converged = (random: Random): DescentProbe => ({
  start: minimum,
  stepSize: random.uniform(0.04, 0.09),
  steps: 4,
  decay: 1,
});

/** From where the surface is steep and the numbers are large: whoever limits a slope or a point shows it. */
export const farOut = (random: Random): DescentProbe => ({
  start: [-random.uniform(8, 12), random.uniform(8, 12)],
  stepSize: random.uniform(0.04, 0.09),
  steps: 2,
  decay: 1,
});

const heights = (probe: DescentProbe) => walk(probe, descent.right).map(([x, y]) => f(x, y));

/** How much higher a search ends than its lowest point lies. */
const rise = (probe: DescentProbe) => heights(probe).at(-1)! - Math.min(...heights(probe));

/** How many times a small error of the start is larger at the end. */
function growth(probe: DescentProbe): number {
  const end = (by: number) => walk({ ...probe, start: [probe.start[0] + by, probe.start[1]] }, descent.right).at(-1)!;
  const [[x, y], [x1, y1]] = [end(0), end(1e-6)];
  return Math.hypot(x1 - x, y1 - y) / 1e-6;
}

/** A search whose steps are so large that it ends higher than it has been, but not so large that rounding grows. */
export function uphill(random: Random, decay = 1): DescentProbe {
  const drawn = Array.from({ length: 200 }, () => ({
    start: drawStart(random),
    stepSize: random.uniform(0.25, 0.45),
    steps: 3,
    decay,
  }));
  return drawn.find((probe) => rise(probe) > 1 && growth(probe) < 10) ?? drawn[0]!;
}

const isMinimum = ([x, y]: Point) => x === minimum[0] && y === minimum[1];
const isBeside = (start: Point) => Math.abs(f(...start) - f(...minimum)) < 1e-4;

export const visits: readonly Visit<DescentProbe>[] = [
  {
    says: 'a search that ends uphill, higher than its best point',
    holds: (probes) => probes.some((probe) => rise(probe) > 1),
  },
  {
    says: 'a search that begins beside a minimum',
    holds: (probes) => probes.some(({ start }) => isBeside(start) && !isMinimum(start)),
  },
  {
    says: 'a search that begins at a minimum',
    holds: (probes) => probes.some(({ start }) => isMinimum(start)),
  },
];
