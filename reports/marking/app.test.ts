/** Who is let in to the marking pages, and what their forms write. The pages in a browser: marking.browser.test.ts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Gradebook } from '../../graders/gradebook/store.ts';
import { openGradebook } from '../../graders/gradebook/store.ts';
import { gradeClass, handInAnew } from '../../graders/marking/class.testing.ts';
import type { Desk } from '../../graders/marking/desk.ts';
import { openDesk } from '../../graders/marking/desk.ts';
import { markingApp } from './app.ts';
import { formKey } from './guard.ts';
import { answerPath } from './marking-view.ts';

const host = '127.0.0.1:8731';
const token = 'a token';
const cookie = `gradmark-8731=${encodeURIComponent(token)}`;
let book: Gradebook;
let desk: Desk;
let app: Hono;
beforeEach(() => {
  book = openGradebook();
  gradeClass(book, ['ann', 'ben', 'cem', 'dan', 'eve']);
  desk = openDesk(book, () => new Date('2026-11-03T10:00:00Z'));
  app = markingApp({ desk, token, host: () => host, who: 'kim' });
});
afterEach(() => book.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(`http://${host}${path}`, { headers: { host, cookie, ...headers } });
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.request(`http://${host}${path}`, {
    method: 'POST',
    headers: { host, cookie, origin: `http://${host}`, ...headers },
    body: new URLSearchParams({ 'form-key': formKey(token), ...fields }),
  });
const answerOf = (student: string) => {
  const answer = desk.look().tasks[0]!.answers.find((one) => one.student === student)!;
  return { path: answerPath('Q1', answer.key), version: String(desk.version(student, 'Q1')), answer };
};
const marks = () => book.events().filter(({ kind }) => kind === 'marked');

test('with the token once, then by the cookie, and not otherwise', async () => {
  expect((await get('/', { cookie: '' })).status).toBe(403);
  expect((await get('/', { cookie: 'gradmark-8731=another' })).status).toBe(403);
  const first = await get('/?token=a+token', { cookie: '' });
  expect(first.status).toBe(303);
  expect(first.headers.get('location')).toBe('/');
  expect(first.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/);
  expect((await get('/')).status).toBe(200);
});

test.each([
  ['under another name', { host: 'evil.example:8731' }, 421],
  ['from another site', { origin: 'http://evil.example' }, 403],
  ['from a page without an origin', { origin: 'null' }, 403],
  ['from another port of this machine', { origin: 'http://127.0.0.1:8732' }, 403],
  ['without the cookie', { cookie: '' }, 403],
])('a form that is sent %s writes nothing', async (_, headers, status) => {
  const { path, version } = answerOf('ann');
  const answer = await post(path, { version, item: 'rule' }, headers);
  expect(answer.status).toBe(status);
  expect(marks()).toEqual([]);
  expect((await post(path, { version, item: 'rule' })).status).toBe(303);
  expect(marks()).toHaveLength(1);
});

test('a form without the key of this run writes nothing, and one of a megabyte is not read', async () => {
  const { path, version } = answerOf('ann');
  expect((await post(path, { version, 'form-key': 'guess' })).status).toBe(403);
  expect((await post(path, { version, comment: 'a'.repeat(2 ** 20) })).status).toBe(413);
  expect(marks()).toEqual([]);
});

test('nothing is loaded from elsewhere, framed, or run that the page does not bring', async () => {
  const { headers } = await get('/');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'; script-src 'self';/);
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('cache-control')).toBe('no-store');
});

test('names are hidden until they are shown, in the page and in its address', async () => {
  const { path } = answerOf('ann');
  expect(await (await get(path)).text()).not.toMatch(/ann/i);
  expect(await (await get(path, { cookie: `${cookie}; gradmark-names=shown` })).text()).toContain('Name of ann');
});

test('a student’s text is shown as text', async () => {
  const text = '<script>alert(1)</script><img src=x onerror=alert(2)>';
  const event = book.events({ student: 'ann' }).find(({ kind }) => kind === 'judged')!;
  if (event.kind !== 'judged') throw new Error('no verdict');
  const verdicts = event.verdicts.map((verdict) =>
    verdict.manual === undefined ? verdict : { ...verdict, manual: { ...verdict.manual, text } },
  );
  book.append([{ ...event, verdicts }]);
  const page = await (await get(answerOf('ann').path)).text();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('<img src=x');
});

test('who comes second is shown what was said, keeps what was written, and has written nothing', async () => {
  const { path, version } = answerOf('ann');
  await post(path, { version, item: 'rule' });
  const second = await post(
    path,
    { version, item: 'shape', comment: 'Mine.' },
    { cookie: `${cookie}; gradmark-who=lee` },
  );
  expect(second.status).toBe(409);
  const page = await second.text();
  expect(page).toContain('kim has said something of this answer meanwhile');
  expect(page).toContain('Mine.');
  expect(marks()).toHaveLength(1);
});

test.each([
  ['beside', { beside: 'many' }, ''],
  ['the whole task', { points: '99', why: 'x' }, '/adjust'],
  ['the whole task without a reason', { points: '1' }, '/adjust'],
])('what cannot be marks is told, and writes nothing: %s', async (_, fields, where) => {
  const { path, version } = answerOf('ann');
  const before = book.events().length;
  const answer = await post(path + where, { version, ...fields });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('was written');
  expect(book.events()).toHaveLength(before);
});

test('answers like one get the same in one go, and it is taken back in one go', async () => {
  const { path, version, answer } = answerOf('ann');
  await post(path, { version, item: 'rule', comment: 'Good.' });
  const like = desk.look().tasks[0]!.answers.filter((one) => one.group === answer.group && one !== answer);
  expect(like.length).toBeGreaterThan(0);
  expect(await (await get(`${path}/alike`)).text()).toContain('Nothing is written before you say so');
  const versions = Object.fromEntries(
    like.map((one) => [`version-${one.key}`, String(desk.version(one.student, 'Q1'))]),
  );
  const done = await post(`${path}/alike`, { ...versions, answer: like[0]!.key });
  const undo = new URL(done.headers.get('location')!, `http://${host}`).searchParams.get('undo')!;
  const points = () => desk.look().tasks[0]!.answers.find(({ key }) => key === like[0]!.key)!.task.marked?.points;
  expect(points()).toBe(2);
  await post('/undo', { events: undo, back: path });
  expect(points()).toBeUndefined();
});

test('of many answers alike a hundred are shown, those that are not marked first, and the others on the next pages', async () => {
  book.close();
  book = openGradebook();
  gradeClass(
    book,
    Array.from({ length: 500 }, (_, i) => `s${i}`),
  );
  desk = openDesk(book, () => new Date('2026-11-03T10:00:00Z'));
  app = markingApp({ desk, token, host: () => host, who: 'kim' });
  const { path, version, answer } = answerOf('s0');
  await post(path, { version, item: 'rule' });
  const like = desk.look().tasks[0]!.answers.filter((one) => one.group === answer.group && one.student !== 's0');
  const pageAt = async (query: string) => (await get(`${path}/alike${query}`)).text();
  const keysOn = async (query: string) =>
    [...(await pageAt(query)).matchAll(/name="answer" value="(\w+)"/g)].map(([, key]) => key!);
  const first = await keysOn('');
  expect(first).toHaveLength(100);
  expect(await pageAt('')).toContain(`1 to 100 of ${like.length}`);
  expect(await pageAt('')).toContain('?from&#x3D;100');
  const others = [...(await keysOn('?from=100')), ...(await keysOn('?from=200'))];
  expect(new Set([...first, ...others]).size).toBe(Math.min(300, like.length));
  const fields = new URLSearchParams({ 'form-key': formKey(token) });
  for (const key of first) {
    const { student } = like.find((one) => one.key === key)!;
    fields.set(`version-${key}`, String(desk.version(student, 'Q1')));
    fields.append('answer', key);
  }
  const headers = { host, cookie, origin: `http://${host}` };
  const done = await app.request(`http://${host}${path}/alike`, { method: 'POST', headers, body: fields });
  expect(done.headers.get('location')).toContain('100+answers');
  expect((await keysOn('')).filter((key) => first.includes(key))).toEqual([]);
});

test('code is shown in numbered lines with colours and as text alone, however hostile', async () => {
  const code = '// <script>alert(1)</script>\nconst a = "</pre>";\na.length;\nreturn a;\n';
  const judged = book.events({ kind: 'judged' })[0]!;
  if (judged.kind !== 'judged') throw new Error('the first student was judged');
  const verdicts = judged.verdicts.map((one) => (one.manual ? { ...one, manual: { ...one.manual, text: code } } : one));
  book.append([{ ...judged, verdicts }]);
  const page = await (await get(answerOf('ann').path)).text();
  expect(page).toContain('<span class="ln" data-n="1"><i class="k-c">// &lt;script&gt;alert(1)&lt;/script&gt;</i>');
  expect(page).toContain('<span class="ln" data-n="4"><i class="k-k">return</i> a;');
  expect(page).not.toContain('<script>alert');
});

test('a rubric changes after its effect was seen, and not if somebody marked meanwhile', async () => {
  const { path, version } = answerOf('ann');
  await post(path, { version, item: 'rule' });
  const fields = { id: 'rule', title: 'The rule', marks: '1', from: '0', floor: '0', cap: '5', why: 'too much' };
  const preview = await (await post('/task/Q1/rubric', fields)).text();
  expect(preview).toContain('1 answer of 5 would change');
  const confirmed = /name="confirmed" value="(\d+)"/.exec(preview)![1]!;
  const ben = answerOf('ben');
  await post(ben.path, { version: ben.version, item: 'rule' });
  expect((await post('/task/Q1/rubric', { ...fields, confirmed })).status).toBe(409);
  expect((await post('/task/Q1/rubric', { ...fields, confirmed: String(desk.look().seq) })).status).toBe(303);
  expect(
    desk
      .look()
      .tasks[0]!.answers.map(({ task }) => task.marked?.points ?? 0)
      .reduce((a, b) => a + b),
  ).toBe(2);
});

test('after a form the marker is sent to pages of these only', async () => {
  for (const back of ['//evil.example/', 'https://evil.example/', '/\\evil.example']) {
    const { headers } = await post('/settings', { back, who: 'kim' });
    expect(headers.get('location')).toBe('/');
  }
});

test('the vendored script is the one that its package holds', async () => {
  const path = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js');
  expect(await (await get('/scripts/htmx.js')).text()).toBe(readFileSync(path, 'utf8'));
});

test('a task that was set by hand for other work says so beside the answer, and one press keeps or drops it', async () => {
  const adjust = (fields: Record<string, string>) => {
    const { path, version } = answerOf('ann');
    return post(`${path}/adjust`, { version, ...fields });
  };
  const page = async () => (await get(answerOf('ann').path)).text();
  const set = { points: '7', why: 'A "slip".' };
  await adjust(set);
  expect(await page()).not.toContain('for other work');
  handInAnew(book, 'ann');
  const shown = await page();
  expect(shown).toContain('It was set for other work than what counts now');
  expect(shown).toContain('took in what the student handed in then');
  expect(shown).toContain(
    '<input type="hidden" name="points" value="7"><input type="hidden" name="why" value="A &quot;slip&quot;."><button>Keep</button>',
  );
  expect(shown).toContain('<input type="hidden" name="points" value=""><button>Drop</button>');
  expect((await adjust(set)).status).toBe(303);
  expect(await page()).not.toContain('for other work');
  expect(answerOf('ann').answer.task.score).toBe(7);
  handInAnew(book, 'ann', 'Another text.');
  expect((await adjust({ points: '' })).status).toBe(303);
  expect(answerOf('ann').answer.task).toMatchObject({ score: 3 });
});
