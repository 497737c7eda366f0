import { readdirSync, readlinkSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event } from './event.ts';
import { lockGrading } from './grading-lock.ts';
import { Conflict, gradebookPath, openGradebook } from './store.ts';
import type { Work } from './works.ts';
import { hashOfWork } from './works.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

const signed = { who: 'kim', at: '2026-11-02T10:00:00.000Z' };
const mark = (student: string, points: number): Event => ({
  ...{ ...signed, kind: 'marked', student, task: 'Q1', items: [], beside: points, points },
});
const attempt = (student: string): Event => ({ ...signed, kind: 'handed-in', student, sha256: 'a', files: {} });

test('events come back in their order, for all, from a place on, and of one student', () => {
  const book = openGradebook(folder);
  const [first] = book.append([mark('ann', 1), mark('ben', 2)]);
  book.append([mark('ann', 3)]);
  const points = (which?: Parameters<typeof book.events>[0]) =>
    book.events(which).map((event) => (event.kind === 'marked' ? [event.student, event.points] : []));
  expect(points()).toEqual([['ann', 1], ['ben', 2], ['ann', 3]]); // prettier-ignore
  expect(points({ since: first!.seq })).toEqual([['ben', 2], ['ann', 3]]); // prettier-ignore
  expect(points({ student: 'ann' })).toEqual([['ann', 1], ['ann', 3]]); // prettier-ignore
  book.close();
});

test('only the owner may read any of its files', async () => {
  const book = openGradebook(join(folder, 'deep', 'out'));
  book.append([mark('ann', 1)]);
  for (const ending of ['', '-wal', '-shm']) {
    const { mode } = await stat(gradebookPath(join(folder, 'deep', 'out')) + ending);
    expect((mode & 0o777).toString(8), ending).toBe('600');
  }
  book.close();
});

test('a folder that was open to others is closed where it is of a batch alone, and so are gradebook and secret', async () => {
  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  const open = async (path: string) => {
    await chmod(path, 0o755);
    for (const name of ['gradebook.db', 'secret']) await chmod(join(path, name), 0o644).catch(() => undefined);
  };
  const modes = (out: string) => Promise.all([out, gradebookPath(out), join(out, 'secret')].map(modeOf));
  const out = join(folder, 'made-before');
  await mkdir(out, { mode: 0o755 });
  openGradebook(out).close();
  await writeFile(join(out, 'secret'), 'x');
  expect(await modes(out)).toEqual(['700', '600', '644']);
  // As a copy is put back.
  await mkdir(join(out, 'ann'));
  await open(out);
  openGradebook(out).close();
  expect(await modes(out)).toEqual(['700', '600', '600']);
  // Whoever keeps other things there keeps the folder as it is.
  await writeFile(join(out, '.profile'), '');
  await open(out);
  openGradebook(out).close();
  expect(await modes(out)).toEqual(['755', '600', '600']);
  await rm(join(out, '.profile'));
  // `/dev` is no batch, whatever its devices are called.
  await execa('mkfifo', [join(out, 'null')]);
  await open(out);
  openGradebook(out).close();
  expect(await modeOf(out)).toBe('755');
  await rm(join(out, 'null'));
  await rm(gradebookPath(out));
  await open(out);
  openGradebook(out).close();
  expect(await modeOf(out)).toBe('755');
});

test('where a link in the place of the secret leads nothing is changed', async () => {
  const [out, theirs] = [join(folder, 'out'), join(folder, 'theirs')];
  await mkdir(out);
  await writeFile(theirs, 'x');
  await chmod(theirs, 0o644);
  await symlink(theirs, join(out, 'secret'));
  openGradebook(out).close();
  expect((await stat(theirs)).mode & 0o777).toBe(0o644);
});

test('the second of two markers on one answer is told who was faster, and nothing of theirs is written', () => {
  const [kim, lee] = [openGradebook(folder), openGradebook(folder)];
  const seen = { student: 'ann', task: 'Q1', version: kim.version('ann', 'Q1') };
  expect(seen.version).toBe(0);
  const [first] = kim.append([mark('ann', 1)], [seen]);
  const again = () => lee.append([{ ...mark('ann', 5), who: 'lee' }, mark('ben', 5)], [seen]);
  expect(again).toThrow(Conflict);
  expect(again).toThrow(/^kim has said something of this answer meanwhile .* Nothing was written/);
  expect(lee.events()).toHaveLength(1);
  const now = lee.version('ann', 'Q1');
  expect(now).toBe(first!.seq);
  lee.append([mark('ann', 5)], [{ ...seen, version: now }]);
  // What is said of another task, or of somebody else, is none of theirs; a new attempt is.
  kim.append([{ ...mark('ann', 9), task: 'Q2' } as Event, mark('ben', 9)]);
  lee.append([mark('ann', 6)], [{ ...seen, version: lee.version('ann', 'Q1') }]);
  const before = lee.version('ann', 'Q1');
  kim.append([attempt('ann')]);
  expect(() => lee.append([mark('ann', 7)], [{ ...seen, version: before }])).toThrow(Conflict);
  kim.close();
  lee.close();
});

