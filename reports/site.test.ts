import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { toJson } from '../graders/gradebook/json.ts';
import type { Results } from '../graders/model/grade.ts';
import { viewClass } from './class-view.ts';
import { everyString } from './every-string.testing.ts';
import { results } from './sample-results.testing.ts';
import { classOf } from './sample-class.testing.ts';
import { showcase } from './sample-showcase.testing.ts';
import { resultsProblems } from './results-schema.testing.ts';
import { openPages } from './pages.ts';
import { writeSite } from './site.ts';
import { viewStudentPage } from './student-page.ts';

const pages = openPages();
const full = results([...classOf(12), showcase()]);
const folders: string[] = [];
const folder = async () => {
  folders.push(await mkdtemp(join(tmpdir(), 'site-')));
  return folders.at(-1)!;
};
afterAll(async () => {
  for (const path of folders) await rm(path, { recursive: true });
});

const HOSTILE: Readonly<Record<string, string>> = {
  script: '<script>alert(1)</script>',
  attribute: `" onmouseover="alert(1)" x='`,
  breakout: '</style></title></textarea></pre><img src=x onerror=alert(1)>',
  svg: '"/><svg onload=alert(1)><desc>',
  handlebars: '{{{title}}}{{#each tasks}}{{constructor.constructor "alert(1)"}}{{/each}}{{> head}}',
  entity: '&lt;b&gt;&#x3c;b&#62;<!--',
  link: 'javascript:alert(1)',
};

/** The sample with this text in every field; ids are numbered, since they must differ. */
function filledWith(text: string): Results {
  let n = 0;
  return everyString(full, (path) => (path.endsWith('.id') ? `${text}${n++}` : text));
}

/** Everything that the parser takes for markup: the tags with their attribute names, without texts and values. Colours of code follow its words. */
const skeleton = (html: string) =>
  [...html.replace(/<i class="k-[cskn]">([^<]*)<\/i>/g, '$1').matchAll(/<[^>]*>/g)]
    .map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
    .join('');

test.each(Object.entries(HOSTILE))(
  'texts with %s in every field change no tag and no attribute of a page',
  (_, hostile) => {
    const bad = filledWith(hostile);
    const good = filledWith('harmless');
    expect(skeleton(pages.student(viewStudentPage(bad, bad.submissions.at(-1)!.id)))).toBe(
      skeleton(pages.student(viewStudentPage(good, good.submissions.at(-1)!.id))),
    );
    expect(skeleton(pages.class(viewClass(bad)))).toBe(skeleton(pages.class(viewClass(good))));
  },
);

test('hostile marks are shown by name instead of taking effect', () => {
  const html = pages.student(
    viewStudentPage(
      everyString(full, (path, text) => (path === 'submissions.id' ? text : `a\u202eb\u001b[31mc\u0000d`)),
      's0042',
    ),
  );
  // eslint-disable-next-line no-control-regex -- their absence is the point
  expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
  expect(html).toContain('a⟨U+202E⟩bc␀d');
});

