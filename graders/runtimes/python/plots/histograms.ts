/** Histograms of a notebook, one for each layer, in the form in which a sheet asks for their numbers. */
import type { PlotContract } from '../../../model/contract.ts';
import type { Chosen } from './curves.ts';
import type { RecordedBars, RecordedPlot } from './recorded.ts';
import { says, written } from './words.ts';

interface Group {
  bars: RecordedBars[];
  from: RecordedPlot[];
}

/** `{ sizes, layers }` of the histograms that belong together; undefined where there are none. */
export function histogramsFrom(plots: readonly RecordedPlot[], contract: PlotContract): Chosen | undefined {
  const { about, butNot, nth = 1, sizes = [] } = contract;
  const most = (sizes[0]?.length ?? 1) - 1;
  const groups = groupsOf(plots, most);
  const complete = groups.filter(({ bars }) => bars.length === most);
  const telling = (among: readonly Group[], said = (group: Group) => textOf(group, groups)) =>
    among.filter((group) => (about === undefined || says(said(group), about)) && !says(said(group), butNot));
  const titled = about === undefined ? undefined : telling(complete, titleOf)[0];
  const told = about === undefined ? undefined : (titled ?? telling(complete)[0] ?? telling(groups)[0]);
  // Where nothing in words tells them apart, their order does.
  const chosen = told ?? (about === undefined ? (telling(complete)[0] ?? telling(groups).at(-1)) : complete[nth - 1]);
  if (chosen === undefined) return undefined;
  const layers = chosen.bars.map(({ edges, heights }) => ({ edges, density: heights }));
  const counts = chosen.bars.map(({ count }) => count);
  // As many inputs as there are may be drawn at once.
  const shares = sizes.map(([, ...units]) => units.map((n, i) => (counts[i] ?? 0) / n));
  const fits = (share: readonly number[]) => share.every((s) => s === share[0] && Number.isInteger(s) && s > 0);
  const ran = sizes[shares.findIndex((share) => fits(share) && share[0] === 1)] ?? sizes[shares.findIndex(fits)];
  return { from: chosen.from, content: { sizes: ran ?? sizes[0], layers } };
}

/** What one statement draws belongs together, and so does what single ones draw in a cell; several networks are parted. */
function groupsOf(plots: readonly RecordedPlot[], most: number): Group[] {
  const drawn = plots
    .flatMap((plot) => plot.bars.map((bars) => ({ bars, plot })))
    .toSorted((a, b) => a.bars.at - b.bars.at);
  const byStatement = [...Map.groupBy(drawn, ({ bars }) => bars.at).values()];
  const joined: (typeof drawn)[] = [];
  for (const each of byStatement) {
    const last = joined.at(-1);
    const goesOn =
      last !== undefined && each.length === 1 && last.length < most && last[0]!.plot.cell === each[0]!.plot.cell;
    if (goesOn) last.push(...each);
    else if (each.length % most === 0) for (let i = 0; i < each.length; i += most) joined.push(each.slice(i, i + most));
    else joined.push([...each]);
  }
  return joined.map((each) => ({
    bars: each.map(({ bars }) => bars),
    from: [...new Set(each.map(({ plot }) => plot))],
  }));
}

const titleOf = ({ from }: Group): string => from.map(written).join('\n');

/** What is written on it; and the text that draws it, unless the same draws others as well. */
function textOf({ bars, from }: Group, among: readonly Group[]): string {
  const own = bars.filter(({ at }) =>
    among.every((other) => other.bars === bars || other.bars.every((bar) => bar.at !== at)),
  );
  return [titleOf({ bars, from }), ...own.map(({ text }) => text)].join('\n');
}
