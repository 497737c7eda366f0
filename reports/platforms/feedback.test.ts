import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { results } from '../sample-results.testing.ts';
import { showcase } from '../sample-showcase.testing.ts';
import { canvasFeedback, moodleFeedback } from './feedback.ts';
import { pagesZip } from './pages-zip.ts';
import { classOn, gradeOf } from './people.testing.ts';

const persons = ['1203', '1204', '1205', '1206', '1207'];

test('Moodle gets a folder for each participant; who is held or waits for a marker gets no page yet', () => {
  const { pages, left } = moodleFeedback(classOn('moodle', persons).submissions);
  expect([...pages]).toEqual([
    ["Ann O'Byrne_1203_assignsubmission_file_/report.html", 'ann'],
    ['Bo, the Quick_1204_assignsubmission_file_/report.html', 'bo'],
    ['Zed Alvarez_1207_assignsubmission_file_/report.html', 'zed'],
  ]);
  expect(left).toEqual([
    'Noor Haddad: no page: is held: the grader had a problem of its own.',
    '李小明: no page: waits for a marker: 29 marks are not given yet.',
  ]);
});

test('a name never becomes part of the path, or of what Moodle reads between its signs', () => {
  const named = (name: string) => [...moodleFeedback([gradeOf('x', 1, { person: '7', name })]).pages.keys()];
  for (const name of ['../../etc', 'a_99_assignsubmission_file_', '.~hidden', 'a/b\\c', '..', 'x\u0000y']) {
    const [path] = named(name);
    // As Moodle takes it apart: four signs, the second part is the number.
    const parts = path!.split('/')[0]!.split('_');
    expect(path!.split('/'), name).toHaveLength(2);
    expect([parts.length, parts[1], parts[2], parts[3], parts[4]], name).toEqual([
      ...[5, '7', 'assignsubmission', 'file', ''],
    ]);
    expect(parts[0], name).toMatch(/^[^.~\s]/);
  }
});

test('Canvas gets the names that it gave, of the last upload, and tells who has none', () => {
  const downloaded = [
    'obyrneann_1203_55_q1.ts',
    'obyrneann_1203_71_essay.v2.md',
    'bo_LATE_1204_60_work-1.zip',
    'x.txt',
  ];
  const { pages, left } = canvasFeedback(classOn('canvas', persons).submissions, downloaded);
  expect([...pages]).toEqual([
    ['obyrneann_1203_71_essay.v2.html', 'ann'],
    ['bo_LATE_1204_60_work-1.html', 'bo'],
  ]);
  expect(left.at(-1)).toBe('Zed Alvarez: no page: has no file among those downloaded.');
  expect(canvasFeedback([gradeOf('x', 1, { person: '1203' })], downloaded).left).toEqual([
    'x: no page: has no number in Canvas.',
  ]);
});

test('the archive holds each page once, for its student alone, and is the same twice', () => {
  const whole = results([showcase('stu-one'), showcase('stu-two')]);
  const places = new Map([['a_1_assignsubmission_file_/report.html', 'stu-one']]);
  const [zip, again] = [pagesZip(whole, places), pagesZip(whole, places)];
  expect(Buffer.from(zip).equals(Buffer.from(again))).toBe(true);
  const files = unzipSync(zip);
  expect(Object.keys(files)).toEqual([...places.keys()]);
  const page = Buffer.from(Object.values(files)[0]!).toString();
  expect(['stu-one', 'stu-two'].map((id) => page.includes(id))).toEqual([true, false]);
});
