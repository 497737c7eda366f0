import { describe, expect, it } from 'vitest';
import { addRow, columnSums, dot, matmul, scaleMat, transpose, zipMat } from './linear-algebra.ts';

const A = [[1, 2, 3], [4, 5, 6]]; // prettier-ignore

describe('matrices', () => {
  it('multiply, transpose and add as on paper', () => {
    expect(matmul(A, transpose(A))).toEqual([[14, 32], [32, 77]]); // prettier-ignore
    expect(columnSums(A)).toEqual([5, 7, 9]);
    expect(addRow(A, [1, 0, -1])).toEqual([[2, 2, 2], [5, 5, 5]]); // prettier-ignore
    expect(scaleMat(A, 2)[1]).toEqual([8, 10, 12]);
    expect(zipMat(scaleMat(A, 0), A, (a, b) => a - b)[0]).toEqual([-1, -2, -3]);
  });

  it('refuse sizes that do not fit', () => {
    expect(() => matmul(A, A)).toThrow('inner sizes 3 and 2 differ');
    expect(() => dot([1], [1, 2])).toThrow(/sizes 1 and 2/);
    expect(() => zipMat(A, [[1, 2, 3]], Math.max)).toThrow(/2 and 1 rows/);
    expect(() => zipMat([[1]], [[1, 2]], Math.max)).toThrow(/rows of 1 and 2/);
  });
});
