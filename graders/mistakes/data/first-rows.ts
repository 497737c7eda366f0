/** The first 16 rows of a batch with their labels, and the slices that are taken in their place. */
import type { Variant } from '../../key.ts';
import { wrongly } from '../../key.ts';
import type { Answer } from '../../question.ts';

interface Batch {
  X: number[][];
  Y: number[][];
}

const wanted = 16;

/** These rows of a batch as a batch. */
const rowsIn = <Net extends Batch>(net: Net, from: number, to?: number): Net => ({
  ...net,
  X: net.X.slice(from, to),
  Y: net.Y.slice(from, to),
});

export const first16 = <Net extends Batch>(net: Net): Net => rowsIn(net, 0, wanted);
export const last16 = <Net extends Batch>(net: Net): Net => rowsIn(net, -wanted);

/** What is computed on other rows than the first 16, given what is right on any rows. */
export const otherRows = <Net extends Batch>(right: (net: Net) => Answer): Variant<Net>[] => [
  wrongly(
    'all-rows',
    'all rows instead of the first 16',
    'Slice the first 16 rows off the inputs and the labels before you call grads.',
    right,
  ),
  wrongly(
    'fifteen-rows',
    'the first 15 rows',
    'A slice ends before its end index: 16 rows are the rows 0 to 15.',
    (net) => right(rowsIn(net, 0, wanted - 1)),
  ),
  wrongly('skips-a-row', 'rows 1 to 16', 'The first row has index 0: start the slice there.', (net) =>
    right(rowsIn(net, 1, wanted + 1)),
  ),
  wrongly('last-rows', 'the last 16 rows', 'Take the rows from the beginning of the data, in their order.', (net) =>
    right(last16(net)),
  ),
  wrongly(
    'unpaired-labels',
    'labels of other rows than the inputs',
    'Slice inputs and labels with the same indices, so that every image keeps its label.',
    (net) => right({ ...first16(net), Y: rowsIn(net, 1, wanted + 1).Y }),
  ),
];
