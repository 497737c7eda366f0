import { expect, test } from 'vitest';
import type { FeedbackLevel, Grade, TaskGrade } from '../graders/model/grade.ts';
import type { Origin } from '../graders/model/origin.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import { disclose, discloseAll, discloseGrade } from './disclose.ts';
import { everyString } from './every-string.testing.ts';
import { grade, results, task } from './sample-results.testing.ts';
import { classOf } from './sample-class.testing.ts';
import { showcase } from './sample-showcase.testing.ts';
import { openPages } from './pages.ts';
import { viewStudentPage } from './student-page.ts';
import { studentText } from './terminal.ts';

const pages = openPages();

/** Which fields of the results can be found again in a student's page and in their result.json. */
function seen(level: FeedbackLevel): { page: string[]; json: string[] } {
  const full = results([...classOf(2), showcase('me')], level);
  const marked = everyString(full, (path, text) => (path === 'submissions.id' ? text : `SECRET<${path}>SECRET`));
  const find = (text: string) =>
    [
      ...new Set(
        [...text.matchAll(/SECRET(?:<|&lt;)(.*?)(?:>|&gt;)SECRET/g)].map((match) =>
          match[1]!.replace('submissions.tasks.checks.', ''),
        ),
      ),
    ].sort();
  return {
    page: find(pages.student(viewStudentPage(marked, 'me'))),
    json: find(JSON.stringify(disclose(marked, 'me'))),
  };
}

test('nothing for staff reaches a student at any level', () => {
  for (const level of ['score', 'hint', 'full'] as const) {
    const { page, json } = seen(level);
    for (const secret of ['staff', 'manual.hits', 'manual.rubric.concepts', 'manual.rubric.title']) {
      expect(page, `${level} ${secret}`).not.toContain(secret);
      expect(json, `${level} ${secret}`).not.toContain(secret);
    }
  }
});

test('what the probes follow from, and what staff call it, reaches no student at any level', () => {
  for (const level of ['score', 'hint', 'full'] as const) {
    const { page, json } = seen(level);
    expect([page.includes('round.fingerprint'), json.includes('round.fingerprint')]).toEqual([true, true]);
    for (const field of ['seed', 'round.name']) {
      expect(page, level).not.toContain(field);
      expect(json, level).not.toContain(field);
    }
    const batch = results([...classOf(1), showcase('me')], level);
    const text = pages.student(viewStudentPage(batch, 'me')) + JSON.stringify(disclose(batch, 'me'));
    expect(text).not.toContain(String(batch.seed));
    expect(discloseAll(batch)).not.toHaveProperty('seed');
  }
});

test('at "full" a student sees every field of a finding and a diagnosis', () => {
  expect(seen('full').page).toEqual(
    expect.arrayContaining([
      'because',
      'diagnosis.evidence',
      'diagnosis.says',
      'finding.asked',
      'finding.expected',
      'finding.gaps.name',
      'finding.hint',
      'finding.places.excerpt',
      'finding.places.path',
      'finding.says',
      'finding.tolerance',
      'finding.yours',
      'followThrough',
      'manual.text',
      'notes',
      'submissions.stdout',
    ]),
  );
});

test('at "hint" a student sees sentences and advice, and nothing that tells the expected values', () => {
  const { page, json } = seen('hint');
  expect(page).toEqual(
    expect.arrayContaining([
      'finding.says',
      'finding.hint',
      'finding.asked',
      'finding.yours',
      'diagnosis.says',
      'because',
    ]),
  );
  for (const field of [
    'finding.expected',
    'finding.tolerance',
    'finding.gaps.name',
    'diagnosis.evidence',
    'submissions.stdout',
  ]) {
    expect(page).not.toContain(field);
    expect(json).not.toContain(field);
  }
});

