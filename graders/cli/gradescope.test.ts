import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemsOf } from '../../reports/formats/schemas.testing.ts';
import { atNight, isNight } from '../nightly.testing.ts';
import { packageRoot } from '../package-root.ts';
import { onMachine } from './machine.testing.ts';
import { right, tinyCoursework } from './packaged.testing.ts';

const { folder, packaged, remove } = tinyCoursework();
afterAll(remove);

/** The checkout in the place of what the archive brings, and what setup.sh makes when the machine is built. */
const source = '/autograder/source';
const [compiled, prepared] = [join(folder, 'compiled'), join(folder, 'prepared')];
const program = [
  ...['--ro-bind', packageRoot, `${source}/gradmark`, '--bind', compiled, `${source}/gradmark/.cache`],
  ...['--bind', prepared, `${source}/prepared`],
];

beforeAll(() => {
  packaged('gradescope', 'gradescope', '--visibility', 'after_due_date');
  mkdirSync(compiled, { mode: 0o700 });
  mkdirSync(prepared);
  const top = unpacked('gradescope');
  // Nothing may change modes in a checkout.
  const setUp = "sed '/^chmod -R go-w/d' source/setup.sh | bash";
  const built = onMachine({ places: ['--bind', top, '/autograder', ...program], cwd: '/autograder' }, [
    'sh',
    '-c',
    setUp,
  ]);
  expect(built.exitCode, built.stderr).toBe(0);
});

interface Run {
  /** How much room there is for results. */
  room?: string;
  /** Further places as bwrap binds them. */
  places?: string[];
  /** Runs in the machine beside the autograder, and is waited for instead of it where it says so. */
  beside?: string;
  /** An archive with all that it needs, for which nothing of the checkout is there. */
  whole?: string;
}

/** A folder in which everything lies where Gradescope has it: the archive is unpacked as it is there, and says alone what may be run. */
function unpacked(archive: string): string {
  const top = mkdtempSync(join(folder, 'autograder-'));
  for (const path of [folder, top]) chmodSync(path, 0o755);
  for (const name of ['submission', 'results']) mkdirSync(join(top, name));
  execaSync('unzip', ['-q', join(folder, archive, 'autograder.zip'), '-d', join(top, 'source')]);
  cpSync(join(top, 'source/run_autograder'), join(top, 'run_autograder'));
  return top;
}

/** What a submission gets there: programs of this machine are there to read, and no network is. */
function gradescope(
  submission: Record<string, string> | undefined,
  { room, places = [], beside = './run_autograder', whole }: Run = {},
) {
  const top = unpacked(whole ?? 'gradescope');
  if (submission === undefined) rmdirSync(join(top, 'submission'));
  for (const [path, text] of Object.entries(submission ?? {})) writeFileSync(join(top, 'submission', path), text);
  const { stdout, stderr, exitCode } = onMachine(
    {
      cwd: '/autograder',
      places: [
        ...['--bind', top, '/autograder'],
        ...(room === undefined ? [] : ['--size', room, '--tmpfs', '/autograder/results']),
        ...(whole === undefined ? program : []),
        ...places,
      ],
    },
    ['bash', '-c', `{ ${beside}; } 1>&2; cat results/results.json`],
  );
  expect(exitCode, stderr).toBe(0);
  expect(problemsOf('gradescope', stdout), stderr).toEqual([]);
  return { ...(JSON.parse(stdout) as { score: number; output: string; tests: { output: string }[] }), said: stderr };
}

test('the archive holds files where Gradescope looks for them, the secret for its owner alone, and the folder the secret once more', () => {
  const { stdout } = execaSync('unzip', ['-Z', join(folder, 'gradescope/autograder.zip')]);
  const modes = new Map([...stdout.matchAll(/^(\S{10}) .* (\S+)$/gm)].map(([, mode, path]) => [path, mode]));
  expect(modes.get('run_autograder')).toBe('-rwxr-xr-x');
  expect(modes.get('setup.sh')).toBe('-rwxr-xr-x');
  expect(modes.get('secret')).toBe('-rw-------');
  expect([...modes.keys()]).toContain('coursework/tiny/checks.ts');
  expect(readdirSync(join(folder, 'gradescope')).sort()).toEqual(['autograder.zip', 'secret']);
});

