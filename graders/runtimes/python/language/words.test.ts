/** Sentences of the checks in Python's words. */
import { expect, test } from 'vitest';
import type { Contract } from '../../../model/contract.ts';
import { inPython } from './words.ts';

const contract: Contract = { schema: 'gradmark/contract/v1', language: 'python', packages: [], names: {} };
const say = inPython(contract, []);

test.each([
  ['grads returned null, and gave up', 'grads returned None, and gave up'],
  ['it was undefined', 'it was None'],
  ['f threw TypeError', 'f raised TypeError'],
  ["no such file or directory: '/dev/null'", "no such file or directory: '/dev/null'"],
  ["no such file or directory: 'kept/null.txt'", "no such file or directory: 'kept/null.txt'"],
])('"%s" is "%s"', (sheet, python) => {
  expect(say(sheet)).toBe(python);
});