test('a formula as it was read is the student’s own; the right one is told at "full", and only when grades are released', () => {
  const formulas = (level: FeedbackLevel, released: boolean) => {
    const given = { ...showcase('me'), ...(released && { released: true }) };
    const checks = disclose(results([given], level), 'me').submissions[0]!.tasks.flatMap((one) => one.checks);
    return checks.flatMap(({ finding }) => Object.keys(finding?.formulas ?? {}));
  };
  expect(formulas('score', true)).toEqual([]);
  expect(formulas('hint', true)).toEqual(['yours']);
  expect(formulas('full', false)).toEqual(['yours']);
  expect(formulas('full', true)).toEqual(['yours', 'expected']);
});

test('at "score" a student sees titles and marks only', () => {
  const { page, json } = seen('score');
  const allowed = [
    'assignment',
    'title',
    'graderVersion',
    'round.fingerprint',
    'submissions.sha256',
    'submissions.late',
    'submissions.notes',
    ...['path', 'taken.name', 'taken.from', 'taken.told'].map((field) => `submissions.notebooks.${field}`),
    ...['cells.under', 'cells.begins', 'cells.because', 'cells.claims.text', 'cells.claims.what'].map(
      (field) => `submissions.notebooks.${field}`,
    ),
    'submissions.tasks.title',
    'title',
    'id',
    'manual.text',
    'submissions.tasks.id',
    'task',
  ];
  expect(page.filter((field) => !allowed.includes(field))).toEqual([]);
  expect(json.filter((field) => !allowed.includes(field))).toEqual([]);
});

test('below "full" no number tells how far an answer is off', () => {
  for (const level of ['score', 'hint'] as const) {
    const disclosed = disclose(results([showcase('me')], level), 'me');
    expect(JSON.stringify(disclosed)).not.toMatch(/margin|distance|heat|badShare|worst/);
  }
});

test('at "score" a cell says that it raised, and not what: with that it may tell what it was asked', () => {
  const because = ['it was run in the place of load', 'it raised ValueError: [[0.3442365527153015\n 7.67]] in line 2'];
  const cells = [{ cell: 6, begins: 'x = load()', state: 'run' as const, because }];
  const told = (level: FeedbackLevel) => {
    const of = results([{ ...showcase('me'), notebooks: [{ path: 'homework.ipynb', cells }] }], level);
    return pages.student(viewStudentPage(of, 'me')) + JSON.stringify(disclose(of, 'me')) + studentText(of, 'me', plain);
  };
  const plain = { colour: false, width: 100, all: true };
  expect(told('score')).toContain('it raised an exception');
  expect(told('score')).not.toMatch(/ValueError|0\.3442365/);
  expect(told('hint')).toContain('0.3442365527153015');
});

test('no other student is in what a student gets', () => {
  const disclosed = disclose(results([...classOf(5), showcase('me')]), 'me');
  expect(disclosed.submissions.map((grade) => grade.id)).toEqual(['me']);
});

test('who is absent and what is unclear is for staff', () => {
  const known = { ...results([showcase('me')]), absent: [{ name: 'Bo Li' }], unclear: ['Bo Li is there twice.'] };
  expect(JSON.stringify([disclose(known, 'me'), discloseAll(known)])).not.toContain('Bo Li');
});

test('fields that nobody decided to show are not shown', () => {
  const grade = { ...showcase('me'), internal: 'INTERNAL' };
  grade.tasks[0] = { ...grade.tasks[0]!, internal: 'INTERNAL' } as (typeof grade.tasks)[0];
  const full = { ...results([grade]), internal: 'INTERNAL' };
  expect(JSON.stringify(disclose(full, 'me'))).not.toContain('INTERNAL');
});

test('an unknown student is an error that names them', () => {
  expect(() => disclose(results([]), 'me')).toThrow('There is no submission "me"');
});

