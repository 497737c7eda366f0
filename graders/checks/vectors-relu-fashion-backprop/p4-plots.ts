/** Problem 4 (d) and (f): what stands behind the plots. 2 + 1 marks. */
import type { Check, Judgement } from '../../check.ts';
import { judgeBars } from '../../kinds/bars-plot.ts';
import type { Curve } from '../../kinds/curves-plot.ts';
import { curvesIn } from '../../kinds/curves-plot.ts';
import { judgeLabels, judgeMeans, judgeSeries } from '../../kinds/loss-curves-plot.ts';

const lossFile = 'plots/p4d.json';
const sampleFile = 'plots/p4f.json';
/** Means start near ln 10 = 2.3; sums over hundreds of batches are far above the largest. */
const means = { classes: 10, largest: 20 };

const lossCheck = (
  id: string,
  points: number,
  title: string,
  judge: (curves: Curve[], plot: unknown) => Judgement,
): Check => ({
  id: `p4d.${id}`,
  task: 'P4d',
  title,
  asks: lossFile,
  points,
  run: async (context) => {
    const plot = await context.sidecar(lossFile);
    return judge(curvesIn(plot), plot);
  },
});

export const checks: Check[] = [
  lossCheck('series', 1, 'The plot shows the losses of training and test, epoch by epoch', judgeSeries),
  lossCheck('means', 0.5, 'The losses are means, not sums, and the training loss falls', (curves) =>
    judgeMeans(curves, means),
  ),
  lossCheck('labels', 0.5, 'Both axes and both curves are named', judgeLabels),
  {
    id: 'p4f.bars',
    task: 'P4f',
    title: 'The plot shows ten probabilities for each of three samples, with label and prediction',
    asks: sampleFile,
    points: 1,
    run: async (context) => judgeBars(await context.sidecar(sampleFile), 'ten', 10),
  },
];
