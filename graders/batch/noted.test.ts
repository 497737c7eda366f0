/** What one person handed in several times takes no more room than one of it. */
import { expect, test } from 'vitest';
import { noteAll, type Read } from './noted.ts';

const submission = (text: string) => ({ id: 'ann', sha256: text, files: [{ path: 'a.ts', text }], notes: [] });
const reading = (text: string) => () => Promise.resolve<Read>(submission(text));

test('of several attempts no file is held, and each is read again when its turn comes', async () => {
  const noted = await noteAll([reading('first'), reading('second')]);
  expect(noted.map(({ item }) => item)).toEqual([
    { ...submission('first'), files: [] },
    { ...submission('second'), files: [] },
  ]);
  expect(Object.keys(noted[0]!.said!.files)).toEqual(['a.ts']);
  expect(await noted[0]!.whole()).toEqual(submission('first'));
});

test('one that changes before its turn comes is not judged as what it was', async () => {
  const texts = ['before', 'after'];
  const noted = await noteAll([() => reading(texts.shift()!)(), reading('other')]);
  await expect(noted[0]!.whole()).rejects.toThrow('has changed since it was first read');
});

test('a single attempt is read once, and a refusal is nothing to read again', async () => {
  let reads = 0;
  const [one] = await noteAll([() => (reads++, reading('only')())]);
  expect([await one!.whole(), reads]).toEqual([submission('only'), 1]);
  const refusal = { id: 'ann', refused: 'Too much.' };
  const noted = await noteAll([() => (reads++, Promise.resolve(refusal)), reading('second')]);
  expect([await noted[0]!.whole(), reads]).toEqual([refusal, 2]);
});
