/** Which of the plots of a notebook stands for a file that a sheet asks for. */
import type { PlotContract } from '../../../model/contract.ts';
import type { Chosen } from './curves.ts';
import { curvesFrom } from './curves.ts';
import { histogramsFrom } from './histograms.ts';
import { picturesFrom, samplesFrom } from './pictures.ts';
import type { RecordedPlot } from './recorded.ts';

/** The plot in the form of the file; undefined where the notebook has none that can be it. */
export function chosenPlot(plots: readonly RecordedPlot[], contract: PlotContract): Chosen | undefined {
  switch (contract.as) {
    case 'curves':
    case 'named curves':
      return curvesFrom(plots, contract);
    case 'histograms':
      return histogramsFrom(plots, contract);
    case 'pictures':
      return picturesFrom(plots, contract);
    case 'samples':
      return samplesFrom(plots, contract);
  }
}