/** A verdict with everything that a verdict may hold. */
const whole: Verdict = {
  id: 'q.a',
  title: 'a fact',
  task: 'q',
  outcome: 'fail',
  points: 1,
  max: 2,
  ms: 3,
  finding: {
    says: 'It is wrong.',
    asked: 'f(1)',
    yours: '1',
    expected: '2',
    tolerance: '0.1',
    places: [{ path: 'q.ts', line: 1, column: 2 }],
    hint: 'Read again.',
    gaps: [],
  },
  diagnosis: { mistakes: ['sign'], certainty: 'certain', says: 'The sign is wrong.', evidence: ['2 = -(-2)'] },
  margin: -1,
  notes: ['a convention'],
  followThrough: 'on your own part',
  because: 'It stopped.',
  staff: 'a stack',
};
const one = (check: Verdict): Grade => {
  const drawings: TaskGrade['drawings'] = [{ kind: 'image', title: 'a plot', rows: [[1]] }];
  return { ...grade('me', [{ ...task('q', 'Q', [check]), drawings }]), stdout: 'printed', notes: ['found in src/'] };
};
const shown = (check: Verdict, level: FeedbackLevel) => discloseGrade(one(check), level).tasks[0]!.checks[0]!;
const marks = { id: 'q.a', title: 'a fact', task: 'q', outcome: 'fail', points: 1, max: 2, ms: 3 };

test('a verdict is at each level exactly what that level shows', () => {
  const { staff: _staff, ...full } = whole;
  expect(shown(whole, 'full')).toEqual(full);
  const { expected: _expected, tolerance: _tolerance, gaps: _gaps, ...finding } = whole.finding!;
  const { margin: _margin, ...hint } = full;
  expect(shown(whole, 'hint')).toEqual({ ...hint, finding, diagnosis: { ...whole.diagnosis!, evidence: [] } });
  expect(shown(whole, 'score')).toEqual(marks);
});

test('what a verdict does not hold is not there at all', () => {
  for (const level of ['score', 'hint', 'full'] as const) {
    expect(Object.keys(shown(marks as Verdict, level)).sort()).toEqual(Object.keys(marks).sort());
    expect(Object.keys(shown({ ...whole, finding: { says: 'x' } }, level).finding ?? { says: 'x' })).toEqual(['says']);
  }
});

test('our own trouble is told in our own words at every level', () => {
  for (const level of ['hint', 'full'] as const)
    expect(shown({ ...whole, outcome: 'broken' }, level).because).toBeUndefined();
  expect(shown({ ...whole, outcome: 'crash' }, 'hint').because).toBe('It stopped.');
});

/** A grade of 3 by checks and people together: 1 of 2 by the check, 2 of 4 by a person, of which an adjustment makes 5. */
const markedGrade = (released: boolean): Grade => {
  const rubric = [{ id: 'r', title: 'Names it', marks: 4, concepts: ['saturation'] }];
  const essay: Verdict = {
    ...{ id: 'e.a', title: 'an essay', task: 'e', outcome: 'manual', points: 0, max: 4, ms: 0 },
    manual: { text: 'my words', rubric, hits: ['saturation'] },
  };
  const at = '2026-11-02T10:00:00Z';
  const given = grade('me', [task('q', 'Q', [whole]), task('e', 'E', [essay])]);
  const [code, words] = given.tasks;
  return {
    ...given,
    ...{ released, score: 5.5, manualMax: 0, lateness: { lateBySeconds: 60, penalty: 0.5, because: 'A minute late.' } },
    tasks: [
      { ...code!, score: 2, status: 'pass', adjusted: { points: 2, why: 'The sheet had an error.', by: 'kim', at } },
      {
        ...words!,
        ...{ score: 4, manualMax: 0, status: 'pass' },
        marked: { items: ['r'], points: 4, comment: 'Clear.', note: 'Look again.', by: 'kim', at },
      },
    ],
  };
};

