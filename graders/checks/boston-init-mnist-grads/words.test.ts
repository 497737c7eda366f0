import { expect, test } from 'vitest';
import { parseFormula } from '../../formula/parse.ts';
import { keptInWords } from './q1b.ts';
import { softmaxJacobian } from './q3b.ts';

test('weights of another epoch are told by their distance from the best one', () => {
  expect(keptInWords(8)).toBe('The model holds the weights of 8 epochs after your best one.');
  expect(keptInWords(1)).toBe('The model holds the weights of 1 epoch after your best one.');
  expect(keptInWords(-2)).toContain('2 epochs before your best one');
});

test('a formula that cannot be read is offered the names of the sheet alone', () => {
  const read = parseFormula('yhat_j * (delta_jk - b_k)', softmaxJacobian.names);
  expect(read).toMatchObject({ error: expect.stringContaining('Known names: yhat_j, yhat_k, delta_jk') as string });
  expect('error' in read && read.error).not.toMatch(/\ba_[jk]/);
  expect(parseFormula('exp(a_j) / sum(exp(a_k), k)', softmaxJacobian.names)).not.toHaveProperty('error');
});
