import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gradmark-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

const slugs = readdirSync(join(root, 'assignments')).filter((name) =>
  existsSync(join(root, 'assignments', name, 'assignment.json')),
);

const start = (...args: string[]) =>
  execaSync(process.execPath, [join(root, 'bin/gradmark.js'), 'start', ...args], {
    cwd: folder,
    reject: false,
    stripFinalNewline: false,
  });

const kit = (slug: string): string => {
  const to = join(folder, slug);
  if (!existsSync(to)) expect(start(slug).exitCode).toBe(0);
  return to;
};

const all = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => lstatSync(join(path, name)).isFile());

test.each(slugs)(
  'the kit of %s holds sheet and starter as files of its own, and one screen that names check',
  (slug) => {
    const to = kit(slug);
    const source = join(root, 'assignments', slug);
    for (const name of readdirSync(join(source, 'starter'))) {
      expect(lstatSync(join(to, name)).isSymbolicLink()).toBe(false);
      expect(readFileSync(join(to, name), 'utf8')).toBe(readFileSync(join(source, 'starter', name), 'utf8'));
    }
    expect(all(to)).toEqual(
      expect.arrayContaining([
        ...['handout.md', 'package.json', 'tsconfig.json', '.gitignore'],
        ...['vitest.config.ts', 'test/checks.test.ts', 'test/modules.test.ts'],
      ]),
    );
    const readme = readFileSync(join(to, 'README.md'), 'utf8');
    expect(readme).toContain('npm run check');
    expect(readme.split('\n').length).toBeLessThan(30);
    expect(all(to).filter((name) => /^\.git(hub|lab)/.test(name))).toEqual([]);
  },
);

test('nothing that is there is overwritten, and what is wrong is said in a sentence', () => {
  mkdirSync(join(folder, 'mine'));
  writeFileSync(join(folder, 'mine/q3c.ts'), 'mine');
  const taken = start('boston-init-mnist-grads', '--to', 'mine');
  expect([taken.exitCode, taken.stderr]).toEqual([
    2,
    expect.stringMatching(/mine holds q3c\.ts already\. Nothing was written/),
  ]);
  expect(readdirSync(join(folder, 'mine'))).toEqual(['q3c.ts']);
  expect(readFileSync(join(folder, 'mine/q3c.ts'), 'utf8')).toBe('mine');

  writeFileSync(join(folder, 'file'), '');
  expect(start('boston-init-mnist-grads', '--to', 'file')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('is a file') as string,
  });
  expect(start('boston-init-mnist-grad', '--to', 'other')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('did you mean "boston-init-mnist-grads"?') as string,
  });
  expect(existsSync(join(folder, 'other'))).toBe(false);
});

test('the CI files come when they are asked for, into a repository that is there', () => {
  mkdirSync(join(folder, 'repository/.git'), { recursive: true });
  expect(start('boston-init-mnist-grads', '--to', 'repository', '--github', '--gitlab').exitCode).toBe(0);
  for (const name of ['.github/workflows/gradmark.yml', '.gitlab-ci.yml'])
    expect(readFileSync(join(folder, 'repository', name), 'utf8')).toContain('npx gradmark ci');
});
