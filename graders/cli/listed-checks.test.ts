import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCoursework } from '../coursework.ts';
import { packageRoot } from '../package-root.ts';
import { listedChecks, listedText } from './listed-checks.ts';

const folder = join(packageRoot, 'assignments/numpy-mlp-digits');
const coursework = await openCoursework(folder);
const listed = (paths: readonly string[]) => listedText(listedChecks(coursework, ['2.1a', '2.2', 'OUT'], paths));

test('checks are named in the words of the language in which the folder is written', () => {
  const python = listed(readdirSync(join(folder, 'starter-python')));
  expect(python).toContain('load_digits gives');
  expect(python).not.toMatch(/loadDigits|Sigmoid\.call/);
  expect(listed(['homework.ipynb'])).toContain('load_digits gives');
  expect(listed(readdirSync(join(folder, 'starter')))).toContain('loadDigits gives');
});

test('only what is asked for is listed, and what a person reads says so', () => {
  const shown = listed([]);
  expect(shown).toContain('\n2.2  ');
  expect(shown).not.toContain('\n2.3  ');
  // Nothing has passed yet.
  expect(shown).not.toContain('✓');
  expect(shown).toMatch(/– OUT\.\w+ .*: A person reads it\./);
});
