/** The data behind plots of activation histograms: one for each layer of a deep tanh network. */
import { tanhSignals } from '../../reference/oracles/signal-propagation.ts';
import type { LayerSignal } from '../../reference/oracles/signal-propagation.ts';
import { fieldsOf, isNumbers } from './side-car.ts';
import { densityFrom, ROUNDING } from './histogram-heights.ts';

export interface LayerHistogram {
  edges: number[];
  density: number[];
}

export interface HistogramPlot {
  /** Units of the input and of every layer, as the student ran it. */
  sizes: number[];
  layers: LayerHistogram[];
  /** Set when the heights are not densities but follow one of the allowed conventions: which one. */
  convention?: string;
}

export const plotShape =
  'It holds { "sizes": [1024, 8192, …], "layers": [ { "edges": […], "density": […] }, … one for each layer ] }.';

/**
 * The plot, or the sentence that says what is wrong with it. Heights whose area is not 1 are read by the first of the
 * `conventions` (ids of histogram-heights.ts) that all layers follow.
 */
export function readHistogramPlot(
  file: string,
  sidecar: unknown,
  conventions: readonly string[] = [],
): HistogramPlot | string {
  const plot = readBars(file, sidecar);
  if (typeof plot === 'string') return plot;
  const areas = plot.layers.map(areaOf);
  const wrong = areas.findIndex((area) => !(Math.abs(area - 1) <= ROUNDING));
  if (wrong < 0) return plot;
  for (const convention of conventions) {
    const layers = plot.layers.flatMap(({ edges, density }, k) => {
      const read = densityFrom(convention, density, widthsOf(edges), plot.sizes[k + 1]!);
      return read === undefined ? [] : [{ edges, density: read }];
    });
    if (layers.length === plot.layers.length) return { sizes: plot.sizes, layers, convention };
  }
  return `Layer ${wrong + 1} of ${file} is not normalised: its bars have the area ${Number(areas[wrong]!.toPrecision(4))}, not 1.`;
}

const widthsOf = (edges: readonly number[]) => edges.slice(1).map((edge, k) => edge - edges[k]!);
const areaOf = ({ edges, density }: LayerHistogram) =>
  widthsOf(edges).reduce((area, width, k) => area + width * density[k]!, 0);

/** The numbers of all bars, whatever their area. */
function readBars(file: string, sidecar: unknown): HistogramPlot | string {
  const { sizes, layers } = fieldsOf(sidecar);
  if (!isNumbers(sizes) || sizes.length !== 6 || sizes.some((n) => !Number.isInteger(n) || n < 16)) {
    return `${file} does not name the six sizes of the network under "sizes".`;
  }
  if (!Array.isArray(layers) || layers.length !== 5) {
    return `${file} should hold one histogram for each of the five layers; it holds ${Array.isArray(layers) ? layers.length : 'none'}.`;
  }
  const read: LayerHistogram[] = [];
  for (const [k, layer] of (layers as unknown[]).entries()) {
    const { edges, density } = fieldsOf(layer);
    const at = `Layer ${k + 1} of ${file}`;
    if (!isNumbers(edges) || !isNumbers(density)) return `${at} has no "edges" and "density" made of numbers.`;
    if (edges.length !== density.length + 1) return `${at} needs one edge more than it has bins.`;
    if (edges.some((edge, i) => i > 0 && edge <= edges[i - 1]!)) return `${at}: the edges do not ascend.`;
    if (density.length < 10) return `${at} has ${density.length} bins: too few to show a shape.`;
    if (density.some((height) => height < 0)) return `${at} has a negative height.`;
    // A bin that reaches beyond 1 may be empty there.
    if (density.some((height, i) => height > 0 && (edges[i]! > 1.001 || edges[i + 1]! < -1.001))) {
      return `${at} reaches beyond −1 and 1, where tanh has no values: these are not the activations.`;
    }
    read.push({ edges, density });
  }
  return { sizes, layers: read };
}

/** What a histogram leaves open: where in its bin a value lies. */
interface Bounds {
  least: number;
  most: number;
}

/** Share of the area beyond ±0.9: of the bins that lie there whole, and of all bins that reach there. */
export function outerShare({ edges, density }: LayerHistogram): Bounds {
  const bounds = { least: 0, most: 0 };
  density.forEach((height, i) => {
    const [left, right] = [edges[i]!, edges[i + 1]!];
    const share = height * (right - left);
    // An edge written as 0.9 may be off in its last digits.
    if (left < -0.9 - 1e-6 || right > 0.9 + 1e-6) bounds.most += share;
    if (right <= -0.9 + 1e-6 || left >= 0.9 - 1e-6) bounds.least += share;
  });
  return bounds;
}

/** Root mean square of the activations: every value at the end of its bin nearer to zero, at the farther one, in the middle. */
export function spreadOf({ edges, density }: LayerHistogram): Bounds & { middle: number } {
  const squares = { least: 0, most: 0, middle: 0 };
  density.forEach((height, i) => {
    const [left, right] = [Math.max(edges[i]!, -1), Math.min(edges[i + 1]!, 1)];
    const share = height * (edges[i + 1]! - edges[i]!);
    squares.least += share * (left < 0 && right > 0 ? 0 : Math.min(left ** 2, right ** 2));
    squares.most += share * Math.max(left ** 2, right ** 2);
    squares.middle += share * ((left + right) / 2) ** 2;
  });
  return { least: Math.sqrt(squares.least), most: Math.sqrt(squares.most), middle: Math.sqrt(squares.middle) };
}

/** What wide networks of these sizes show, by default for an input of variance ½. */
export const expectedSignals = (
  sizes: readonly number[],
  variance: (fanIn: number, fanOut: number) => number,
  inputVariance = 0.5,
): LayerSignal[] => tanhSignals(sizes, inputVariance, variance);
