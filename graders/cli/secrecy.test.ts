/** Everything that a student gets is searched for a way to the probes; staff's files are enough to ask the same again. */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderNames } from '../../reports/folder-names.ts';
import { writeSite } from '../../reports/site.ts';
import { studentText } from '../../reports/terminal.ts';
import { readResults } from '../gradebook/gradebook.ts';
import type { FeedbackLevel, Results } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { commandIn } from './in-process.testing.ts';
import { searchFor, secretsOf } from './secret-search.testing.ts';

const slug = 'boston-init-mnist-grads';
const levels: readonly FeedbackLevel[] = ['score', 'hint', 'full'];
const folder = mkdtempSync(join(tmpdir(), 'gradmark-secrecy-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function gradmark(...args: string[]) {
  const { code: status, says: stdout, complains: stderr } = await commandIn(folder, args);
  return { status, stdout, stderr };
}

/** A student who prints whatever the grader gives, one who fails, and one who cannot be taken in. */
beforeAll(() => {
  for (const id of ['nosy', 'wrong']) {
    cpSync(join(packageRoot, 'reference', slug), join(folder, 'class', id), { recursive: true });
    const path = join(folder, 'class', id, 'q3c.ts');
    const text = readFileSync(path, 'utf8').replace('yHat.sub<tf.Tensor2D>(yTrue)', 'yTrue.sub<tf.Tensor2D>(yHat)');
    const prints = `console.log(process.argv, process.env, Object.keys(globalThis), Math.random());\n`;
    writeFileSync(path, id === 'nosy' ? prints + text : text);
  }
  mkdirSync(join(folder, 'class', 'empty'));
  writeFileSync(join(folder, 'class', 'empty', 'notes.pdf'), '');
});

const gradeOf = (work: string, out: string, ...more: string[]) =>
  gradmark('grade', slug, work, '--out', out, '--only', 'Q3b,Q3c', ...more);
const grade = (out: string, ...more: string[]) => gradeOf('class', out, ...more);

/** Every file that a student gets at this level, and what the terminal shows them. */
async function whatStudentsGet(results: Results, feedback: FeedbackLevel): Promise<Map<string, string>> {
  const out = join(folder, `pages-${feedback}`);
  await writeSite({ ...results, feedback }, out);
  const got = new Map<string, string>();
  for (const [id, name] of folderNames(results)) {
    for (const file of readdirSync(join(out, name), { recursive: true, encoding: 'utf8' })) {
      const path = join(out, name, file);
      if (statSync(path).isFile()) got.set(`${feedback} ${name}/${file}`, readFileSync(path, 'utf8'));
    }
    const look = { colour: false, width: 100, all: true };
    got.set(`${feedback} ${id} terminal`, studentText({ ...results, feedback }, id, look));
  }
  rmSync(out, { recursive: true });
  return got;
}

const timeless = (path: string) =>
  readFileSync(path, 'utf8').replace(/"(ms|startedAt|finishedAt)": [^,\n]+/g, '"$1": 0');

/** A number as it may be written. */
const written = (value: number) => [String(value), value.toString(16), value.toString(36)];

describe('a class that is graded with a secret', () => {
  const out = join(folder, 'out');
  const round = 'second sitting';
  let secret = '';
  let results: Results;
  beforeAll(async () => {
    const run = await grade(out, '--round', round);
    expect(run.status, run.stderr).toBe(0);
    secret = readFileSync(join(out, 'secret'), 'utf8').trim();
    results = await readResults(out);
    expect(run.stdout + run.stderr).not.toContain(secret);
  });

  test('no page, file or terminal holds the secret, a key, the name of the round or the seed of any stream', async () => {
    const find = searchFor(await secretsOf(secret, slug, round));
    for (const level of levels) {
      const got = await whatStudentsGet(results, level);
      expect(got.size).toBe(9);
      for (const [where, text] of got) {
        expect([where, find(Buffer.from(text))]).toEqual([where, []]);
        if (where.endsWith('.json')) expect(text).not.toMatch(/"(seed|secret|staff)":/);
        if (/report.html|json/.test(where)) expect(text).toContain(results.round!.fingerprint);
      }
    }
  });

  test('what staff have is enough to ask the same again on another machine, byte for byte', async () => {
    const again = join(folder, 'again');
    const { name } = results.round!;
    const run = await grade(again, '--secret-file', join(out, 'secret'), '--round', name!);
    expect(run.status, run.stderr).toBe(0);
    expect(timeless(join(again, 'results.json'))).toBe(timeless(join(out, 'results.json')));
    expect(readdirSync(again)).not.toContain('secret');
    const mayBeRead = 'Others on this machine may read';
    expect(run.stderr).not.toContain(mayBeRead);
    const open = join(folder, 'open-secret');
    writeFileSync(open, secret);
    chmodSync(open, 0o644);
    expect((await grade(again, '--secret-file', open, '--round', name!)).stderr).toContain(mayBeRead);
  });

  test('a latecomer of the same folder is asked the same, one of another round is not', async () => {
    cpSync(join(folder, 'class', 'wrong'), join(folder, 'late', 'zoe'), { recursive: true });
    const late = async (...more: string[]) => {
      const run = await gradeOf('late/zoe', out, ...more);
      expect(run.status, run.stderr).toBe(0);
      const { submissions, round } = await readResults(out);
      const zoe = submissions.find((submission) => submission.id === 'zoe')!;
      return {
        fingerprint: round!.fingerprint,
        said: zoe.tasks.map((task) => task.checks.map(({ finding }) => finding)),
      };
    };
    const friend = results.submissions.find((submission) => submission.id === 'wrong')!;
    const same = await late();
    expect(same.fingerprint).toBe(results.round!.fingerprint);
    expect(same.said).toEqual(friend.tasks.map((task) => task.checks.map(({ finding }) => finding)));
    const other = await late('--round', 'late');
    expect(other.fingerprint).not.toBe(same.fingerprint);
    expect(other.said).not.toEqual(same.said);
  });

  test('whose work comes after pages of its round were published is said, until it is graded in another round', async () => {
    cpSync(join(folder, 'class', 'wrong'), join(folder, 'later', 'yan'), { recursive: true });
    const says = 'Handed in after pages of the same round were published';
    expect((await grade(out)).stderr).not.toContain(says);
    expect((await gradmark('publish', out, '--to', join(folder, 'given'))).status).toBe(0);
    expect((await grade(out)).stderr).not.toContain(says);
    const later = await gradeOf('later/yan', out);
    expect(later.stderr).toMatch(new RegExp(`${says} \\([^)]*\\): yan\\. `));
    expect((await gradeOf('later/yan', out, '--round', 'resit')).stderr).not.toContain(says);
  });
});

test('a seed that was given is in staff’s files alone', async () => {
  const [out, seed] = [join(folder, 'seeded'), 7_234_567_890_123];
  expect((await gradeOf('class/wrong', out, '--seed', String(seed))).status).toBe(0);
  const results = await readResults(out);
  expect(results.seed).toBe(seed);
  for (const level of levels) {
    for (const [where, text] of await whatStudentsGet(results, level)) {
      for (const each of written(seed)) expect(text.includes(each), where).toBe(false);
      expect(text, where).not.toContain('"seed"');
    }
  }
});

test('students practise on probes of their own, and are not told of any seed', async () => {
  const { stdout } = await gradmark('check', 'class/wrong', '--assignment', slug, '--task', 'Q3c', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'gradmark/results/v1', submissions: [{ id: 'wrong' }] });
  expect(stdout).not.toMatch(/"(seed|staff|round)"/);
});

test('a secret and a seed together, a secret that is none, and a round without a name are the caller’s mistakes', async () => {
  writeFileSync(join(folder, 'weak'), 'password');
  writeFileSync(join(folder, 'bytes'), Buffer.alloc(64, 0xff));
  for (const [more, says] of [
    [['--seed', '1', '--round', '2'], /cannot be used with/],
    [['--secret-file', 'weak'], /holds no secret of 32 characters/],
    [['--secret-file', 'bytes'], /is no text/],
    [['--secret-file', 'nowhere'], /does not exist/],
    [['--round', ' '], /letters, digits/],
  ] as const) {
    const run = await grade(join(folder, 'mistaken'), ...more);
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(says)]);
  }
});
