import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Assignment } from '../../graders/model/assignment.ts';

const here = new URL('./', import.meta.url);
const assignment = JSON.parse(readFileSync(new URL('assignment.json', here), 'utf8')) as Assignment;

test('the tasks are worth 100 marks, and the sheet describes each of them with its exports, answers and plots', () => {
  expect(assignment.tasks.reduce((sum, task) => sum + task.marks, 0)).toBe(100);
  const handout = readFileSync(new URL('handout.md', here), 'utf8');
  for (const { id, marks, exports = [], answers = [], plots = [] } of assignment.tasks) {
    expect(handout).toMatch(new RegExp(`^### ${id} · .*\\((${marks}|no) marks\\)$`, 'm'));
    for (const name of [...exports, ...answers, ...plots]) expect(handout).toContain(name);
  }
});

test('every stub loads, exports what the sheet asks for, and says that it is not implemented yet', async () => {
  for (const { id, unit, exports } of assignment.tasks) {
    if (unit === undefined) continue;
    const loaded = (await import(new URL(`starter/${unit}.ts`, here).href)) as Record<string, unknown>;
    expect(Object.keys(loaded).sort()).toEqual([...(exports ?? [])].sort());
    const list = { labels: [], weights: [], xs: { shape: [] }, Y: [] };
    const anything = Object.assign([], list, { name: 'model' });
    for (const stub of Object.values(loaded) as ((...args: unknown[]) => unknown)[]) {
      await expect(async () => stub(anything, anything, anything, anything)).rejects.toThrow(
        `${id} is not implemented yet`,
      );
    }
  }
});

test('the starter holds a place for every answer and every heading that a person marks', () => {
  const answers = JSON.parse(readFileSync(new URL('starter/answers.json', here), 'utf8')) as Record<string, unknown>;
  expect(Object.keys(answers)).toEqual(assignment.tasks.flatMap((task) => task.answers ?? []));
  const essays = readFileSync(new URL('starter/answers.md', here), 'utf8');
  for (const { manual } of assignment.tasks) if (manual) expect(essays).toContain(`\n## ${manual.heading}\n`);
});