test('before they are released, neither marks by people nor their rubric reach a student, in no word and no sum', () => {
  for (const level of ['score', 'hint', 'full'] as const) {
    const shown = discloseGrade(markedGrade(false), level);
    expect(shown).toMatchObject({ score: 0.5, manualMax: 4 });
    expect(shown.tasks).toMatchObject([
      { score: 1, manualMax: 0, status: 'partial' },
      { score: 0, manualMax: 4, status: 'manual' },
    ]);
    expect(shown.tasks[1]!.checks[0]!.manual).toEqual({ text: 'my words', rubric: [], hits: [] });
    expect(JSON.stringify(shown)).not.toMatch(/kim|Clear|Look again|Names it|sheet had|adjusted|marked|released/);
  }
});

test('once released, a student sees marks, comments, reasons and rubric, and neither who marked nor what markers note', () => {
  for (const level of ['score', 'hint', 'full'] as const) {
    const shown = discloseGrade(markedGrade(true), level);
    expect(shown).toMatchObject({ score: 5.5, manualMax: 0, released: true });
    expect(shown.tasks[0]!.adjusted).toMatchObject({ points: 2, why: 'The sheet had an error.', by: 'staff' });
    expect(shown.tasks[1]!.marked).toMatchObject({ items: ['r'], points: 4, comment: 'Clear.', by: 'staff' });
    const rubric = [{ id: 'r', title: 'Names it', marks: 4 }];
    expect(shown.tasks[1]!.checks[0]!.manual).toEqual({ text: 'my words', rubric, hits: [] });
    expect(JSON.stringify(shown)).not.toMatch(/kim|Look again|saturation/);
  }
});

test('of where a submission comes from, a student is told no number and no address', () => {
  const origin: Origin = {
    ...{ platform: 'moodle', handedInAs: 'Ada_1203_file', person: '1203', name: 'Ada', number: 'k0815' },
    ...{ email: 'ada@example.org', section: 'B', group: 'four', attempt: 2, at: '2026-11-01T10:00:00Z', late: true },
  };
  const { person: _person, number: _number, email: _email, section: _section, ...told } = origin;
  expect(discloseGrade({ ...one(whole), origin }, 'full').origin).toEqual(told);
});

test('a grade is at each level exactly what that level shows', () => {
  const given = one(whole);
  const { sha256 } = given;
  for (const level of ['score', 'hint', 'full'] as const) {
    const { tasks, ...about } = discloseGrade({ ...given, late: 'late', refused: 'no' }, level);
    expect(about).toEqual({
      ...{ id: 'me', sha256, score: 1, max: 2, manualMax: 0, held: false, late: 'late', refused: 'no' },
      notes: ['found in src/'],
      ...(level === 'full' && { stdout: 'printed' }),
    });
    const { checks: _checks, ...aboutTask } = tasks[0]!;
    expect(aboutTask).toEqual({
      ...{ id: 'q', title: 'Q', score: 1, max: 2, manualMax: 0, status: 'partial' },
      ...(level !== 'score' && { drawings: given.tasks[0]!.drawings }),
    });
  }
  const bare = discloseGrade(grade('me', [task('q', 'Q', [whole])]), 'full');
  expect(Object.keys(bare).sort()).toEqual(['held', 'id', 'manualMax', 'max', 'notes', 'score', 'sha256', 'tasks']);
  expect(Object.keys(bare.tasks[0]!)).not.toContain('drawings');
});

test('the results are those of the batch, at its own level where no other is asked for', () => {
  const batch = results([one(whole)], 'hint');
  const { submissions, ...about } = disclose(batch, 'me');
  const { seed: _seed, ...told } = batch;
  expect(about).toEqual({ ...told, round: { fingerprint: batch.round!.fingerprint }, submissions: undefined });
  expect(submissions).toEqual([discloseGrade(one(whole), 'hint')]);
  expect(disclose(batch, 'me', 'score').submissions).toEqual([discloseGrade(one(whole), 'score')]);
  expect(disclose(batch, 'me', 'score').feedback).toBe('score');
});
