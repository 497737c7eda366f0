/** Whatever command judges the work of others does so in threads that can be ended, one submission as well as a class. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Results } from '../model/grade.ts';
import { answersThat, writeSteps } from '../judging/steps.testing.ts';
import { atNight, isNight } from '../nightly.testing.ts';
import { commandIn } from './in-process.testing.ts';

const home = mkdtempSync(join(tmpdir(), 'gradmark-apart-'));
afterAll(() => rmSync(home, { recursive: true }));
writeSteps(join(home, 'courses'));

const gradmark = (...words: string[]) => commandIn(home, [...words, '--assignments', 'courses']);
const outcomes = ({ submissions: [grade] }: Results) =>
  grade!.tasks.flatMap(({ checks }) => checks.map(({ because, outcome }) => because ?? outcome));

const says =
  'Judging the answers took more than the 1024 MB for a whole submission: answer with what is asked for, and no more.';

test.each(
  atNight(
    [
      ['ends', ['pass', 'pass', 'pass', 'pass']],
      ['fills the memory', ['pass', says, says, says]],
    ] as const,
    1,
  ),
)(
  'one submission whose judging %s: graded and checked by ci in threads, at night graded again and repeated there as well',
  async (does, end) => {
    const [work, out] = [`${does}/ann`, `${does}, graded`];
    mkdirSync(join(home, work), { recursive: true });
    writeFileSync(join(home, work, 'answers.json'), answersThat(does));

    const graded = await gradmark('grade', 'steps', work, '--out', out, '--json');
    expect(outcomes(JSON.parse(graded.says) as Results)).toEqual(end);
    const checked = await gradmark('ci', work, '--assignment', 'steps', '--write', 'json=results.json');
    expect(outcomes(JSON.parse(readFileSync(join(home, 'results.json'), 'utf8')) as Results)).toEqual(end);
    expect([graded.code, checked.code]).toEqual([0, does === 'ends' ? 0 : 1]);

    if (!isNight) return;
    const again = await gradmark('regrade', out, '--afresh', '--json');
    expect(JSON.parse(again.says)).toMatchObject({ students: [], left: [] });
    const repeated = await gradmark('replay', out, 'ann', '--json');
    expect(JSON.parse(repeated.says)).toMatchObject({ same: true, checks: end.length });
  },
);
