import { describe, expect, it } from 'vitest';
import { arrayOf, toNested } from './arrays.ts';
import type { Canonical } from './canonical.ts';
import { broadcastTrap, canonicalise, oneOrientation, orientSquare } from './canonical.ts';

const W = arrayOf([
  [1, 2, 3],
  [4, 5, 6],
]);
const arrayIn = (read: Canonical) => ('array' in read ? read.array : undefined);

describe('canonicalise', () => {
  it('leaves the expected shape alone, without a note', () => {
    expect(canonicalise('W', W, [2, 3])).toEqual({ array: W });
  });

  it('reads (n), (n,1) and (1,n) as one, with a note', () => {
    for (const given of [[[1], [2], [3]], [[1, 2, 3]], [1, 2, 3]])
      for (const shape of [[3], [3, 1], [1, 3]]) expect(arrayIn(canonicalise('b', arrayOf(given), shape))?.shape).toEqual(shape); // prettier-ignore
    expect(canonicalise('b', arrayOf([[1], [2]]), [2])).toMatchObject({ note: 'b has shape 2×1, read as (2)' });
    expect(arrayIn(canonicalise('loss', arrayOf([[5]]), []))?.shape).toEqual([]);
  });

  it('turns a transposed matrix, unless the text fixes the orientation', () => {
    const read = canonicalise('W', W, [3, 2]);
    expect(toNested(arrayIn(read)!)).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(read).toMatchObject({ note: expect.stringContaining('transposed') });
    expect(canonicalise('W', W, [3, 2], { transposed: 'refuse' })).toMatchObject({
      misread: { yours: '2×3', expected: '3×2', hint: expect.stringContaining('exchanged') },
    });
  });

  it('says what is wrong with a shape that fits nothing', () => {
    expect(canonicalise('db', arrayOf([1, 2]), [3])).toMatchObject({ misread: { yours: '(2)', expected: '(3)' } });
    expect(canonicalise('db', W, [3])).toMatchObject({ misread: { hint: expect.stringContaining('batch') } });
    expect(canonicalise('dW', arrayOf([1, 2, 3]), [2, 3])).toMatchObject({ misread: { hint: expect.stringContaining('summed') } }); // prettier-ignore
  });

  it('recognises n values that became n×n by broadcasting', () => {
    const square = arrayOf([
      [1, 2],
      [3, 4],
    ]);
    expect(canonicalise('residual', square, [2, 1])).toMatchObject({
      misread: { hint: expect.stringContaining('2×2') },
    });
    expect(broadcastTrap([2, 2], [2])).toContain('a column of shape (2, 1) met a row');
    expect(broadcastTrap([2, 3], [2])).toBeUndefined();
    expect(broadcastTrap([2, 2], [2, 2])).toBeUndefined();
  });
});

describe('orientSquare', () => {
  const expected = arrayOf([
    [1, 2],
    [3, 4],
  ]);
  it('lets values decide where shapes cannot', () => {
    const turned = arrayOf([
      [1, 3],
      [2, 4],
    ]);
    expect(orientSquare('W', turned, expected, 1e-9)).toMatchObject({ note: expect.any(String), array: expected });
    expect(orientSquare('W', expected, expected, 1e-9)).toEqual({ array: expected });
  });
  it('does not turn a matrix that matches neither way', () => {
    const wrong = arrayOf([
      [9, 3],
      [2, 4],
    ]);
    expect(orientSquare('W', wrong, expected, 1e-9)).toEqual({ array: wrong });
  });
});

describe('oneOrientation', () => {
  const shapes = { W1: [2, 3], b1: [3], W2: [3, 4], S: [2, 2] };
  const of = (rows: number, cols: number) => arrayOf(Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => 10 * i + j))); // prettier-ignore
  const b1 = arrayOf([[1, 2, 3]]);

  it('accepts a network stored one way or the other, and turns square matrices with the rest', () => {
    const straight = oneOrientation({ W1: of(2, 3), b1, W2: of(3, 4), S: of(2, 2) }, shapes);
    expect(straight).toMatchObject({ notes: ['b1 has shape 1×3, read as (3)'], arrays: { S: of(2, 2) } });
    const turned = oneOrientation({ W1: of(3, 2), b1, W2: of(4, 3), S: of(2, 2) }, shapes);
    expect(turned).toMatchObject({ notes: [expect.anything(), expect.stringContaining('transposed')] });
    expect('arrays' in turned && toNested(turned.arrays.S!)).toEqual([
      [0, 10],
      [1, 11],
    ]);
    expect('arrays' in turned && turned.arrays.W2!.shape).toEqual([3, 4]);
  });

  it('does not accept a mixture', () => {
    expect(oneOrientation({ W1: of(3, 2), b1, W2: of(3, 4), S: of(2, 2) }, shapes)).toMatchObject({
      misread: { says: expect.stringContaining('not stored one way'), yours: 'W2 as rows×columns, W1 transposed' },
    });
  });

  it('names what is missing', () => {
    expect(oneOrientation({ W1: of(2, 3) }, shapes)).toMatchObject({ misread: { says: 'b1, W2, S are missing from the answer' } }); // prettier-ignore
  });
});
