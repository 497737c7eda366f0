/** Plots of a notebook that stand for files which were not handed in: asked of its process once, and found by the contract. */
import type { ShownPlot } from './check-context.ts';
import type { Contract } from './model/contract.ts';
import type { Guest } from './model/guest.ts';
import type { SourceFile } from './model/submission.ts';
import { chosenPlot } from './runtimes/python/plots/chosen.ts';
import { readRecorded, type Recorded } from './runtimes/python/plots/recorded.ts';

/** Under this name the guest is asked for all plots. */
const everyPlot = 'plots';
/** The guest itself ends what plots after 7 s of its processor (guest/plots_run.py); more is charged where that is shared. */
const plotsMs = 20_000;
const plotting = /\b(?:matplotlib|pylab)\b/;
const kindOf = { curves: 'curves', 'named curves': 'curves', histograms: 'bars', pictures: 'image' } as const;

interface NotebookPlots {
  /** What the guest is told of names, with the one under which all plots are asked for. */
  names: Contract['names'];
  plot(path: string, guest: () => Promise<Guest>): Promise<ShownPlot | undefined>;
  remarks(): string[];
  /** Which cells were run for plots, and for which files. */
  ran(): { files: string[]; from: string; cells: number[] } | undefined;
}

/** `notebook` is the file of cells that stands for the whole sheet, if there is one; `files` are all that were handed in. */
export function notebookPlots(
  contract: Contract,
  notebook: SourceFile | undefined,
  files: readonly SourceFile[],
): NotebookPlots {
  const { plots } = contract;
  const draws = plots !== undefined && notebook !== undefined && plotting.test(notebook.text);
  const kinds = Object.values(plots?.files ?? {}).flatMap(({ as }) =>
    as === 'samples' ? ['bars', 'image'] : [kindOf[as]],
  );
  let recorded: Promise<Recorded> | undefined;
  let cells: readonly number[] = [];
  const used = new Map<string, readonly number[]>();

  const ask = async (guest: Guest): Promise<Recorded> => {
    const { value } = await guest.call({ module: notebook!.path, name: everyPlot }, [], { wallMs: plotsMs });
    const told = readRecorded(value);
    cells = told.cells;
    return told;
  };

  return {
    names: draws
      ? {
          ...contract.names,
          [everyPlot]: { draws: { rounds: plots.rounds, smaller: plots.smaller ?? [], kinds: [...new Set(kinds)] } },
        }
      : contract.names,
    async plot(path, guest) {
      const asked = plots?.files[path];
      if (!draws || asked === undefined) return undefined;
      const { plots: found } = await (recorded ??= guest().then(ask));
      const chosen = chosenPlot(found, asked);
      if (chosen === undefined) return undefined;
      const from = chosen.from.map(({ cell }) => cell);
      used.set(path, from);
      return { where: cellsInWords(from), content: chosen.content };
    },
    remarks() {
      const handedIn = draws ? Object.keys(plots.files).filter((path) => files.some((file) => file.path === path)) : [];
      const judged = [...used].map(([path, from]) => `${cellsInWords(from)} (${path})`);
      return [
        ...(judged.length > 0
          ? [
              `In the place of files that were not handed in, plots of the notebook were judged, drawn on small tables of the grader’s with at most ${plots!.rounds} rounds of training: ${judged.join(', ')}.`,
            ]
          : []),
        ...(handedIn.length > 0
          ? [`Judged as handed in, and not as the notebook plots it: ${handedIn.join(', ')}.`]
          : []),
      ];
    },
    ran: () =>
      used.size === 0
        ? undefined
        : {
            files: [...used.keys()],
            from: whatIsPlotted([...used.values()].flat()),
            cells: [...cells],
          },
  };
}

/** `what cell 4 plots`, `what cells 4 and 6 plot` */
export const whatIsPlotted = (numbers: readonly number[]): string =>
  `what ${cellsInWords(numbers)} ${new Set(numbers).size === 1 ? 'plots' : 'plot'}`;

/** `cell 4`, `cells 4 and 6` */
function cellsInWords(numbers: readonly number[]): string {
  const all = [...new Set(numbers)].toSorted((a, b) => a - b);
  return all.length === 1 ? `cell ${all[0]}` : `cells ${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
