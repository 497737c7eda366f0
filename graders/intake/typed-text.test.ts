/** What was typed into Moodle's page, beside files, in place of them, and beside an answers.md. */
import { expect, test } from 'vitest';
import type { Task } from '../model/assignment.ts';
import { assignment as files, handInFolder, zip } from './receive.testing.ts';
import { findHandedIn } from './receive.ts';

const { at, write } = handInFolder();
const essay = (id: string): Task => ({
  id,
  title: id,
  marks: 1,
  kinds: ['essay'],
  manual: { heading: id, rubric: [] },
});
const only = { ...files, tasks: [files.tasks[0]!, essay('Q7 why')] };
const two = { ...files, tasks: [...only.tasks, essay('Q8 how')] };

async function handedIn(own: Record<string, string | Uint8Array>, typed: string, assignment = only) {
  await write({ 'Ann Lee_7_assignsubmission_onlinetext/onlinetext.html': typed }, 'class');
  await write(own, 'class/Ann Lee_7_assignsubmission_file');
  await write({ 'q1.ts': 'bo' }, 'class/Bo Li_8_assignsubmission_file');
  const found = await findHandedIn(at('class'), { assignment });
  const item = await found[0]!.read();
  expect([found.length, item.id]).toEqual([2, 'Ann-Lee-7']);
  return 'refused' in item ? item : { texts: item.files.map(({ path, text }) => [path, text]), notes: item.notes };
}

test('is the answer of the one task that asks for words, whatever it begins with', async () => {
  expect(await handedIn({ 'q1.ts': 'ann' }, '<p>Because.</p>')).toEqual({
    texts: [
      ['answers.md', '# Q7 why\n\nBecause.'],
      ['q1.ts', 'ann'],
    ],
    notes: ['What was typed into the page was read as answers.md.'],
  });
});

test('is sorted by the headings in it, bold lines included', async () => {
  const item = await handedIn({ 'q1.ts': 'ann' }, '<p><b>Q8</b></p><p>So.</p><h4>Q7: why?</h4><p>Because.</p>', two);
  expect(item).toMatchObject({
    texts: [['answers.md', '**Q8**\n\nSo.\n\n#### Q7: why?\n\nBecause.'], expect.anything()],
  });
});

test('without any heading stands under all of them, and that is said', async () => {
  const item = await handedIn({ 'q1.ts': 'ann' }, 'Because.', two);
  expect(item).toMatchObject({
    texts: [['answers.md', '# Q7 why\n\nBecause.\n\n# Q8 how\n\nBecause.'], expect.anything()],
    notes: [expect.stringContaining('it stands under all of them')],
  });
});

test('alone is work, and what is not there is said', async () => {
  expect(await handedIn({}, 'Because.')).toEqual({
    texts: [['answers.md', '# Q7 why\n\nBecause.']],
    notes: ['What was typed into the page was read as answers.md.', 'Not handed in: q1.ts.'],
  });
});

test('is added to an answers.md, wherever that lies, and no archive stays closed for it', async () => {
  const packed = zip({ 'hw/q1.ts': 'ann', 'hw/answers.md': '# Q7 why\n\nFirst.' });
  expect(await handedIn({ 'work.zip': packed }, 'Because.')).toMatchObject({
    texts: [
      ['answers.md', '# Q7 why\n\nFirst.\n\n# Q7 why\n\nBecause.'],
      ['q1.ts', 'ann'],
    ],
  });
});

test('beyond the size of a text is not read, and that is said', async () => {
  const item = await handedIn({ 'q1.ts': 'ann' }, `<p>Because <img src="data:,${'x'.repeat(1_000_001)}"></p>`);
  expect(item).toMatchObject({
    texts: [['q1.ts', 'ann']],
    notes: [expect.stringContaining('was not read: it is 1 MB (at most 1 MB), pictures'), 'Not handed in: answers.md.'],
  });
});

test('of nothing is nothing', async () => {
  expect(await handedIn({ 'q1.ts': 'ann' }, '<p> </p>')).toMatchObject({ notes: ['Not handed in: answers.md.'] });
});

test('of somebody alone in a class of one is somebody’s', async () => {
  await write({ 'Ann Lee_7_assignsubmission_onlinetext/onlinetext.html': 'Because.' }, 'late');
  const found = await findHandedIn(at('late'), { assignment: only });
  expect(found.map(({ id }) => id)).toEqual(['Ann-Lee-7']);
  const nothing = { 'Ann Lee_7_assignsubmission_onlinetext/onlinetext.html': '<p></p>' };
  await write({ 'late.zip': zip({ 'Ann Lee_7_assignsubmission_file_/q1.ts': 'ann' }), 'none.zip': zip(nothing) });
  expect((await findHandedIn(at('late.zip'), { assignment: only })).map(({ id }) => id)).toEqual(['Ann-Lee-7']);
  const [none] = await findHandedIn(at('none.zip'), { assignment: only });
  expect(await none!.read()).toMatchObject({
    id: 'Ann-Lee-7',
    refused: expect.stringMatching(/^No file of tiny-nets is there/) as string,
  });
});
