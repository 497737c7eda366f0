import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { problemsOf } from '../../reports/formats/schemas.testing.ts';
import { isNight } from '../nightly.testing.ts';
import { packageRoot } from '../package-root.ts';
import { documented } from './documented.testing.ts';
import { commandIn } from './in-process.testing.ts';
import { onMachine } from './machine.testing.ts';
import { graderVersion } from './version.ts';

const slug = 'boston-init-mnist-grads';
const folder = mkdtempSync(join(tmpdir(), 'gradmark-machines-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Stands for npx, which would ask the registry for this very version: there is no network on these machines. */
const npx = join(folder, 'npx');
const version = graderVersion();
writeFileSync(
  npx,
  `#!/bin/sh
[ "$1 $2" = "--yes gradmark@${version}" ] || exit 99
shift 2
exec node /opt/gradmark/bin/gradmark.js "$@"
`,
  { mode: 0o755 },
);

async function repositoryFor(system: string): Promise<string> {
  const words = documented('ci.md').find((all) => all[0] === 'package' && all.includes(system))!;
  expect(await commandIn(folder, words)).toMatchObject({ code: 0 });
  const repository = join(folder, words.at(-1)!);
  for (const name of ['q3c.ts', 'q3a.ts']) cpSync(join(packageRoot, 'reference', slug, name), join(repository, name));
  return repository;
}

/** Runs a script as the system does; `at` is where it checks repositories out. */
function run(repository: string, at: string, shell: readonly string[], env: Record<string, string>) {
  const places = [
    ...['--bind', repository, at, '--ro-bind', packageRoot, '/opt/gradmark', '--ro-bind', npx, '/opt/bin/npx'],
    ...['--ro-bind', dirname(process.execPath), '/opt/node', '--dir', '/home/runner'],
  ];
  const path = '/opt/bin:/opt/node:/usr/bin:/bin';
  return onMachine({ cwd: at, places, env: { PATH: path, HOME: '/home/runner', CI: 'true', ...env } }, shell);
}

interface Step {
  id?: string;
  uses?: string;
  with?: Record<string, string>;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
}
interface Action {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
}

/** `${{ inputs.folder }}`, and nothing beside it, as GitHub puts it in. */
const filledIn = (text: string, values: Record<string, string>): string =>
  text.replace(/\$\{\{ *([^ }]+) *\}\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`${name} is not known`);
    return values[name];
  });

test('the workflow for GitHub and its composite action run on a machine like a runner, and give what they say', async () => {
  const repository = await repositoryFor('github');
  const { jobs } = parse(readFileSync(join(repository, '.github/workflows/gradmark.yml'), 'utf8')) as {
    jobs: { check: { steps: Step[] } };
  };
  const own = jobs.check.steps.filter(({ uses }) => uses?.startsWith('./'));
  expect([own.length, jobs.check.steps.filter((step) => step.run !== undefined)]).toEqual([1, []]);
  const { inputs, outputs, runs } = parse(
    readFileSync(join(repository, own[0]!.uses!, 'action.yml'), 'utf8'),
  ) as Action;
  const given = Object.entries(inputs).map(([name, { default: usual }]) => [
    `inputs.${name}`,
    String(own[0]!.with?.[name] ?? usual),
  ]);
  const [check, ...others] = runs.steps.filter((step) => step.run !== undefined);
  expect([check!.shell, check!.id, others]).toEqual(['bash', 'check', []]);
  // What a submission could have put in is no part of the script.
  expect(check!.run).not.toContain('${{');

  const env = Object.fromEntries(
    Object.entries(check!.env!).map(([name, text]) => [name, filledIn(text, Object.fromEntries(given))]),
  );
  writeFileSync(join(repository, '.step.sh'), check!.run!);
  const at = '/home/runner/work/hw/hw';
  const ran = run(repository, at, ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', `${at}/.step.sh`], {
    ...{ ...env, GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: at },
    ...{ GITHUB_OUTPUT: `${at}/.output`, GITHUB_STEP_SUMMARY: `${at}/.summary` },
  });
  expect(ran.exitCode, ran.stdout + ran.stderr).toBe(1);
  expect(ran.stdout).toMatch(/^::error /m);
  const said = [...readFileSync(join(repository, '.output'), 'utf8').matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm)];
  const values = Object.fromEntries(said.map(([, name, , value]) => [`steps.check.outputs.${name}`, value!]));
  const [score, most] = ['score', 'max-score'].map((name) => Number(filledIn(outputs[name]!.value, values)));
  expect(score).toBeGreaterThan(0);
  expect(most).toBeGreaterThan(score!);
  expect(readFileSync(join(repository, '.summary'), 'utf8')).toContain(`${score}`);
});

// By day what it runs is tried in ci.test.ts, and a machine by the workflow above.
test.runIf(isNight)(
  'the job for GitLab runs on a machine like its runner, and leaves its reports where the job says',
  async () => {
    const repository = await repositoryFor('gitlab');
    const { gradmark: job } = parse(readFileSync(join(repository, '.gitlab-ci.yml'), 'utf8')) as {
      gradmark: { script: string[]; artifacts: { reports: { junit: string; codequality: string } } };
    };
    const script = ['set -eo pipefail', ...job.script].join('\n');
    const ran = run(repository, '/builds/dl/hw', ['bash', '-c', script], { GITLAB_CI: 'true' });
    expect(ran.exitCode, ran.stdout + ran.stderr).toBe(1);
    const { junit, codequality } = job.artifacts.reports;
    const xml = new XMLParser({ ignoreAttributes: false }).parse(readFileSync(join(repository, junit), 'utf8')) as {
      testsuites: Record<string, string>;
    };
    expect(Number(xml.testsuites['@_tests'])).toBeGreaterThan(0);
    expect(problemsOf('codeQuality', readFileSync(join(repository, codequality), 'utf8'))).toEqual([]);
  },
);
