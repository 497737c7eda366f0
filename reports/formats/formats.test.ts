import { validate } from 'ctrf';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Parser } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import type { Results } from '../../graders/model/grade.ts';
import { everyString } from '../every-string.testing.ts';
import { grade, results, task, verdict } from '../sample-results.testing.ts';
import { showcase } from '../sample-showcase.testing.ts';
import { classroom50 } from './classroom50.ts';
import { codeQuality } from './code-quality.ts';
import { coursera } from './coursera.ts';
import { ctrf } from './ctrf.ts';
import { annotations, outputs, withoutCommands } from './github-commands.ts';
import { gradescope, gradescopeFailure } from './gradescope.ts';
import { junit } from './junit.ts';
import { viewRun, worstFirst } from './run-view.ts';
import { problemsOf } from './schemas.testing.ts';
import { stepSummary } from './step-summary.ts';
import { tap } from './tap.ts';

/** Text as a student may have chosen it, in every place where there is text. */
const HOSTILE = ']]>\u0000\u001b[31m\ud800\uffff "\'&<b>\\n# SKIP | ```` ::error::x\r\n::add-mask::y\n..\n---\u202e%0A';

const hostile = everyString(results([showcase()]), (path, text) =>
  /outcome|status|certainty|^feedback$|^level$|startedAt|finishedAt|kind|submissions\.id|task$/.test(path)
    ? text
    : `${text}${HOSTILE}`,
) as Results;

const runs = { showcase: viewRun(results([showcase()]), 's0042'), hostile: viewRun(hostile, 's0042') };
const refusedRun = viewRun(
  results([grade('a', [task('q1', 'One', [verdict('q1.a', 'Right', 2)])], { refused: 'It is no archive.' })]),
  'a',
);
const cases = Object.entries({ ...runs, refused: refusedRun });

const handIn = {
  ...{ classroom: 'dl', assignment: 'hw1', assignment_type: 'individual', owner: 'ann', submission: 'submit/1' },
  ...{ commit: 'c', release: 'r', review: 'v', datetime: '2026-03-03T14:00:00Z' },
};