test('right work gets its marks, hidden until the due date, and nothing that runs beside a submission is root', () => {
  const watched = `(while sleep 0.2; do ps -eo uid=,args= >> /tmp/seen; done) & ./run_autograder;
    awk '$2 ~ /node$/ { print "uid " $1 }' /tmp/seen | sort -u`;
  const result = gradescope({ 'work.js': right }, { beside: watched });
  const passed = { status: 'passed', score: 1 };
  expect(result).toMatchObject({ score: 2, visibility: 'after_due_date', tests: [passed, passed] });
  expect(result.said.match(/^uid \d+$/gm)).toEqual(['uid 61184']);
});

const waiting = `export const twice = (x) => 2 * x;
export const thrice = () => new Promise((done) => setTimeout(done, 1e6, 63));
`;

test('what is found is there at once: where all is killed in the middle, the marks so far stand, and the sentence that says so', () => {
  const all =
    './run_autograder & until grep -q "1 of 2 checks" results/results.json || ! kill -0 $!; do sleep 0.1; done; kill -KILL -1';
  const result = gradescope({ 'work.js': waiting }, { beside: all });
  expect(result).toMatchObject({ score: 1, tests: [{ number: 'twice.value', score: 1 }] });
  expect(result.output).toMatch(/^The autograder was stopped before it was done: 1 of 2 checks were made/);
});

const readOnly = ['--remount-ro', '/tmp'];
const endless = { 'work.js': 'export const twice = () => { for (;;); }; export const thrice = () => 63;' };
const hoarding = { 'work.js': 'const all = []; for (;;) all.push(new Array(1e6).fill(0));' };
const pkill = "(until pkill -KILL -f '[g]radmark.js ci'; do sleep 0.2; done) & ./run_autograder";
const failures: [string, Record<string, string> | undefined, Run, RegExp, number?][] = [
  ['no folder with a submission', undefined, {}, /Not graded: .*does not exist/],
  [
    'a program that does not parse',
    { 'work.js': 'export const twice = (x => ;\n' },
    {},
    /work\.js cannot be read at line 1/,
  ],
  ['a full disk', { 'work.js': right }, { room: '4096' }, /stopped before it was done/],
  ['an empty folder', {}, {}, /Not graded/],
  ['other names', { 'my-answer.js': right }, {}, /Not graded|not handed in/],
  ['an endless loop', endless, {}, /time/, 1],
  ['too much memory', hoarding, {}, /memory/],
  ['a grader that is killed', { 'work.js': right }, { beside: pkill }, /stopped before it was done/],
  ['an archive that cannot be read', { 'work.zip': 'PK no archive' }, {}, /Not graded|not handed in/],
  ['nowhere to write while it grades', { 'work.js': right }, { places: readOnly }, /stopped before it was done/],
];

describe('there is a valid results.json, in words, of', () => {
  test.each(atNight(failures, 2))('%s', (_, submission, run, says, score = 0) => {
    const result = gradescope(submission, run);
    expect(result.score).toBe(score);
    expect([result.output, ...result.tests.map(({ output }) => output)].join('\n'), result.said).toMatch(says);
  });
});

test.runIf(isNight)('the archive is all that is needed: set up and run with nothing else, and no network', () => {
  packaged('gradescope', 'whole', '--engine');
  const both = './source/setup.sh && ./run_autograder';
  expect(gradescope({ 'work.js': right }, { whole: 'whole', beside: both })).toMatchObject({ score: 2 });
  expect(statSync(join(folder, 'whole/autograder.zip')).size).toBeLessThan(100e6);
});
