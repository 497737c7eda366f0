/** One changed stretch of one file. */
export interface Mutant {
  path: string;
  operator: string;
  start: number;
  end: number;
  replacement: string;
}
