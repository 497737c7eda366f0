import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { results } from '../../reports/sample-results.testing.ts';
import type { Results } from '../model/grade.ts';
import { handInFolder } from '../intake/receive.testing.ts';
import { openRoster, tellWhose } from './roster.ts';

const { at, write } = handInFolder();

function told(about: Partial<Results>): string {
  const stream = new PassThrough();
  tellWhose({ ...results([]), ...about }, stream);
  return String(stream.read() ?? '');
}

test('a roster that is not there, or wrong, is for the person who named it', async () => {
  await write({ 'bad.csv': 'name,number\nAnn,1\nBo,1\n' });
  expect(await openRoster(undefined)).toBeUndefined();
  await expect(openRoster(at('none.csv'))).rejects.toThrow(/none\.csv cannot be read \(ENOENT\): give a table/);
  await expect(openRoster(at('bad.csv'))).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(/lines 2, 3 have the same number, 1$/) as string,
  });
});

test('who is absent and what is unclear is told in lines that a terminal can show', () => {
  expect(told({})).toBe('');
  expect(told({ absent: [{ name: 'Bo\u001b[31m Li' }, { number: '1003' }], unclear: ['x\u202ey is nobody.'] })).toMatch(
    /^Nothing was handed in by 2 on the roster: Bo\P{Cc}*Li, 1003\.\ngradmark: x[^\u202e]*y is nobody\.\n$/u,
  );
  const many = Array.from({ length: 14 }, (_, i) => ({ name: `s${i}` }));
  expect(told({ absent: many, unclear: many.map(({ name }) => name) })).toMatch(
    /s11 and 2 more\.\n(.*\n){12}.*2 more of these/,
  );
});
