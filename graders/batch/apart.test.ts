import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertApart } from './apart.ts';

let home: string;
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'gradmark-apart-')));
  await mkdir(join(home, 'class', 'ann'), { recursive: true });
});
afterEach(() => rm(home, { recursive: true }));

const apart = (out: string, ...paths: string[]) =>
  assertApart(
    paths.map((path) => join(home, path)),
    join(home, out),
  );

test('folders beside each other are fine, also where one name begins with the other', async () => {
  await apart('out', 'class');
  await apart('class-out', 'class');
  await apart('class/ann-out', 'class/ann');
});

test.each([
  ['class/out', 'class'],
  ['class', 'class'],
  ['class/ann/deep/out', 'class/ann'],
])('grades in %s of work in %s are refused', async (out, work) => {
  await expect(apart(out, work)).rejects.toThrow(`--out ${join(home, out)} lies in ${join(home, work)}`);
});

test('work in the folder for grades is refused, whichever of the paths it is', async () => {
  await mkdir(join(home, 'out', 'class'), { recursive: true });
  await expect(apart('out', 'class', 'out/class')).rejects.toThrow(
    `${join(home, 'out/class')} lies in --out ${join(home, 'out')}`,
  );
});

test('links are followed, on either side and above what is not there yet', async () => {
  await symlink(join(home, 'class'), join(home, 'link'));
  await expect(apart('link/new/out', 'class')).rejects.toThrow('lies in');
  await expect(apart('class/out', 'link')).rejects.toThrow('lies in');
});
