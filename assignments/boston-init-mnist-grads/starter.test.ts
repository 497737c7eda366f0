import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Assignment } from '../../graders/model/assignment.ts';

const here = new URL('./', import.meta.url);
const assignment = JSON.parse(readFileSync(new URL('assignment.json', here), 'utf8')) as Assignment;

test('the coursework is worth 100 marks, in the parts that the sheet names', () => {
  expect(assignment.tasks.map((task) => [task.id, task.marks])).toEqual([
    ['Q1a', 5],
    ['Q1b', 15],
    ['Q1c', 5],
    ['Q1d', 5],
    ['Q2a', 10],
    ['Q2b', 5],
    ['Q2c', 10],
    ['Q2d', 5],
    ['Q3a', 5],
    ['Q3b', 7],
    ['Q3c', 15],
    ['Q3d', 3],
    ['SUB', 10],
  ]);
  const handout = readFileSync(new URL('handout.md', here), 'utf8');
  for (const task of assignment.tasks) {
    expect(handout).toMatch(new RegExp(`^## ${task.id} · .*\\(${task.marks} marks\\)$`, 'm'));
    for (const name of [...(task.exports ?? []), ...(task.answers ?? []), ...(task.plots ?? [])]) {
      expect(handout).toContain(name);
    }
  }
});

test('every stub loads, exports what the sheet asks for, and says that it is not implemented yet', async () => {
  for (const { id, unit, exports } of assignment.tasks) {
    if (unit === undefined) continue;
    const loaded = (await import(new URL(`starter/${unit}.ts`, here).href)) as Record<string, unknown>;
    expect(Object.keys(loaded).sort()).toEqual([...(exports ?? [])].sort());
    const anything = { name: 'model', shape: [1], length: 1 };
    for (const stub of Object.values(loaded) as ((...args: unknown[]) => unknown)[]) {
      await expect(async () => stub(anything, anything, anything)).rejects.toThrow(`${id} is not implemented yet`);
    }
  }
});

test('the starter holds a place for every formula and every heading that a person marks', () => {
  const answers = JSON.parse(readFileSync(new URL('starter/answers.json', here), 'utf8')) as Record<string, string>;
  expect(Object.keys(answers)).toEqual(assignment.tasks.flatMap((task) => task.answers ?? []));
  expect(Object.values(answers).every((formula) => formula === '')).toBe(true);
  const essays = readFileSync(new URL('starter/answers.md', here), 'utf8');
  for (const { manual } of assignment.tasks) if (manual) expect(essays).toContain(`\n## ${manual.heading}\n`);
});