test('of several events all are written or none', () => {
  const book = openGradebook(folder);
  const damaged = { ...mark('ann', 1), points: 'many' } as unknown as Event;
  expect(() => book.append([mark('ann', 1), damaged])).toThrow(/is damaged: its event 2 \(marked\).*points/);
  expect(book.events()).toEqual([]);
  book.close();
});

test('what stands in it is neither changed nor deleted, except where somebody is forgotten', () => {
  const book = openGradebook(folder);
  book.append([mark('ann', 1), mark('ben', 2)]);
  const db = new DatabaseSync(gradebookPath(folder));
  expect(() => db.exec("UPDATE events SET body = '{}'")).toThrow('events are not changed');
  expect(() => db.exec('DELETE FROM events')).toThrow('events are not deleted');
  const under = { graderVersion: '1', backend: 'cpu', level: 'A', full: false, data: false } as const;
  book.append([{ ...signed, kind: 'begun', students: ['ann', 'ben'], under }]);
  book.forget('ann', { ...signed, kind: 'forgotten', student: 'forgotten-1', score: 1, max: 2, tasks: [] });
  expect(book.events().map(({ kind }) => kind)).toEqual(['marked', 'begun', 'forgotten']);
  expect(() => db.exec('DELETE FROM events')).toThrow('events are not deleted');
  db.close();
  book.close();
});

test('who is forgotten is found in no byte of any file', async () => {
  const book = openGradebook(folder);
  const under = { graderVersion: '1', backend: 'cpu', level: 'A', full: false, data: false } as const;
  const shown = { 'Ann-Lovelace': 'h', ben: 'h' };
  book.append([
    { ...signed, kind: 'begun', students: ['Ann-Lovelace', 'ben'], under },
    ...Array.from({ length: 200 }, (_, i): Event => ({ ...mark('Ann-Lovelace', i), why: 'x'.repeat(100) })),
    { ...signed, kind: 'published', feedback: 'full', to: 'pages', shown },
  ]);
  const bytes = async () =>
    (await Promise.all(['', '-wal'].map((ending) => readFile(gradebookPath(folder) + ending, 'latin1')))).join('');
  expect(await bytes()).toContain('Ann-Lovelace');
  book.forget('Ann-Lovelace', { ...signed, kind: 'forgotten', student: 'forgotten-1', score: 1, max: 2, tasks: [] });
  expect(await bytes()).not.toContain('Ann-Lovelace');
  expect(await bytes()).toContain('ben');
  book.close();
});

test('a copy of what was handed in comes back as it was, is kept once, and goes with the last who handed it in', () => {
  const book = openGradebook(folder);
  const own = [{ path: 'q1.ts', text: 'const half = "\ud83d";', handedInAs: 'q1.js' }];
  const shared = [{ path: 'q1.ts', text: 'export const one = 1;' }];
  const handIn = (student: string, work: Work): Event => {
    return { ...attempt(student), kept: { work: hashOfWork(work), notes: [] } } as Event;
  };
  book.append([handIn('ann', own), handIn('ann', shared)], [], [own, shared]);
  book.append([handIn('ben', shared)], [], [shared]);
  expect(book.work(hashOfWork(own))).toEqual(own);
  const db = new DatabaseSync(gradebookPath(folder));
  const count = () => db.prepare('SELECT count(*) AS n FROM works').get()!['n'];
  expect(count()).toBe(2);
  expect(() => db.exec('DELETE FROM works')).toThrow('works are not deleted');
  expect(() => db.exec("UPDATE works SET body = x'00'")).toThrow('works are not changed');
  book.forget('ann', { ...signed, kind: 'forgotten', student: 'forgotten-1', score: 1, max: 2, tasks: [] });
  expect([book.work(hashOfWork(own)), book.work(hashOfWork(shared))]).toEqual([undefined, shared]);
  db.prepare("INSERT INTO works (hash, body) VALUES ('other', x'00')").run();
  expect(() => book.work('other')).toThrow('a copy of what was handed in is not as it was written');
  db.close();
  book.close();
});

