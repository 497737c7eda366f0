import { expect, test } from 'vitest';
import type { Grade } from '../graders/model/grade.ts';
import { openPages } from './pages.ts';
import { createRandom } from '../graders/numerics/random.ts';
import { gapOf, grade, results, task, verdict } from './sample-results.testing.ts';
import { refusedGrade } from './sample-class.testing.ts';
import { showcase } from './sample-showcase.testing.ts';
import { viewStudentPage } from './student-page.ts';

const page = (one: Grade) => viewStudentPage(results([one]), one.id);
const stubs = (taskId: string, n: number) =>
  Array.from({ length: n }, (_, i) =>
    verdict(`${taskId}.${i}`, `fact ${i}`, 1, {
      outcome: 'crash',
      because: `train threw Error: ${taskId} is not implemented yet: train(${i}) at ${taskId}.ts:3`,
    }),
  );

test('ten checks that a stub fails are one card, which names the ten and what they cost together', () => {
  const [only] = page(grade('me', [task('q1', 'Q1', stubs('q1', 10))])).tasks[0]!.cards;
  expect(only).toMatchObject({ title: 'Still to be written: train', points: '0 of 10 marks', lost: 10 });
  expect(only!.checks.map(({ title }) => title)).toEqual(Array.from({ length: 10 }, (_, i) => `fact ${i}`));
});

test('marks of checks and of people have one denominator, and every mark of it is accounted for once', () => {
  const { total } = page(showcase('me'));
  expect([total.score, total.max]).toEqual(['11', '45']);
  expect(total.parts.map(({ kind, marks }) => `${kind} ${marks}`)).toEqual(['manual 5', 'held 2', 'lost 27']);
});

test('what lateness costs is a part of the total', () => {
  const because = 'Due at noon, came a minute later: 15% of 10 marks.';
  const late = grade('me', [task('q1', 'Q1', [verdict('q1.a', 'a', 10)])], {
    ...{ score: 8.5, late: because },
    lateness: { lateBySeconds: 60, penalty: 1.5, because },
  });
  expect(page(late).total).toMatchObject({ score: '8.5', max: '10', parts: [{ kind: 'late', marks: '1.5' }] });
  expect(page(late).banners[0]!.says).toContain('15% of 10 marks');
});

test('where to begin is by cause: the costliest first, each once', () => {
  const view = page(grade('me', [task('a', 'A', stubs('a', 3)), task('b', 'B', stubs('b', 5))]));
  expect(view.mend.map(({ task, lost }) => `${task} ${lost}`)).toEqual(['b 5', 'a 3']);
  expect(page(showcase('me')).mend.map(({ lost }) => lost)).toEqual(['7', '5', '4', '3', '3']);
});

test('a cause that goes on in a later task has its card in the first, and a link to it in the other', () => {
  const load = (id: string) => verdict(id, id, 1, { outcome: 'crash', because: 'net.ts does not load: SyntaxError' });
  const { tasks } = page(grade('me', [task('a', 'A', [load('a.1')]), task('b', 'B', [load('b.1')])]));
  expect(tasks[1]!.cards).toEqual([]);
  expect(tasks[1]!.elsewhere).toEqual([
    { anchor: tasks[0]!.cards[0]!.anchor, says: '1 check for the same reason as in a' },
  ]);
});

test('the text for a question holds what the student did, and nothing that gives an answer away', () => {
  const { tasks } = page(showcase('me'));
  const questions = tasks.flatMap(({ cards }) => cards.map(({ question }) => question));
  expect(questions.join('\n')).toContain('My answer: 0.0938272');
  // The expected value, the tolerance, and the diagnosis of the same card.
  for (const hidden of ['0.0187654', '1e-4', 'summed over the batch', 'W2 is not the gradient'])
    expect(questions.join('\n')).not.toContain(hidden);
});

test('what a person gave is on the page once it is released, with its rubric, comment and reason', () => {
  const at = '2026-11-02T10:00:00Z';
  const words = showcase('me').tasks.at(-1)!;
  const given = grade('me', [
    {
      ...{ ...words, score: 3, manualMax: 0 },
      marked: { items: ['scale', 'evidence'], points: 3, comment: 'Say why.', note: 'harsh?', by: 'kim', at },
      adjusted: { points: 4, why: 'The sheet was unclear.', by: 'kim', at },
    },
  ]);
  const pages = openPages();
  const html = (released: boolean) => pages.student(page({ ...given, released }));
  expect(html(true)).toContain('3 of 5 marks');
  for (const word of ['Say why.', 'The sheet was unclear.', 'Evidence from own runs']) {
    expect(html(true)).toContain(word);
    expect(html(false)).not.toContain(word);
  }
  expect(html(true)).not.toMatch(/kim|harsh/);
});

