import { expect, test } from 'vitest';
import type { CheckContext } from './check.ts';
import { conceptHits, manualCheck } from './manual.ts';

const rubric = [
  { id: 'a', title: 'Names the cause', marks: 1, concepts: ['Saturation', 'vanishing gradient'] },
  { id: 'b', title: 'Names a cure', marks: 1, concepts: ['ReLU', 'saturation'] },
  { id: 'c', title: 'Is clear', marks: 1 },
];
const context = (text: string | undefined) =>
  ({
    manual: (task: string) => ({ heading: `Question ${task}`, rubric }),
    essay: (heading: string) => (heading === 'Question Q1' ? text : 'of another question'),
  }) as unknown as CheckContext;
const check = { id: 'q1.why', task: 'Q1', title: 'says why', points: 3 };

test('concepts are found in any case, in the order of the rubric, each spelling once', () => {
  expect(conceptHits('SATURATION: the Vanishing Gradient; relu helps.', rubric)).toEqual([
    'Saturation',
    'vanishing gradient',
    'ReLU',
    'saturation',
  ]);
  expect(conceptHits('relu and relu', [rubric[1]!, rubric[1]!])).toEqual(['ReLU']);
  expect(conceptHits('nothing of it', rubric)).toEqual([]);
});

test('a person gets the text under the heading of the task, the rubric and the hints; nothing is earned or lost', async () => {
  const manual = manualCheck(check);
  expect([manual.manual, manual.points, manual.asks]).toEqual([true, 3, 'A person reads this answer.']);
  expect(await manual.run(context('It is relu.'))).toEqual({
    earned: 0,
    manual: { text: 'It is relu.', rubric, hits: ['ReLU'] },
  });
});

test('an answer that is not there is an empty one, still for a person', async () => {
  expect((await manualCheck(check).run(context(undefined))).manual).toEqual({ text: '', rubric, hits: [] });
});

test('the text may come from elsewhere', async () => {
  const elsewhere = manualCheck({ ...check, text: () => 'from a plot' });
  expect((await elsewhere.run(context('from the essay'))).manual!.text).toBe('from a plot');
});
