import { expect, test } from 'vitest';
import type { IntakeLimits } from './limits.ts';
import { defaultLimits } from './limits.ts';
import { pathExcess } from './path-rules.ts';
import { all, assignment, handInFolder, prefixed, zip, receive } from './receive.testing.ts';

const { at, write } = handInFolder();

/** What comes of the path under these limits: the refusal, or the number of files that were read. */
async function under(path: string, limits: Partial<IntakeLimits>): Promise<(string | number)[]> {
  const items: (string | number)[] = [];
  for await (const item of receive(path, { assignment, limits }))
    items.push('refused' in item ? item.refused : item.files.length);
  return items;
}

test('the archive of one student is taken up to its size, alone and in a folder of its own', async () => {
  const inner = zip(all);
  const sizes = `${inner.length} bytes (at most ${inner.length - 1} bytes): leave out node_modules, data and pictures.`;
  await write({ 'ann/work.zip': inner, ...prefixed('ben/') });
  expect(await under(at('ann'), { archiveBytes: inner.length })).toEqual([4]);
  expect(await under(at('ann'), { archiveBytes: inner.length - 1 })).toEqual([`work.zip is ${sizes}`]);
  expect(await under(at(), { archiveBytes: inner.length })).toEqual([4, 4]);
  expect(await under(at(), { archiveBytes: inner.length - 1 })).toEqual([`"work.zip" is ${sizes}`, 4]);
});

test('an archive is taken up to the size of a class', async () => {
  const whole = zip({ ...prefixed('ann/'), ...prefixed('ben/') });
  await write({ 'class.zip': whole });
  expect(await under(at('class.zip'), { classBytes: whole.length })).toEqual([4, 4]);
  await expect(under(at('class.zip'), { classBytes: whole.length - 1 })).rejects.toThrow(
    `class.zip is ${whole.length} bytes (at most ${whole.length - 1} bytes): unpack it and give the folder.`,
  );
});

test('paths are looked at up to the deepest folder and the last letter', () => {
  const excess = (path: string) => pathExcess(path, { ...defaultLimits, depth: 3, pathLength: 8 });
  expect([excess('a/b/c.ts'), excess('a/b/c/d')]).toEqual([undefined, 'lies 4 folders deep (at most 3)']);
  expect([excess('abcde.ts'), excess('abcdef.ts')]).toEqual([undefined, 'has a path of 9 characters (at most 8)']);
});