test('a student is called by name, with what was handed in and when', () => {
  const origin = {
    ...({ platform: 'moodle', handedInAs: '李小明_1203_file', name: '李小明', attempt: 2 } as const),
    at: '2026-03-03T14:05:00Z',
  };
  const view = page(grade('li', [task('q1', 'Q1', [])], { origin }));
  expect(view.name).toBe('李小明');
  expect(view.handedIn).toEqual(['li', 'attempt 2', 'handed in 3 March 2026, 14:05 UTC', 'as “李小明_1203_file”']);
});

test('numbers have true minus signs, code keeps its hyphens', () => {
  const html = openPages().student(page(showcase('me')));
  expect(html).toContain('<td>−0.0412346</td>');
  expect(html).not.toContain('-0.0412346');
});

test('a refused submission has no total and no card', () => {
  const view = page(refusedGrade('me', showcase().tasks));
  expect([view.total.score, view.total.says, view.tasks, view.mend]).toEqual(['–', 'Nothing could be graded', [], []]);
});

test('the worst entry of a tensor is said once, beside its picture', () => {
  const gap = gapOf('W', 4, 4, createRandom(1, 'gap'));
  const wrong = (yours: string, expected: string) =>
    verdict('a.1', 'a', 1, { outcome: 'fail', finding: { says: 'Wrong.', yours, expected, gaps: [gap] } });
  const [said, other] = [wrong('-0.0412346', '0.0187654'), wrong('[1, 2]', '[3, 4]')].map(
    (check) => page(grade('me', [task('a', 'A', [check])])).tasks[0]!.cards[0]!.check,
  );
  expect([said!.compared, said!.yours, said!.gaps[0]!.worst.yours]).toEqual([false, undefined, '−0.0412346']);
  expect([other!.compared, other!.yours]).toEqual([true, '[1, 2]']);
});

test('a notebook has a section, cell by cell: state, reasons, what was stored as texts and bounded pictures, and what it plots', () => {
  const [view] = page(showcase('me')).notebooks;
  expect(view!.cells.map(({ number, under, label, because }) => [number, under, label.word, ...because])).toEqual([
    [2, 'Set-up </section>', 'Run in part', 'Shell commands are not run.'],
    [3, 'Training', 'Run'],
    [4, 'Training', 'Not run', 'It trains or tries out, which is not asked of it here.'],
    [6, undefined, 'Cannot be read', "It cannot be read as Python: line 1: '[' was never closed."],
  ]);
  expect([view!.more, view!.cells[1]!.pictures.length]).toEqual(['3 more cells are not listed.', 1]);
  const html = openPages().student(page(showcase('me')));
  expect(html.match(/<img /g)).toHaveLength(1);
  expect(html).toMatch(/<img src="data:image\/png;base64,[A-Za-z0-9+/&#;x]+" alt="[^"]+" width="4" height="3">/);
  expect(html).toContain('Not shown: a table or page (HTML)');
  expect(html).toContain('loss 0.5\n&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;⟨U+202E⟩');
  // What calls itself a picture and is none is not given to a browser.
  const [one] = showcase('me').notebooks!;
  const forged = { ...one!.cells[2]!, claims: [{ kind: 'picture' as const, png: '"><script>', width: 4, height: 3 }] };
  const other = page({ ...showcase('me'), notebooks: [{ ...one!, cells: [forged] }] });
  expect(other.notebooks[0]!.cells[0]!.claims[0]).toMatchObject({
    image: undefined,
    what: expect.any(String) as string,
  });
});

test('plots of a notebook may repeat inputs, and are shown where what is printed is', () => {
  const at = (level: 'hint' | 'full') => viewStudentPage(results([showcase('me')]), 'me', level).notebooks[0]!;
  expect(at('full').cells[1]!.pictures).toHaveLength(1);
  expect(at('hint').cells[1]!.pictures).toEqual([]);
  expect(at('hint').cells[2]!.claims).toHaveLength(3);
});
