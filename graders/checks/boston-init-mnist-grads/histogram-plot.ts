/** The data behind plots of activation histograms: `plots/q2b.json` and the two of Question 2c. */
import { tanhSignals } from '../../../reference/oracles/signal-propagation.ts';
import type { LayerSignal } from '../../../reference/oracles/signal-propagation.ts';

export interface LayerHistogram {
  edges: number[];
  density: number[];
}

export interface HistogramPlot {
  /** Units of the input and of every layer, as the student ran it. */
  sizes: number[];
  layers: LayerHistogram[];
}

export const plotShape =
  'It holds { "sizes": [1024, 8192, …], "layers": [ { "edges": […], "density": […] }, … one for each layer ] }.';

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);
const isNumbers = (x: unknown): x is number[] => Array.isArray(x) && x.length > 0 && x.every((v) => Number.isFinite(v));

/** The plot, or the sentence that says what is wrong with it. */
export function readHistogramPlot(file: string, sidecar: unknown): HistogramPlot | string {
  const { sizes, layers } = isRecord(sidecar) ? sidecar : {};
  if (!isNumbers(sizes) || sizes.length !== 6 || sizes.some((n) => !Number.isInteger(n) || n < 16)) {
    return `${file} does not name the six sizes of the network under "sizes".`;
  }
  if (!Array.isArray(layers) || layers.length !== 5) {
    return `${file} should hold one histogram for each of the five layers; it holds ${Array.isArray(layers) ? layers.length : 'none'}.`;
  }
  const read: LayerHistogram[] = [];
  for (const [k, layer] of (layers as unknown[]).entries()) {
    const { edges, density } = isRecord(layer) ? layer : {};
    const at = `Layer ${k + 1} of ${file}`;
    if (!isNumbers(edges) || !isNumbers(density)) return `${at} has no "edges" and "density" made of numbers.`;
    if (edges.length !== density.length + 1) return `${at} needs one edge more than it has bins.`;
    if (edges.some((edge, i) => i > 0 && edge <= edges[i - 1]!)) return `${at}: the edges do not ascend.`;
    if (density.length < 10) return `${at} has ${density.length} bins: too few to show a shape.`;
    if (edges[0]! < -1.001 || edges.at(-1)! > 1.001) {
      return `${at} reaches beyond −1 and 1, where tanh has no values: these are not the activations.`;
    }
    if (density.some((height) => height < 0)) return `${at} has a negative height.`;
    const area = density.reduce((sum, height, i) => sum + height * (edges[i + 1]! - edges[i]!), 0);
    if (Math.abs(area - 1) > 1e-4) {
      return `${at} is not normalised: its bars have the area ${Number(area.toPrecision(4))}, not 1.`;
    }
    read.push({ edges, density });
  }
  return { sizes, layers: read };
}

/** Share of the area beyond ±0.9. */
export function outerShare({ edges, density }: LayerHistogram): number {
  return density.reduce((sum, height, i) => {
    const [left, right] = [edges[i]!, edges[i + 1]!];
    const inner = Math.max(0, Math.min(right, 0.9) - Math.max(left, -0.9));
    return sum + height * (right - left - inner);
  }, 0);
}

/** Root mean square of the activations, every bin counted at its middle. */
export function spreadOf({ edges, density }: LayerHistogram): number {
  const square = density.reduce((sum, height, i) => {
    const [left, right] = [edges[i]!, edges[i + 1]!];
    return sum + height * (right - left) * ((left + right) / 2) ** 2;
  }, 0);
  return Math.sqrt(square);
}

/** What wide networks of these sizes show for an input of variance ½. */
export const expectedSignals = (
  sizes: readonly number[],
  variance: (fanIn: number, fanOut: number) => number,
): LayerSignal[] => tanhSignals(sizes, 0.5, variance);
