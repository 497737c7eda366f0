/** The sample class, graded twice with one secret by the command line: whatever can differ is a time. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSite } from '../../reports/site.ts';
import { toJson } from '../gradebook/json.ts';
import { readResults } from '../gradebook/gradebook.ts';
import { openGradebook } from '../gradebook/store.ts';
import type { Results } from '../model/grade.ts';
import { isNight } from '../nightly.testing.ts';
import { packageRoot } from '../package-root.ts';
import { program } from './small-class.testing.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-course-twice-'));
  await writeFile(join(folder, 'secret'), 'the same for both, and long enough to be one\n', { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

const times = new Set(['ms', 'at', 'startedAt', 'finishedAt', 'seenAt']);
/** The same with every time set to one value. */
const untimed = (value: unknown, key = ''): unknown => {
  if (times.has(key)) return typeof value === 'number' ? 0 : '2026-01-01T00:00:00.000Z';
  if (Array.isArray(value)) return value.map((item) => untimed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, untimed(held, name)]));
};

/** Every file of the site, and every event, of one grading of the class. */
async function graded(name: string, jobs: number): Promise<Map<string, string>> {
  const [out, site] = [join(folder, name), join(folder, `${name}-site`)];
  const words = ['grade', 'boston-init-mnist-grads', join(packageRoot, 'fixtures/course'), '--out', out];
  await execa(process.execPath, [program, ...words, '--secret-file', join(folder, 'secret'), '--jobs', String(jobs)]);
  // Which check took longest stands on a page: pages are made of results without times.
  const results = untimed(await readResults(out)) as Results;
  await writeSite(results, site);
  const book = openGradebook(out);
  // With two at once they come in another order.
  const events = book.events().map(({ seq: _, ...event }) => toJson(untimed(event)));
  book.close();
  const found = new Map([
    ['results.json', toJson(results)],
    ['events', events.sort().join('')],
  ]);
  for (const file of await readdir(site, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    found.set(path.slice(site.length), await readFile(path, 'utf8'));
  }
  return found;
}

/** Ends what hangs: beside other heavy work the two take more than ten minutes. */
const patient = { timeout: 7_200_000 };

test.runIf(isNight)(
  'gradings of the sample class by one, two and four threads differ in times only',
  patient,
  async () => {
    const first = await graded('first', 1);
    for (const other of [await graded('second', 2), await graded('third', 4)]) {
      expect([...other.keys()].sort()).toEqual([...first.keys()].sort());
      for (const [name, text] of first) expect(other.get(name), name).toBe(text);
    }
    // Twelve students: a page and a file for each, and what is the class's.
    expect(first.size).toBe(28);
  },
);
