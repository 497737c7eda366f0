/** Images and bars of a notebook, with what is written beside them, in the form in which a sheet asks for their numbers. */
import type { PlotContract } from '../../../model/contract.ts';
import type { Chosen } from './curves.ts';
import type { RecordedPlot } from './recorded.ts';

const LABEL = 'label|target|true|truth|actual|digit|class';
const PREDICTED = 'pred\\w*|guess\\w*';
const INDEX = 'index|sample|image|example|no\\.?|idx|#';

/** `{ images }` of the given size; undefined where there are none. */
export function picturesFrom(plots: readonly RecordedPlot[], { side }: PlotContract): Chosen | undefined {
  const from = plots.filter(({ image }) => image?.length === side && image?.every((row) => row.length === side));
  // Of several cells that show some the first with labels is the one.
  const labelled = from.find((plot) => labelOf(plot) !== undefined) ?? from[0];
  const own = from.filter(({ cell }) => cell === labelled?.cell);
  if (own.length === 0) return undefined;
  return { from: own, content: { images: own.map((plot) => ({ label: labelOf(plot), pixels: plot.image })) } };
}

/** `{ samples }`, each with its probabilities, and with the label and the prediction that are written beside them or its image. */
export function samplesFrom(plots: readonly RecordedPlot[], { classes = [] }: PlotContract): Chosen | undefined {
  const bars = plots.filter((plot) => plot.bars.some(({ heights }) => heights.length === classes.length));
  const own = bars.filter(({ cell }) => cell === bars.at(-1)?.cell);
  if (own.length === 0) return undefined;
  const images = plots.filter(({ cell, image }) => cell === own[0]!.cell && image !== undefined);
  const seen: string[] = [];
  const samples = own.map((plot, i) => {
    const image = images.length === own.length ? images[i] : undefined;
    const said = numbered([captionOf(plot), ...(image ? [captionOf(image)] : [])].join('\n'), classes);
    const probs = plot.bars.at(-1)!.heights;
    const shown = JSON.stringify(image?.image ?? probs);
    // Who does not say which image it is shows at least whether it is another one.
    const place = seen.includes(shown) ? seen.indexOf(shown) : i;
    seen.push(shown);
    const rest = said.replace(new RegExp(`(?:${PREDICTED})[^\\d\\n]{0,16}\\d+`, 'gi'), '');
    return {
      index: numberAfter(INDEX, rest) ?? place,
      label: numberAfter(LABEL, rest),
      pred: numberAfter(PREDICTED, said),
      probs,
    };
  });
  return { from: own, content: { samples } };
}

const captionOf = ({ title, xLabel, yLabel }: RecordedPlot): string => [title, xLabel, yLabel].join('\n');

/** The number that is called a label, or the only one that is written there. */
function labelOf(plot: RecordedPlot): number | undefined {
  const caption = captionOf(plot);
  return numberAfter(LABEL, caption) ?? (/\d/.test(caption) ? Number(caption.match(/\d+/g)!.at(-1)) : undefined);
}

const numberAfter = (words: string, text: string): number | undefined => {
  const found = new RegExp(`(?:${words})[^\\d\\n,;|]{0,12}?(\\d+)`, 'i').exec(text);
  return found === null ? undefined : Number(found[1]);
};

/** Names of classes as their numbers, the longest first. */
const numbered = (text: string, classes: readonly string[]): string =>
  [...classes.entries()]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .reduce((so, [i, name]) => so.replaceAll(name, String(i)), text);