test('a file of the first version is brought up to date with what stands in it, and one of a newer version is refused', () => {
  const old = new DatabaseSync(gradebookPath(folder));
  old.exec(`CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,
    kind TEXT NOT NULL, student TEXT, task TEXT, body TEXT NOT NULL) STRICT;
    CREATE INDEX events_of_student ON events (student, seq); PRAGMA user_version = 1`);
  old
    .prepare("INSERT INTO events (at, who, kind, student, body) VALUES ('', 'kim', 'handed-in', 'ann', ?)")
    .run(JSON.stringify(attempt('ann')));
  const book = openGradebook(folder);
  expect(book.events()).toMatchObject([{ seq: 1, kind: 'handed-in', student: 'ann' }]);
  expect(() => old.exec('DELETE FROM events')).toThrow('events are not deleted');
  book.close();
  old.exec('PRAGMA user_version = 99');
  old.close();
  expect(() => openGradebook(folder)).toThrow(/was written by a newer gradmark \(version 99 of its tables\)/);
});

test('a file that is no gradebook, and an event that nobody knows, are said with their place', async () => {
  const path = gradebookPath(folder);
  await writeFile(path, 'no database at all, but long enough to have a header of a hundred bytes'.repeat(20));
  expect(() => openGradebook(folder)).toThrow(`${path} is damaged or no gradebook.`);
  await rm(path);
  openGradebook(folder).close();
  const other = new DatabaseSync(path);
  other.exec('DROP TABLE works');
  other.close();
  expect(() => openGradebook(folder)).toThrow(`${path} is damaged or no gradebook.`);
  await rm(path);
  const book = openGradebook(folder);
  const db = new DatabaseSync(path);
  db.exec("INSERT INTO events (at, who, kind, body) VALUES ('', '', 'dreamt', '{}')");
  db.close();
  expect(() => book.events()).toThrow(`${path} holds an event that this gradmark does not know (dreamt)`);
  book.close();
});

test('a file that cannot be opened as a gradebook is held open by nobody: its disk can be taken away', async () => {
  const path = gradebookPath(folder);
  const handles = () => readdirSync('/proc/self/fd').filter((fd) => linkOf(fd).startsWith(path));
  const linkOf = (fd: string) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  };
  const book = openGradebook(folder);
  expect(handles()).not.toEqual([]);
  book.close();
  await writeFile(path, 'no database at all, but long enough to have a header of a hundred bytes'.repeat(20));
  expect(() => openGradebook(folder)).toThrow('is damaged or no gradebook.');
  expect(handles()).toEqual([]);
});

test('a second grader is told who grades; a marker is not kept out; a grader that was killed keeps nobody out', async () => {
  openGradebook(folder).close();
  const module = new URL('grading-lock.ts', import.meta.url).href;
  const script = `const { lockGrading } = await import(${JSON.stringify(module)});
    await lockGrading(${JSON.stringify(folder)}, '2026-11-02'); console.log('locked'); setInterval(() => {}, 1000);`;
  const grader = execa(process.execPath, ['--input-type=module', '-e', script], { reject: false });
  await new Promise((resolve) => grader.stdout.once('data', resolve));
  await expect(lockGrading(folder, 'later')).rejects.toThrow(
    new RegExp(`is being graded into by process ${grader.pid} on .* since 2026-11-02: wait until that is done`),
  );
  const book = openGradebook(folder);
  book.append([mark('ann', 1)]);
  book.close();
  grader.kill('SIGKILL');
  await grader;
  const lock = await lockGrading(folder, 'later');
  await expect(lockGrading(folder, 'later')).rejects.toThrow(`by process ${process.pid} on`);
  lock.release();
  (await lockGrading(folder, 'later')).release();
});

test('what stands in the place of the lock is told with what to do', async () => {
  await writeFile(
    join(folder, 'grading.lock'),
    'a note that somebody left here, longer than a header of a hundred bytes'.repeat(9),
  );
  await expect(lockGrading(folder, 'now')).rejects.toThrow(
    /grading\.lock is nothing that gradmark wrote\. .* take it away/,
  );
});

test('opening one prints no warning', async () => {
  const module = new URL('store.ts', import.meta.url).href;
  const script = `(await import(${JSON.stringify(module)})).openGradebook(${JSON.stringify(folder)}).close()`;
  const { stderr } = await execa(process.execPath, ['--input-type=module', '-e', script]);
  expect(stderr).toBe('');
});