describe.each(cases)('the %s', (_, run) => {
  test('is XML that a parser reads back, with every check once and its marks', () => {
    const xml = junit(run);
    expect(XMLValidator.validate(xml)).toBe(true);
    const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => /^(testsuite|testcase)$/.test(name) });
    const { testsuites } = parser.parse(xml) as {
      testsuites: { '@_tests': string; testsuite: { testcase: Record<string, unknown>[] }[] };
    };
    const read = testsuites.testsuite.flatMap(({ testcase }) => testcase);
    expect(Number(testsuites['@_tests'])).toBe(run.tests.length);
    expect(new Set(read.map((one) => one['@_name'])).size).toBe(run.tests.length);
    const outcomes = read.map((one) => ['failure', 'error', 'skipped'].find((name) => name in one) ?? 'pass');
    const expected = {
      pass: 'pass',
      fail: 'failure',
      error: 'error',
      held: 'error',
      skip: 'skipped',
      person: 'skipped',
    };
    expect(outcomes).toEqual(run.tests.map(({ status }) => expected[status]));
    // Nothing but tab and line end below a blank: Jenkins takes no file with others.
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
  });

  test('is CTRF by its schema', () => {
    const checked = validate(JSON.parse(ctrf(run)));
    expect(checked).toMatchObject({ valid: true });
  });

  test('is TAP that a parser counts as we do', () => {
    const parser = new Parser();
    parser.end(tap(run));
    const wrong = run.tests.filter(({ status }) => ['fail', 'error', 'held'].includes(status)).length;
    const skipped = run.tests.filter(({ status }) => ['skip', 'person'].includes(status)).length;
    expect(parser.results).toMatchObject({ count: run.tests.length, fail: wrong, skip: skipped, bailout: false });
    expect(parser.results!.plan.end).toBe(run.tests.length);
    expect(parser.results!.failures.map((failure) => failure.tapError ?? '').join('')).toBe('');
  });

  test('is what Gradescope, Classroom 50, Coursera and GitLab document', () => {
    expect(problemsOf('gradescope', gradescope(run, { visibility: 'after_due_date' }))).toEqual([]);
    expect(problemsOf('classroom50', classroom50(run, handIn))).toEqual([]);
    expect(problemsOf('coursera', coursera(run))).toEqual([]);
    expect(problemsOf('codeQuality', codeQuality(run))).toEqual([]);
  });

  test('annotates in lines that hold one command each', () => {
    const lines = annotations(run, [HOSTILE]);
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^\r\n]*::[^\r\n]*$/);
    for (const kind of ['error', 'warning', 'notice'])
      expect(lines.filter((line) => line.startsWith(`::${kind} `)).length).toBeLessThanOrEqual(10);
  });

  test('is a summary in which nothing foreign is markup', () => {
    const shown = stepSummary(run, [HOSTILE]).replace(/^(`{3,})text\n[^]*?^\1$/gm, '');
    expect(shown).not.toMatch(/<(?!\/?(details|summary)>)/);
    expect(shown).not.toContain('````');
  });
});

test('a check without marks is never a failure, one with marks is', () => {
  const tests = viewRun(
    results([
      grade('a', [
        task('q1', 'One', [
          verdict('q1.a', 'free', 0, { outcome: 'fail' }),
          verdict('q1.b', 'b', 1, { outcome: 'fail' }),
        ]),
      ]),
    ]),
    'a',
  ).tests;
  expect(tests.map(({ status }) => status)).toEqual(['skip', 'fail']);
});

test('what the feedback level withholds is in no format', () => {
  const marked = everyString({ ...results([showcase()]), feedback: 'hint' }, (path, text) =>
    /finding\.expected|evidence|staff|rubric/.test(path) ? 'WITHHELD' : text,
  ) as Results;
  const run = viewRun(marked, 's0042');
  const all = [junit, ctrf, tap, codeQuality, coursera].map((format) => format(run));
  const others = [gradescope(run), classroom50(run, handIn), stepSummary(run), annotations(run).join('\n')];
  expect([...all, ...others].filter((text) => text.includes('WITHHELD'))).toEqual([]);
  expect(all[0]).toContain('two passes over the training set come in different orders');
});

describe('of many failures', () => {
  const many = Array.from({ length: 31 }, (_, i) =>
    verdict(`q1.c${i}`, `check ${i}`, 1 + i, {
      outcome: 'fail',
      finding: { says: `Wrong ${i}.`, yours: '`'.repeat(5) + 'x'.repeat(3900) },
    }),
  );
  const run = viewRun(results([grade('a', [task('q1', 'One', many)])]), 'a');

  test('the ten that cost most are annotated, and the last says how many more there are', () => {
    const errors = annotations(run).filter((line) => line.startsWith('::error '));
    expect(errors).toHaveLength(10);
    expect(errors[0]).toContain('q1.c30');
    expect(errors[9]).toMatch(/q1\.c21.*\(\+ 21 more/);
    expect(worstFirst(run.tests)[0]!.id).toBe('q1.c30');
  });

  test('a summary stays below a megabyte and says what is left out', () => {
    const long = { ...run, tests: Array.from({ length: 400 }, (_, i) => ({ ...run.tests[i % 31]!, id: `t${i}` })) };
    const shown = stepSummary(long);
    expect(Buffer.byteLength(shown)).toBeLessThan(1_000_000);
    expect(shown).toMatch(/\d+ more are not shown/);
    expect(stepSummary(run)).not.toContain('not shown');
  });

  test('more than a hundred tests become one a task for Classroom 50, with the same marks', () => {
    const long = {
      ...run,
      tests: Array.from({ length: 120 }, (_, i) => ({ ...run.tests[0]!, id: `t${i}`, max: 0.25 })),
    };
    const document = JSON.parse(classroom50(long, handIn)) as { tests: unknown[]; 'max-score': number };
    expect([document.tests.length, document['max-score']]).toEqual([1, 30]);
  });
});

test('fractions of marks are whole numbers for Classroom 50, in one proportion', () => {
  const checks = [verdict('q.a', 'a', 0.6), verdict('q.b', 'b', 0.4, { outcome: 'fail' })];
  const run = viewRun(results([grade('a', [task('q', 'Q', checks)])]), 'a');
  expect(JSON.parse(classroom50(run, handIn))).toMatchObject({ score: 3, 'max-score': 5 });
});

test('what is on hold has no score of its own for Gradescope, and the page says so', () => {
  const held = [verdict('q.a', 'a', 3), verdict('q.b', 'b', 2, { outcome: 'broken' })];
  const document = JSON.parse(gradescope(viewRun(results([grade('a', [task('q', 'Q', held)])]), 'a'))) as {
    score: number;
    output: string;
    tests: object[];
  };
  expect([document.score, document.tests[1]]).toEqual([3, expect.not.objectContaining({ score: 0 })]);
  expect(document.output).toContain('2 marks are on hold');
  expect(problemsOf('gradescope', gradescopeFailure('Killed.'))).toEqual([]);
});

test('foreign text between the words that switch commands off cannot switch them on, and outputs hold what they were given', () => {
  const shown = withoutCommands('::error::mine\n::end::', 'k7');
  expect(shown.split('\n')).toEqual(['::stop-commands::k7', '::error::mine', '::end::', '::k7::']);
  expect(outputs({ score: 3, says: 'a\nb=c' }, 'k7')).toBe('score<<k7\n3\nk7\nsays<<k7\na\nb=c\nk7\n');
});
