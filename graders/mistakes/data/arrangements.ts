/** How the pixels of a square image may be arranged: where the pixel at a row and a column is taken from. */

export type Arrangement = (row: number, column: number, side: number) => readonly [row: number, column: number];

export const arrangements = {
  asStored: (row, column) => [row, column],
  transposed: (row, column) => [column, row],
  mirrored: (row, column, side) => [row, side - 1 - column],
  upsideDown: (row, column, side) => [side - 1 - row, column],
  quarterTurn: (row, column, side) => [column, side - 1 - row],
  otherQuarterTurn: (row, column, side) => [side - 1 - column, row],
  halfTurn: (row, column, side) => [side - 1 - row, side - 1 - column],
  /** Every second row from right to left. */
  snake: (row, column, side) => [row, row % 2 === 1 ? side - 1 - column : column],
} satisfies Record<string, Arrangement>;

/** The image, row after row, with its pixels taken from these places. */
export function arranged(image: ArrayLike<number>, side: number, from: Arrangement): number[] {
  const taken: number[] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [fromRow, fromColumn] = from(row, column, side);
      taken.push(image[fromRow * side + fromColumn]!);
    }
  }
  return taken;
}
