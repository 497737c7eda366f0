/**
 * Two real batches, one of notebooks in Python, whose programs print and throw what they can get hold of. All that a student gets of
 * them is searched for the secret and what follows from it: pages, documents, archives, the formats of other systems, what a log
 * shows, what is left in temporary folders, and how the sandboxed processes were called.
 */
import { createHmac } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readResults } from '../gradebook/gradebook.ts';
import { isNight } from '../nightly.testing.ts';
import { packageRoot } from '../package-root.ts';
import { withoutPython } from '../runtimes/python/python.testing.ts';
import { processTree } from '../sandbox/contain/watchdog.ts';
import { program } from './small-class.testing.ts';
import { searchFor, secretsOf } from './secret-search.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-outputs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const round = 'Second Sitting';
const secret = createHmac('sha256', 'secret').update('of this class').digest('hex');
const levels = isNight ? ['score', 'hint', 'full'] : ['full'];
const formats = 'junit ctrf tap code-quality gradescope classroom50 coursera markdown json'.split(' ');

/** Every file below, by its path. */
function filesBelow(place: string): Map<string, Buffer> {
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => join(place, name)).filter((path) => statSync(path).isFile());
  return new Map(files.map((path) => [path.slice(folder.length + 1), readFileSync(path)]));
}

/** How a process and all that it has started were called and what they have around them, as far as this user may see. */
function around(pid: number, seen: Map<string, Buffer>): void {
  for (const one of processTree(pid)) {
    for (const file of ['cmdline', 'environ']) {
      try {
        seen.set(`${file} of ${readlinkSync(`/proc/${one}/exe`)} ${one}`, readFileSync(`/proc/${one}/${file}`));
      } catch {
        // It is gone, or nobody's to look into.
      }
    }
  }
}

/** A class as Canvas gives it for download, graded, and everything that comes of it. */
async function outputsOf(slug: string, files: Record<string, string>, only: string) {
  const place = join(folder, slug);
  const got = new Map<string, Buffer>();
  mkdirSync(join(place, 'tmp'), { recursive: true });
  const content = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  writeFileSync(join(place, 'submissions.zip'), zipSync(Object.fromEntries(content)));
  writeFileSync(join(place, 'secret-of-staff'), `${secret}\n`, { mode: 0o600 });
  const env = {
    TMPDIR: join(place, 'tmp'),
    GITHUB_STEP_SUMMARY: join(place, 'summary'),
    GITHUB_OUTPUT: join(place, 'output'),
  };
  const asked = ['--secret-file', 'secret-of-staff', '--round', round];

  const gradmark = async (...words: string[]) => {
    const run = execa(process.execPath, [program, ...words], { cwd: place, env, reject: false, all: true });
    const watching = setInterval(() => run.pid !== undefined && around(run.pid, got), 15);
    const { all, exitCode } = await run;
    clearInterval(watching);
    // As it was called itself is what staff have typed; for a moment each process that it starts still bears that.
    for (const [name, content] of got) if (name.startsWith('cmdline') && content.includes(program)) got.delete(name);
    got.set(`what gradmark ${words[0]} says, to ${words.join(' ')}`, Buffer.from(all.replaceAll(round, '')));
    return { exitCode, all };
  };

  const graded = await gradmark(
    'grade',
    slug,
    'submissions.zip',
    '--out',
    'out',
    ...asked,
    '--only',
    only,
    '--jobs',
    '2',
  );
  expect(graded.exitCode, graded.all).toBe(0);
  const { submissions } = await readResults(join(place, 'out'));
  for (const level of levels) {
    await gradmark('report', 'out', '--feedback', level);
    for (const { id } of submissions)
      for (const [name, file] of filesBelow(join(place, 'out', id))) got.set(`${level}: ${name}`, file);
    const to = `pages-${level}`;
    expect((await gradmark('publish', 'out', '--to', to, '--without-marks', '--feedback', level)).exitCode).toBe(0);
    for (const [name, file] of filesBelow(join(place, to))) got.set(name, file);
    const [first] = Object.keys(files);
    mkdirSync(join(place, `work-${level}`));
    writeFileSync(join(place, `work-${level}`, first!.split('_').at(-1)!), files[first!]!);
    const write = formats.flatMap((format) => ['--write', `${format}=written-${level}/${format}`]);
    const system = level === 'full' ? 'github' : 'gitlab';
    const ci = ['ci', `work-${level}`, '--assignment', slug, '--task', only, '--feedback', level, ...asked];
    const told = await gradmark(...ci, ...write, '--system', system, '--exit-zero');
    expect(told.exitCode, told.all).toBe(0);
    for (const [name, file] of filesBelow(join(place, `written-${level}`))) got.set(name, file);
  }
  const feedback = ['--to', 'canvas', '--feedback', 'feedback.zip', '--downloaded', 'submissions.zip'];
  await gradmark('export', 'out', ...feedback);
  for (const name of ['feedback.zip', 'summary', 'output']) got.set(name, readFileSync(join(place, name)));
  for (const to of ['csv', 'json']) await gradmark('export', 'out', '--to', to);
  await gradmark('replay', 'out', submissions[0]!.id, '--secret-file', 'secret-of-staff');
  for (const [name, file] of filesBelow(join(place, 'tmp'))) got.set(`left: ${name}`, file);
  return { got, place };
}