test('templates insert nothing unescaped', async () => {
  const path = new URL('./templates/', import.meta.url);
  for (const name of (await readdir(path)).filter((file) => file.endsWith('.hbs'))) {
    expect(await readFile(new URL(name, path), 'utf8'), name).not.toMatch(/\{\{\{|\{\{~?&/);
  }
});

test('a page asks for nothing from elsewhere, and allows its own script by hash and no other', () => {
  for (const html of [pages.student(viewStudentPage(full, 's0042')), pages.class(viewClass(full))]) {
    expect(html).not.toMatch(/https?:|@import|url\(|<iframe|<object|<base/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    const [script, ...others] = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, source]) => source!);
    expect([others, html.match(/<script/g)]).toEqual([[], ['<script']]);
    expect(html).toContain(`script-src 'sha256-${createHash('sha256').update(script!).digest('base64')}'"`);
  }
});

test('a site is the class page, the table, and a folder per student', async () => {
  const out = await folder();
  const files = await writeSite(full, out);
  expect((await readdir(out)).sort()).toEqual(
    ['grades.csv', 'index.html', ...full.submissions.map((grade) => grade.id)].sort(),
  );
  expect((await readdir(join(out, 's0042'))).sort()).toEqual(['report.html', 'result.json']);
  expect(files.reports.get('s0042')).toBe(join(out, 's0042', 'report.html'));
  const index = await readFile(files.index, 'utf8');
  for (const [, href] of index.matchAll(/href="([^"#:]+)"/g)) await readFile(join(out, decodeURIComponent(href!)));
});

test('only the owner may read a file of a batch or list a folder of it', async () => {
  const out = join(await folder(), 'batch');
  await writeSite(full, out);
  for (const path of ['', ...(await readdir(out, { recursive: true }))]) {
    const about = await stat(join(out, path));
    expect([path, about.mode & 0o777]).toEqual([path, about.isDirectory() ? 0o700 : 0o600]);
  }
});

test('result.json is a valid result of one student at the level of the batch', async () => {
  const out = await folder();
  await writeSite({ ...full, feedback: 'hint' }, out);
  const text = await readFile(join(out, 's0042', 'result.json'), 'utf8');
  expect(resultsProblems(JSON.parse(text))).toEqual([]);
  expect(text).not.toContain('0.0187654');
});

test('ids that are paths stay within the folder', async () => {
  const out = await folder();
  const ids = ['../escaped', '/etc/passwd', 'a/../../b', '..'];
  await writeSite(results(ids.map((id) => ({ ...showcase(), id }))), join(out, 'site'));
  expect(await readdir(out)).toEqual(['site']);
  expect(await readdir(join(out, 'site'))).toHaveLength(ids.length + 2);
});

test('a student page of this size stays under 60 kB, a class page of 300 under 500 kB', () => {
  expect(pages.student(viewStudentPage(full, 's0042')).length).toBeLessThan(60_000);
  expect(pages.class(viewClass(results(classOf(300)))).length).toBeLessThan(500_000);
});

test('whose folder is a link to a neighbour’s is told, and the neighbour keeps the own page', async () => {
  const out = await folder();
  const [one, two] = full.submissions.map(({ id }) => id) as [string, string];
  await mkdir(join(out, one));
  await symlink(one, join(out, two));
  const { unwritten } = await writeSite(full, out);
  expect([...unwritten]).toEqual([[two, expect.stringContaining('ELOOP') as string]]);
  expect(await readFile(join(out, one, 'report.html'), 'utf8')).toContain(`<title>${one}`);
  expect((await stat(join(out, one))).mode & 0o777).toBe(0o700);
});

test('an attempt that does not count has a page of its own beside the one that does, for staff alone', async () => {
  const other = {
    ...showcase('s1'),
    ...{ score: 2, held: false },
    origin: { platform: 'moodle' as const, handedInAs: 's1', at: '2026-11-20T10:00:00Z' },
  };
  const twice = results([{ ...showcase('s1'), others: [other] }, showcase('s2')]);
  expect(resultsProblems(JSON.parse(toJson(twice)))).toEqual([]);
  const out = await folder();
  await writeSite(twice, out);
  expect((await readdir(join(out, 's1'))).sort()).toEqual(['attempt-1.html', 'report.html', 'result.json']);
  expect((await readdir(join(out, 's2'))).sort()).toEqual(['report.html', 'result.json']);
  const index = await readFile(join(out, 'index.html'), 'utf8');
  const links = [...index.matchAll(/<a class="quiet" href="(s1[^"]*)">([^<]*)</g)].map(([, href, says]) => [
    href,
    says,
  ]);
  expect(links).toEqual([['s1/attempt-1.html', '2 of 45 marks, handed in 20 November 2026, 10:00 UTC']]);
  expect(await readFile(join(out, 's1/result.json'), 'utf8')).not.toContain('others');
});
