/**
 * A plot as the numbers behind it, read from a side-car file or recorded, and cut to what a picture can show.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Drawing } from 'gradmark/model/drawing';
 *
 * const drawing: Drawing = { kind: 'bars', title: 'weights', edges: [0, 1, 2], heights: [0.25, 0.75] };
 * assert.equal(drawing.edges.length, drawing.heights.length + 1);
 * ```
 */
export type Drawing =
  | {
      kind: 'lines';
      title: string;
      xLabel: string;
      yLabel: string;
      /**
       * Of longer series every so many values only, the first one included. `at` is where they stand, where that is not at whole
       * steps from 0; `dots` are not joined.
       */
      series: { name: string; every: number; values: number[]; at?: number[]; dots?: true }[];
    }
  | { kind: 'bars'; title: string; edges: number[]; heights: number[] }
  | { kind: 'image'; title: string; rows: number[][] };