/** Prints all that there is around a function, and what it is given, when it is called. */
const nosy = `console.log(process.argv, process.env, Object.keys(globalThis), new Error('here').stack, Math.random());\n`;
const typescript = readFileSync(join(packageRoot, 'reference/boston-init-mnist-grads/q3c.ts'), 'utf8');
const throws = typescript.replace(
  /(export function \w+\()([^)]*)(\)[^{]*\{)/g,
  '$1$2$3 throw new Error(JSON.stringify([...arguments]));',
);

const printed = `
import sys, os, gc
def everything(*given):
    print(given, sys.argv, dict(os.environ), sys.flags)
    frame = sys._getframe()
    while frame is not None:
        print(frame.f_code, {name: repr(value)[:200] for name, value in frame.f_locals.items()})
        frame = frame.f_back
    print([repr(o)[:200] for o in gc.get_objects() if isinstance(o, dict) and 'seed' in o])
`;
/** The notebook with a line at the beginning of every method and function of its cells. */
function notebookWith(line: string): string {
  const path = join(packageRoot, 'reference/python/numpy-mlp-digits.ipynb');
  const notebook = JSON.parse(readFileSync(path, 'utf8')) as {
    cells: { cell_type: string; source: string | string[] }[];
  };
  for (const cell of notebook.cells.filter(({ cell_type: kind }) => kind === 'code')) {
    const text = [cell.source].flat().join('');
    const changed = text.replace(/^( *)def \w+\([^\n]*\).*:\n/gm, `$&$1    ${line}\n`);
    if (changed !== text) cell.source = printed + changed;
  }
  return JSON.stringify(notebook);
}

const batches: [slug: string, only: string, files: Record<string, string>][] = [
  [
    'boston-init-mnist-grads',
    'Q3c',
    { 'nosyann_1201_5501_q3c.ts': nosy + typescript, 'throwben_1202_5502_q3c.ts': throws },
  ],
  ...(withoutPython === undefined
    ? [
        [
          'numpy-mlp-digits',
          '2.2,2.3',
          {
            'nosyann_1201_5501_homework.ipynb': notebookWith('everything(locals())'),
            'throwben_1202_5502_homework.ipynb': notebookWith('raise ValueError(repr(locals()))'),
          },
        ] satisfies [string, string, Record<string, string>],
      ]
    : []),
];

describe.each(batches)('of %s', (slug, only, files) => {
  let got: Map<string, Buffer>;
  let place: string;
  let secrets: Awaited<ReturnType<typeof secretsOf>>;
  beforeAll(async () => {
    ({ got, place } = await outputsOf(slug, files, only));
    secrets = await secretsOf(secret, slug, round);
  });

  test('nothing that anybody gets holds any of it, and everything was looked at', () => {
    const find = searchFor(secrets);
    for (const [name, content] of got) expect([name, find(content)]).toEqual([name, []]);
    const names = [...got.keys()].join('\n');
    for (const part of 'report.html result.json feedback.zip summary written-full/gradescope bwrap says'.split(' '))
      expect(names).toContain(part);
  });

  test('what is planted in any of it is found', () => {
    const find = searchFor(secrets);
    const [seed] = secrets.numbers;
    for (const [name, content] of got) {
      const planted = Buffer.concat([
        content,
        Buffer.from(` <!-- ${Buffer.from(String(seed)).toString('base64')} -->`),
      ]);
      expect([name, find(planted)]).not.toEqual([name, []]);
    }
  });

  test("the programs did print and throw, so that what they can know is on their students' pages", () => {
    const page = (who: string) =>
      [...got].find(([name]) => name.startsWith('full: ') && name.includes(who) && name.endsWith('.json'))![1];
    expect(page('nosy').toString()).toMatch(slug.startsWith('numpy') ? /PYTHONHASHSEED/ : /\[ ?'/);
    expect(page('throw').toString()).toContain('crash');
  });

  test('beside the secret itself staff’s folder holds neither it nor what is computed from it', () => {
    const find = searchFor({ ...secrets, words: [] });
    for (const [name, content] of filesBelow(join(place, 'out'))) expect([name, find(content)]).toEqual([name, []]);
  });
});
