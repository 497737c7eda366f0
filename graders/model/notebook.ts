/**
 * What became of a program in cells: of each cell whether it was run, why not, what was stored beside it, and what it draws.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { CellRun } from 'gradmark/model/notebook';
 *
 * const cell: CellRun = { cell: 4, begins: 'plt.plot(losses)', state: 'not run', because: ['it only plots'] };
 * assert.equal(cell.claims, undefined);
 * ```
 */
import type { Drawing } from './drawing.ts';

export interface NotebookRun {
  /** As it was handed in. */
  path: string;
  cells: CellRun[];
  /** How many cells there are beyond those. */
  more?: number;
  /** What of it stands in the place of functions that the sheet asks for and it does not define. */
  taken?: TakenPart[];
  /** What a program without cells draws. */
  drawings?: Drawing[];
}

/** Variables or a call of a script in the place of a function of the sheet. */
export interface TakenPart {
  /** What the function is called. */
  name: string;
  /** `the variables train_dataset and validation_dataset` */
  from: string;
  /** The settings of a training that lead there, as its text has them. */
  told: string[];
}

export interface CellRun {
  /** As a reader counts all cells, texts included; from 1. */
  cell: number;
  /** The heading above it. */
  under?: string;
  /** Its first line. */
  begins: string;
  state: 'run' | 'in part' | 'not run' | 'unreadable';
  /** Why not all of it was run, or what came of it: without a capital and without a full stop. */
  because: string[];
  /** What the student had stored beside it. Nothing of it was computed here. */
  claims?: Claim[];
  /** Drawn from the numbers that it plots. */
  drawings?: Drawing[];
}

/** An output that a notebook holds: a text, a picture as PNG in base64, or the name of what is not shown. */
export type Claim =
  | { kind: 'text'; text: string }
  | { kind: 'picture'; png: string; width: number; height: number }
  | { kind: 'named'; what: string };
