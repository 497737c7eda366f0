import { expect, test } from 'vitest';
import type { CheckContext } from '../check.ts';
import { sourceOf, sourcesOf } from './source-quality.ts';

const handIn = (files: Record<string, string>): CheckContext =>
  ({ submission: { files: Object.entries(files).map(([path, text]) => ({ path, text })) } }) as unknown as CheckContext;
const sources = (files: Record<string, string>): string => sourcesOf(handIn(files));

test('who marks reads the programs of a hand-in in either language, and nothing else of it', () => {
  expect(sources({ 'q1.ts': 'const a = 1;', 'answers.md': 'Because.', 'plots/q1.json': '{}' })).toBe(
    '// ---- q1.ts\nconst a = 1;',
  );
  expect(sources({ 'q1.py': 'a = 1', 'q2.py': 'b = 2', 'answers.json': '{}' })).toBe(
    '# ---- q1.py\na = 1\n# ---- q2.py\nb = 2',
  );
});

test('of a notebook its cells are read, in formats 4 and 3, without what they printed', () => {
  const cells = [
    { cell_type: 'markdown', source: ['## Q1\n', 'Words.'] },
    { cell_type: 'code', source: 'a = 1', outputs: [{ text: 'secret' }] },
    null,
  ];
  const read = '# ---- work.ipynb\n# ## Q1\n# Words.\n\n# ---- cell 2\na = 1';
  expect(sources({ 'work.ipynb': JSON.stringify({ cells }) })).toBe(read);
  const older = cells.map((cell) => cell && { cell_type: cell.cell_type, input: cell.source });
  expect(sources({ 'work.ipynb': JSON.stringify({ worksheets: [{ cells: older }] }) })).toBe(read);
  expect(sources({ 'work.ipynb': '{"cells": [' })).toBe('# ---- work.ipynb\n{"cells": [');
});

test('one unit is its own file, or the notebook that stands for all', () => {
  expect(sourceOf('q1')(handIn({ 'q2.py': 'b = 2', 'q1.py': 'a = 1' }))).toBe('a = 1');
  expect(sourceOf('q1')(handIn({ 'q1.mjs': 'let a' }))).toBe('let a');
  const cells = [{ cell_type: 'code', source: 'a = 1' }];
  expect(sourceOf('q1')(handIn({ 'notebook.ipynb': JSON.stringify({ cells }) }))).toBe('# ---- cell 1\na = 1');
  expect(sourceOf('q1')(handIn({ 'q2.py': 'b = 2' }))).toBeUndefined();
});
