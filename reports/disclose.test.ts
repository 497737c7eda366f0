import { expect, test } from 'vitest';
import type { FeedbackLevel } from '../graders/model.ts';
import { disclose } from './disclose.ts';
import { everyString } from './every-string.testing.ts';
import { results } from './sample-results.testing.ts';
import { classOf } from './sample-class.testing.ts';
import { showcase } from './sample-showcase.testing.ts';
import { renderStudent } from './site.ts';
import { viewStudent } from './student-view.ts';

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
  return { page: find(renderStudent(viewStudent(marked, 'me'))), json: find(JSON.stringify(disclose(marked, 'me'))) };
}

test('nothing for staff reaches a student at any level', () => {
  for (const level of ['score', 'hint', 'full'] as const) {
    const { page, json } = seen(level);
    for (const secret of ['staff', 'manual.hits', 'manual.rubric.concepts']) {
      expect(page, `${level} ${secret}`).not.toContain(secret);
      expect(json, `${level} ${secret}`).not.toContain(secret);
    }
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
      'manual.rubric.title',
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

test('at "score" a student sees titles and marks only', () => {
  const { page, json } = seen('score');
  const allowed = [
    'assignment',
    'title',
    'graderVersion',
    'submissions.sha256',
    'submissions.late',
    'submissions.notes',
    'submissions.tasks.title',
    'title',
    'id',
    'manual.text',
    'manual.rubric.title',
    'manual.rubric.id',
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

test('no other student is in what a student gets', () => {
  const disclosed = disclose(results([...classOf(5), showcase('me')]), 'me');
  expect(disclosed.submissions.map((grade) => grade.id)).toEqual(['me']);
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
