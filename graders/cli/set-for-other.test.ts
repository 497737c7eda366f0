import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { grade, results, task } from '../../reports/sample-results.testing.ts';
import { tellSetForOther } from './set-for-other.ts';

const adjusted = { points: 6.5, why: 'so', by: 'kim\u001b[2J', at: '2026-11-03T10:00:00Z' };
const of = (id: string, more: object = {}) =>
  grade(id, [{ ...task('q1', 'One', []), adjusted: { ...adjusted, ...more } }]);

function told(...ids: string[]): string[] {
  let says = '';
  const stream = new Writable({ write: (chunk, _, done) => ((says += String(chunk)), done()) });
  const set = ids.map((id) => of(id, { forOther: true }));
  tellSetForOther(results([...set, of('kept')]), 'out', stream);
  return says.split('\n').slice(0, -1);
}

test('marks that were set for other work are told with what keeps and what drops them; those for this work are not', () => {
  expect(told('ann')).toEqual([
    expect.stringMatching(
      /^gradmark: q1 of ann was set to 6\.5 by kim.* for other work than what counts now\. Keep it with gradmark adjust out ann q1 6\.5 --why …, drop it with gradmark adjust out ann q1 none --why …$/,
    ),
  ]);
  // What others typed cannot steer the terminal.
  expect(told('ann')[0]).not.toContain('\u001b');
  expect(told()).toEqual([]);
});

test('of a whole class a dozen is told, and how many more there are', () => {
  const all = told(...Array.from({ length: 15 }, (_, i) => `s${i}`));
  expect([all.length, all.at(-1)]).toEqual([13, 'gradmark: 3 more of these are on the class page.']);
});
