import { expect, test } from 'vitest';
import { missingFiles } from './mutation/modules.ts';

test('the modules that mutation changes, and their tests, are where its list says', () => {
  expect(missingFiles()).toEqual([]);
});
