/** Curves of a notebook in the form in which a sheet asks for their numbers. */
import type { PlotContract } from '../../../model/contract.ts';
import type { RecordedPlot } from './recorded.ts';
import { namedCurves, says, textOf, toldApart, written } from './words.ts';

type Names = Readonly<Record<string, readonly string[]>>;
/** Which plots were used, and the numbers behind them as a file would hold them. */
export interface Chosen {
  from: readonly RecordedPlot[];
  content: unknown;
}

const withCurves = (plots: readonly RecordedPlot[]): RecordedPlot[] =>
  plots
    .map((plot) => ({ ...plot, curves: plot.curves.filter(({ values }) => values.length > 1) }))
    .filter(({ curves }) => curves.length > 0);

/** `{ xLabel, yLabel, series }`, or several such parts with their series beside the labels; undefined where there is no such plot. */
export function curvesFrom(plots: readonly RecordedPlot[], contract: PlotContract): Chosen | undefined {
  const { parts } = contract;
  return parts === undefined ? onePlot(withCurves(plots), contract) : inParts(withCurves(plots), parts, contract);
}

function onePlot(plots: readonly RecordedPlot[], contract: PlotContract): Chosen | undefined {
  const { series = {} } = contract;
  const best = bestOf(plots, contract);
  if (best === undefined) return undefined;
  // Who has a pair of axes for each curve names them by their titles.
  const beside = plots.filter(
    (one) => one.cell === best.cell && one.curves.length === 1 && says(written(one), contract.about),
  );
  const from =
    best.curves.length === 1 && beside.length === Object.keys(series).length && beside.includes(best) ? beside : [best];
  const curves = from.flatMap((one) =>
    one.curves.map((curve) => ({ ...curve, name: curve.name || (from.length > 1 ? one.title : '') })),
  );
  const { xLabel, yLabel } = from.find((one) => one.xLabel === '' || one.yLabel === '') ?? best;
  const named = namedCurves(curves, series);
  const means = new Map([...named].map(([name, curve]) => [curve, name]));
  const listed = curves.map((curve) => ({ name: curve.name, means: means.get(curve) ?? '', values: curve.values }));
  const keyed = Object.fromEntries([...named].map(([name, { values }]) => [name, values]));
  return { from, content: { xLabel, yLabel, series: contract.as === 'named curves' ? listed : keyed } };
}

function inParts(plots: readonly RecordedPlot[], parts: Names, contract: PlotContract): Chosen | undefined {
  const told = plots.map((plot) => ({
    ...plot,
    curves: plot.curves.map((curve) => ({
      ...curve,
      part: toldApart([curve.name, plot.yLabel, plot.title, curve.text], parts),
    })),
  }));
  const found = Object.keys(parts).flatMap((part) => {
    const own = told
      .map((plot) => ({ ...plot, curves: plot.curves.filter((curve) => curve.part === part) }))
      .filter(({ curves }) => curves.length > 0);
    const best = bestOf(own, contract, -Infinity);
    return best === undefined ? [] : [{ part, best }];
  });
  if (found.length === 0) return undefined;
  const content = Object.fromEntries(
    found.map(({ part, best: { xLabel, yLabel, curves } }) => {
      const series = [...namedCurves(curves, contract.series ?? {})].map(
        ([name, { values }]) => [name, values] as const,
      );
      return [part, { xLabel, yLabel, ...Object.fromEntries(series) }];
    }),
  );
  return { from: found.map(({ best }) => best), content };
}

/** The plot that says most that it is the one, and more than `least`; of several the first. */
function bestOf(
  plots: readonly RecordedPlot[],
  { about, butNot, series = {} }: PlotContract,
  least = 0,
): RecordedPlot | undefined {
  let best: { plot: RecordedPlot; score: number } | undefined;
  for (const plot of plots) {
    const [seen, text] = [written(plot), textOf(plot)];
    const isAbout = says(seen, about);
    const score =
      (isAbout ? 8 : says(text, about) ? 4 : 0) -
      (!isAbout && says(seen, butNot) ? 8 : 0) +
      (plot.curves.length >= Object.keys(series).length ? 2 : 0) +
      (plot.xLabel !== '' && plot.yLabel !== '' ? 1 : 0) -
      (plot.curves.every(({ dots }) => dots) ? 2 : 0);
    if (score > (best?.score ?? least)) best = { plot, score };
  }
  return best?.plot;
}
