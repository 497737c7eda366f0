/**
 * As a newcomer with an older Node: no command warns, and two of them lead to the kit and the first check. It asks npm's registry for
 * much, and is tried at night.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNight } from '../graders/nightly.testing.ts';
import { root } from './house/sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-older-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };

test('the package takes every Node that can find a newer one', () => {
  expect(engines.node).toBe('>=20');
});

/** The folder with a `node` of this version: one that npm brings. */
function nodeOf(version: string): string {
  const place = join(folder, `node-${version}`);
  if (!existsSync(place)) {
    mkdirSync(place);
    execaSync('npm', ['init', '-y'], { cwd: place });
    execaSync('npm', ['install', '--no-audit', '--no-fund', `node@${version}`], { cwd: place });
  }
  return join(place, 'node_modules/node/bin');
}

/** How this machine reaches the registry: by whom it trusts, and by what lies in between. */
const network = Object.entries(process.env).filter(([name]) =>
  /^(.*_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|npm_config_(registry|ca|cafile|.*proxy))$/i.test(name),
);

/** Runs a line as in a terminal in which this Node is the only one. */
function terminal(version: string, cwd: string, line: string) {
  const others = (process.env['PATH'] ?? '').split(delimiter).filter((path) => !path.includes('node_modules'));
  const env = {
    ...Object.fromEntries(network),
    HOME: folder,
    NO_COLOR: '1',
    PATH: [nodeOf(version), ...others].join(delimiter),
  };
  const options = { cwd, env, extendEnv: false, reject: false, all: true, stdin: 'ignore' } as const;
  const { all, exitCode } = execaSync('bash', ['-c', line], options);
  return { said: all, exitCode };
}

describe.runIf(isNight).each(['20', '22', '24'])('with Node %s alone', (version) => {
  let tarball: string;
  beforeAll(() => {
    const packed = join(root, 'out/pack');
    if (!existsSync(packed)) execaSync(process.execPath, [join(root, 'scripts/pack.ts')], { cwd: root });
    tarball = join(
      packed,
      readdirSync(packed).find((name) => /^gradmark-\d.*\.tgz$/.test(name))!,
    );
  });

  test('two commands lead to the kit and the first check, and nothing warns', () => {
    const cwd = join(folder, `student-${version}`);
    mkdirSync(cwd);
    const start = `npx --yes --package=${tarball} gradmark start descent-components-digits --to kit --gradmark ${tarball}`;
    const started = terminal(version, cwd, start);
    expect(started.exitCode, started.said).toBe(0);
    const checked = terminal(version, join(cwd, 'kit'), 'npm install && npm run check');
    expect(checked.exitCode, checked.said).toBe(1);
    expect(checked.said).toContain('Not started yet');
    expect(`${started.said}\n${checked.said}`).not.toMatch(/warn/i);
  });

  test("the README's first line warns of nothing", () => {
    const clone = join(folder, `clone-${version}`);
    execaSync('git', ['clone', '-q', root, clone]);
    const { said, exitCode } = terminal(version, clone, 'npm ci && npm run gradmark -- tasks');
    expect(exitCode, said).toBe(0);
    expect(said).not.toMatch(/warn/i);
    rmSync(clone, { recursive: true });
  });
});
