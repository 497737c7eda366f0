import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { similarityPage } from '../../reports/similarity-page.ts';
import { filesKnownToAll } from '../audit/fixtures.ts';
import { packageRoot } from '../package-root.ts';
import { createInspector } from '../runtimes/node/inspect/inspector.ts';
import { compareClass, type Similarity } from './compare.ts';
import { readModules } from './read-class.ts';

const slug = 'boston-init-mnist-grads';
const inspector = createInspector();
afterAll(() => inspector.close());

const filesOf = (id: string) => {
  const folder = join(packageRoot, 'fixtures/course', id);
  const names = readdirSync(folder).filter((name) => /^q\w+\.[jt]s$/.test(name));
  return names.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
};

/** As somebody copies who does not want it to be seen: every own name is another, and what comes first comes last. */
function disguised(text: string): string {
  const names = new Set([...text.matchAll(/(?:const|let|function) (\w+)/g)].map(([, name]) => name!));
  const renamed = [...names].reduce((all, name) => all.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}Of`), text);
  const parts = renamed.split(/\n(?=(?:export )?(?:async )?function )/);
  return [...parts.slice(1), parts[0]].join('\n');
}

const programOf = async (id: string, files: { path: string; text: string }[]) => ({
  id,
  modules: (await readModules(files, inspector)).modules,
});

let found: Similarity;
beforeAll(async () => {
  const known = (await filesKnownToAll(join(packageRoot, 'assignments', slug), slug)).filter(({ path }) =>
    path.endsWith('.ts'),
  );
  const alone = await Promise.all(['ada-l', 'lena-b', 'omar-h', 'yuki-s'].map((id) => programOf(id, filesOf(id))));
  const copy = filesOf('ada-l').map(({ path, text }) => ({ path, text: disguised(text) }));
  expect(copy.map(({ text }) => text)).not.toEqual(filesOf('ada-l').map(({ text }) => text));
  const { modules } = await readModules(known, inspector);
  found = compareClass([...alone, await programOf('copied', copy)], modules);
});

test('of a class of five the one that was copied, renamed and put in another order stands first, and far from the others', () => {
  const [first, ...others] = found.pairs;
  expect([first!.left.id, first!.right.id]).toEqual(['ada-l', 'copied']);
  expect(first!.share).toBeGreaterThan(0.8);
  expect(first!.heldBy).toBeLessThan(2.5);
  const apart = others.filter(({ left, right }) => ![left.id, right.id].includes('copied'));
  expect(Math.max(0, ...apart.map(({ share }) => share))).toBeLessThan(0.35);
});

test('what the starter and the model solution have in common with a program tells nothing', async () => {
  const solution = await filesKnownToAll(join(packageRoot, 'assignments', slug), slug);
  const files = solution.filter(({ path }) => /^q\w+\.ts$/.test(path));
  const { modules } = await readModules(files, inspector);
  const same = ['one', 'two', 'three'].map((id) => ({ id, modules }));
  expect(compareClass(same, []).pairs[0]!.share).toBe(1);
  expect(compareClass(same, modules).pairs).toEqual([]);
});

test('short forced answers are left out, and whoever has nothing else is named', async () => {
  const short = await programOf('short', [{ path: 'q2c.ts', text: 'export const half = (x: number) => x / 2;\n' }]);
  expect(compareClass([short, { ...short, id: 'other' }], [])).toMatchObject({
    compared: 0,
    pairs: [],
    leftOut: [{ id: 'short', why: expect.stringContaining('fewer than') as string }, { id: 'other' }],
  });
});

describe('what is made to take time or memory', () => {
  test.each([
    ['a table of a hundred thousand numbers', `export const t = [${'1,'.repeat(100_000)}];`, /longer than any program/],
    ['ten thousand brackets', `export const t = ${'['.repeat(1e4)}${']'.repeat(1e4)};`, /nested|read|long|program/],
    ['what is no program', 'export const = ;', /no program/],
  ])('%s is not compared, and the others are', async (_, text, says) => {
    const { modules, unread } = await readModules([{ path: 'q1a.ts', text }, ...filesOf('lena-b')], inspector);
    expect(unread).toEqual([expect.stringMatching(says)]);
    expect(modules.length).toBeGreaterThan(3);
  });

  test('a line that is repeated is no fingerprint: pairs of it would be millions', async () => {
    const text = `export const run = (a) => {\n${'  a = a + 1 * a - 2;\n'.repeat(2500)}};\n`;
    const one = await programOf('one', [{ path: 'q1a.js', text }]);
    expect(one.modules).toHaveLength(1);
    const [pair] = compareClass([one, { ...one, id: 'two' }], []).pairs;
    expect(pair!.common).toBeLessThan(30);
    expect(pair!.fragments.length).toBeLessThan(30);
  });
});

test('the page shows both sides with equal numbers on equal passages, and nothing of theirs is markup', () => {
  const [first] = found.pairs;
  const modules = first!.left.modules.map((module) => ({
    ...module,
    path: `<b>${module.path}`,
    lines: module.lines.map((line) => `${line}<script>\u202e`),
  }));
  const left = { id: 'ada<i>', modules };
  const page = similarityPage({ ...found, pairs: [{ ...first!, left }] }, { slug, title: 'Boston' });
  expect(page).not.toMatch(/<script|<b>q|<i>|\u202e/);
  expect(page.match(/data-passage="1"/g)).toHaveLength(2);
  expect(page).toContain('… ');
});
