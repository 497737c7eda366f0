/** One submission, graded where a container is stated to be the wall: on a machine without bubblewrap, which is taken away here. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, describe, expect, test } from 'vitest';
import type { Results } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { findTools } from '../sandbox/contain/host-tools.ts';

const out = mkdtempSync(join(tmpdir(), 'gradmark-contained-'));
afterAll(() => rmSync(out, { recursive: true }));
const slug = 'boston-init-mnist-grads';
const { bwrap = '/usr/bin/bwrap' } = findTools();

/** Grades a task that costs little; bubblewrap is covered in a mount namespace of its own. */
function grade(path: string, ...more: string[]) {
  const words = [process.execPath, join(packageRoot, 'bin/gradmark.js'), 'grade', slug, path];
  const options = ['--only', 'Q1a', '--out', out, ...more];
  const script = 'mount --bind /dev/null "$1" && shift && exec "$@"';
  return execaSync('unshare', ['--mount', 'sh', '-c', script, 'sh', bwrap, ...words, ...options], { reject: false });
}

describe.runIf(process.geteuid?.() === 0)('--contained-by container', () => {
  const one = join(packageRoot, 'reference', slug);

  test('grades exactly one submission, and every result says whose word it is', () => {
    const { exitCode, stdout } = grade(one, '--contained-by', 'container');
    expect(exitCode).toBe(0);
    const said = 'contained by the container it was graded in, as stated by whoever ran it';
    expect(stdout.replace(/\s+/g, ' ')).toContain(said);
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results;
    expect(results).toMatchObject({ containedBy: 'container', level: expect.stringMatching(/^[CD]$/) });
    expect(results.submissions.map(({ held, score }) => [held, score > 0])).toEqual([[false, true]]);
    const { id } = results.submissions[0]!;
    expect(JSON.parse(readFileSync(join(out, id, 'result.json'), 'utf8'))).toMatchObject({ containedBy: 'container' });
    const page = readFileSync(join(out, id, 'report.html'), 'utf8');
    expect(page).toContain(said);
    expect(page).not.toMatch(/isolated|UNSAFE/);
  });

  test('refuses a class, since a container is no wall between neighbours', () => {
    const { exitCode, stderr } = grade(join(packageRoot, 'fixtures/course'), '--contained-by', 'container');
    expect(stderr).toMatch(/exactly one submission, and there are 12 here/);
    expect(exitCode).toBe(2);
  });

  test('without it nothing is graded there, and it is not said together with --allow-unsafe', () => {
    expect(grade(one)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--contained-by container') });
    expect(grade(one, '--contained-by', 'container', '--allow-unsafe').exitCode).toBe(2);
  });
});
