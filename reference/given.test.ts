import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const slugs = readdirSync(join(root, 'reference')).filter((name) => name.includes('-') && !name.includes('.'));
const starter = (slug: string) => join(root, 'assignments', slug, 'starter');

describe('code that a sheet gives stands once, in its starter', () => {
  test.each(slugs)('the model solution of %s takes it from there', (slug) => {
    const { given } = JSON.parse(readFileSync(join(root, 'assignments', slug, 'assignment.json'), 'utf8')) as {
      given: string[];
    };
    const folder = join(root, 'reference', slug);
    const taken = given.map((name) => join(folder, name)).filter((path) => existsSync(path));
    expect(taken.filter((path) => !lstatSync(path).isSymbolicLink())).toEqual([]);
    expect(taken.filter((path) => !realpathSync(path).startsWith(realpathSync(starter(slug))))).toEqual([]);
  });
});

test('students of all courseworks are given the same random numbers', () => {
  const paths = slugs.map((slug) => join(starter(slug), 'rng.ts')).filter((path) => existsSync(path));
  expect(paths).toHaveLength(4);
  expect(new Set(paths.map((path) => readFileSync(path, 'utf8'))).size).toBe(1);
});
