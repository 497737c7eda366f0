/** Graded twice, a class gets the same results, byte for byte but for times: whatever ends its programs, and in any order. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check } from './check.ts';
import type { Coursework } from './coursework.ts';
import { gradeBatch } from './grade.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';

const answers = 'export const f = () => 1;';
/** What ends by itself or by other limits than that on time, which is long. */
const quick: Record<string, string> = {
  answers,
  // Far more than the limit on memory, told step by step.
  hoards: `export const f = () => { const kept = []; for (;;) { kept.push(new Float64Array(1e6).fill(1)); console.log(kept.length); } };`,
  'hoards-objects': `export const f = () => { const kept = []; for (;;) { kept.push(new Array(1e5).fill(1.5)); console.warn(kept.length); } };`,
  floods: `export const f = () => { for (;;) console.log('x'.repeat(5000)); };`,
  exits: `export const f = () => { console.log('last words'); process.exit(3); };`,
  mingles: `export const f = () => { for (let i = 0; i < 400; i++) { console.log('out', i); console.error('err', i); } throw new Error('no'); };`,
  waits: 'export const f = () => new Promise(() => {});',
};
/** What uses up its time, which is short. */
const endless: Record<string, string> = {
  answers,
  loops: `export const f = () => { for (let n = 0; ; n++) if (n % 1e6 === 0) console.log('step', n); };`,
};

const check = (id: string): Check => ({
  id,
  task: 'Q1',
  title: `f, ${id}`,
  asks: 'f().',
  points: 1,
  problems: [],
  run: async (context) => {
    const { value } = await (await context.guest()).call({ module: 'q1', name: 'f' }, []);
    return value === 1 ? { earned: 1 } : { earned: 0, finding: { says: 'f() should be 1.' } };
  },
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twice-'));
  for (const [group, programs] of Object.entries({ quick, endless })) {
    for (const [name, text] of Object.entries(programs)) {
      await mkdir(join(folder, group, name), { recursive: true });
      await writeFile(join(folder, group, name, 'q1.ts'), text);
    }
  }
});
afterAll(() => rm(folder, { recursive: true }));

const coursework = (callMs: number): Coursework => ({
  assignment: {
    schema: 'gradmark/assignment/v1',
    slug: 'twice',
    title: 'Twice',
    summary: 'One function.',
    imports: [],
    limits: { callMs, submissionMs: 60_000, memoryMb: 256 },
    tasks: [{ id: 'Q1', title: 'f', marks: 2, kinds: ['code'], unit: 'q1', exports: ['f'] }],
  },
  folder,
  checks: [check('once'), check('again')],
  given: [],
  hash: 'none',
});

/** What is kept of a batch, without times. */
async function graded(group: string, callMs: number, jobs: number): Promise<string> {
  const outDir = join(folder, `${group} ${jobs}`);
  const options = { coursework: coursework(callMs), paths: [join(folder, group)], outDir, seed: 7, jobs, full: false };
  const level = await bestLevel();
  await gradeBatch({
    ...options,
    level,
    backend: 'cpu',
    feedback: 'full',
    graderVersion: '0',
    now: () => new Date(),
    clock: () => performance.now(),
  });
  const text = await readFile(join(outDir, 'results.json'), 'utf8');
  return text.replace(/"(ms|startedAt|finishedAt)": *("[^"]*"|\d+)/g, '"$1": 0');
}

test.each([
  // Time enough that what hoards always meets the limit on memory first, however busy the machine is.
  [
    'quick',
    8000,
    {
      answers: 'pass',
      hoards: 'memory',
      'hoards-objects': 'memory',
      floods: 'crash',
      exits: 'crash',
      mingles: 'crash',
      waits: 'crash',
    },
  ],
  ['endless', 600, { answers: 'pass', loops: 'timeout' }],
])('two gradings of one class differ in times only: %s', async (group, callMs, outcomes) => {
  const first = await graded(group, callMs, 1);
  const second = await graded(group, callMs, 2);
  expect(second).toBe(first);
  const { submissions } = JSON.parse(first) as {
    submissions: { id: string; tasks: { checks: { outcome: string }[] }[] }[];
  };
  expect(
    Object.fromEntries(submissions.map(({ id, tasks }) => [id, tasks[0]!.checks.map(({ outcome }) => outcome)[0]])),
  ).toEqual(outcomes);
});
