/** `gradmark python setup` where it cannot be done: every way has its sentence, and leaves nothing behind that would be used. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa, execaSync } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isNight } from '../nightly.testing.ts';
import { packageRoot } from '../package-root.ts';
import { withoutPython } from '../runtimes/python/python.testing.ts';

const isRoot = process.geteuid?.() === 0;
const program = [process.execPath, join(packageRoot, 'bin/gradmark.js')];
/** Root's cache is one place on the machine: there a mount of one's own stands in its place, for the command alone. */
const inRoom = [
  'unshare',
  '-m',
  'sh',
  '-c',
  'mount --bind "$0" /var/cache/gradmark && eval "$1" && shift && exec "$@"',
];
const canMount = !isRoot || execaSync('unshare', ['-m', 'true'], { reject: false }).exitCode === 0;
let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradmark-setup-'));
  cache = join(folder, 'cache/gradmark');
  mkdirSync(cache, { recursive: true, mode: 0o700 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function command(words: readonly string[], first = 'true'): [file: string, args: string[]] {
  const [file, ...args] = [...(isRoot ? [...inRoom, cache, first] : []), ...program, ...words];
  return [file!, args];
}
/** Runs with a cache of its own; pip hears of no index but what `env` says. */
const setup = (words: readonly string[], env: Record<string, string> = {}, first?: string) =>
  execa(...command(['python', 'setup', ...words], first), {
    env: {
      XDG_CACHE_HOME: join(folder, 'cache'),
      PIP_CONFIG_FILE: '/dev/null',
      PIP_RETRIES: '1',
      PIP_FIND_LINKS: '',
      ...env,
    },
    reject: false,
  });

/** An interpreter that says this version of itself, and does with `-m venv` and `-m pip` what these lines of shell do. */
function interpreter(version: string, venv: string, pip: string): string {
  const path = join(folder, 'python3');
  const says = JSON.stringify({ version, packages: [] });
  const lines = ['#!/bin/sh', 'case "$*" in', `*venv*) ${venv};;`, `*pip*) ${pip};;`, `*) echo '${says}';;`, 'esac'];
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
  return path;
}
const made = () => readdirSync(cache).filter((name) => name.startsWith('environment-'));

describe.skipIf(!canMount)('an environment is not made', () => {
  test.each([
    ['by an old Python', '3.9.2', 'exit 0', 'exit 0', /is Python 3\.9\.2; programs are run by Python 3\.11 or newer/],
    [
      'without venv',
      '3.12.0',
      'exit 1',
      'exit 1',
      /has no module venv, so no virtual environment can be made.*apt install/,
    ],
    [
      'without pip',
      '3.12.0',
      'case "$*" in *without-pip*) exit 0;; esac; exit 1',
      'exit 1',
      /has neither ensurepip nor pip/,
    ],
  ])('%s', async (_, version, venv, pip, says) => {
    const { exitCode, stderr } = await setup(['--python', interpreter(version, venv, pip)]);
    expect([exitCode, made()], stderr).toEqual([2, []]);
    expect(stderr).toMatch(says);
  });

  test('where there is no Python at all', async () => {
    const { exitCode, stderr } = await setup(['--python', join(folder, 'nowhere')]);
    expect([exitCode, made()], stderr).toEqual([2, []]);
    expect(stderr).toMatch(/nowhere cannot be used as Python/);
  });

  test('where the cache cannot be written to', async () => {
    chmodSync(cache, 0o500);
    const readOnly = 'mount -o remount,ro,bind /var/cache/gradmark';
    const { exitCode, stderr } = await setup(['--python', interpreter('3.12.0', 'exit 0', 'exit 0')], {}, readOnly);
    chmodSync(cache, 0o700);
    expect(exitCode, stderr).not.toBe(0);
    expect(stderr).toMatch(/gradmark: .*cannot be written|read-only/i);
    expect(stderr).not.toMatch(/\n +at /);
  });

  test('by one that is killed meanwhile, and what it left is nothing that is used', async () => {
    const begun = join(folder, 'begun');
    const slow = interpreter('3.12.0', 'exit 1', 'exit 1');
    writeFileSync(
      slow,
      `#!/bin/sh\ncase "$*" in *venv*) for last; do :; done; mkdir -p "$last/bin"; touch "$last/bin/python" ${begun}; exec sleep 60;; *) echo '{"version":"3.12.0","packages":[]}';; esac\n`,
    );
    const running = setup(['--python', slow]);
    while (!existsSync(begun)) await delay(50);
    running.kill('SIGKILL');
    await running;
    expect(made()).toEqual([]);
    const { exitCode, stderr } = await setup(['--python', interpreter('3.12.0', 'exit 1', 'exit 1')]);
    expect([exitCode, made()], stderr).toEqual([2, []]);
  });

  describe.runIf(isNight && withoutPython === undefined)('by pip', () => {
    test.each([
      ['without a network', { PIP_INDEX_URL: 'http://127.0.0.1:9/simple' }, /pip does not reach its package index/],
      ['where the index has nothing of it', { PIP_NO_INDEX: '1' }, /pip finds no package that fits/],
    ])('%s', async (_, env, says) => {
      const { exitCode, stderr } = await setup([], env);
      expect([exitCode, made()], stderr).toEqual([2, []]);
      expect(stderr).toMatch(says);
    });

    test('where a package is another than the lock file says', async () => {
      const wheels = join(folder, 'wheels');
      mkdirSync(wheels);
      const zip =
        'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], "w"); z.writestr("numpy-2.4.6.dist-info/METADATA", "Name: numpy\\nVersion: 2.4.6\\n"); z.writestr("numpy-2.4.6.dist-info/WHEEL", "Wheel-Version: 1.0\\n"); z.close()';
      execaSync('python3', ['-c', zip, join(wheels, 'numpy-2.4.6-py3-none-any.whl')]);
      const { exitCode, stderr } = await setup([], { PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels });
      expect([exitCode, made()], stderr).toEqual([2, []]);
      expect(stderr).toMatch(/its hash differs\. Nothing was installed/);
    });
  });
});
