/** The smallest part of a formula. */
export interface Token {
  kind: 'number' | 'name' | 'symbol';
  /** In keyboard spelling: `ŷ_j` is `yhat_j`, `·` is `*`. */
  text: string;
  /** As the student wrote it. */
  written: string;
  /** 1-based. */
  column: number;
}
