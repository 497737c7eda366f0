import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const slugs = readdirSync(join(root, 'reference')).filter((name) => name.includes('-') && !name.includes('.'));
const shared = join(root, 'assignments', 'given');
const starter = (slug: string) => join(root, 'assignments', slug, 'starter');

describe('code that a sheet gives stands once, in its starter or, where several give it, beside them', () => {
  test.each(slugs)('the model solution of %s takes it from there', (slug) => {
    const { given } = JSON.parse(readFileSync(join(root, 'assignments', slug, 'assignment.json'), 'utf8')) as {
      given: string[];
    };
    const folder = join(root, 'reference', slug);
    const taken = given.map((name) => join(folder, name)).filter((path) => existsSync(path));
    expect(taken.filter((path) => !lstatSync(path).isSymbolicLink())).toEqual([]);
    const homes = [starter(slug), shared].map((home) => `${realpathSync(home)}/`);
    const strangers = taken.filter((path) => !homes.some((home) => realpathSync(path).startsWith(home)));
    expect(strangers).toEqual([]);
  });
});

test('no two starters hold the same code of their own', () => {
  const own = slugs
    .flatMap((slug) => readdirSync(starter(slug)).map((name) => join(starter(slug), name)))
    .filter((path) => path.endsWith('.ts') && !lstatSync(path).isSymbolicLink());
  const texts = own.map((path) => readFileSync(path, 'utf8'));
  expect(own.filter((_, i) => texts.indexOf(texts[i]!) !== i)).toEqual([]);
});

test('students of four courseworks are given the same random numbers', () => {
  const paths = slugs.map((slug) => join(starter(slug), 'rng.ts')).filter((path) => existsSync(path));
  expect(paths).toHaveLength(4);
  expect(new Set(paths.map((path) => realpathSync(path)))).toEqual(new Set([realpathSync(join(shared, 'rng.ts'))]));
});
