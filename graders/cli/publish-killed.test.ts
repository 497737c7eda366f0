/** `gradmark publish`, killed while it writes: what is there is whole, and the next publication is that of nobody who was killed. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { program, smallClass } from './small-class.testing.ts';

const room = smallClass(Array.from({ length: 24 }, (_, i) => `s${i}`));
afterAll(() => room.remove());

const pagesIn = (folder: string): string[] => {
  const path = join(room.folder, folder);
  const names = existsSync(path) ? (readdirSync(path, { recursive: true }) as string[]) : [];
  return names.filter((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isFile()).toSorted();
};

/** Kills a publication as soon as so many files lie in its folder; whether it was still at work. */
async function killedAt(files: number): Promise<boolean> {
  const run = execa(process.execPath, [program, 'publish', 'out', '--to', `given-${files}`], {
    ...{ cwd: room.folder, reject: false },
  });
  const ended = once(run, 'exit');
  while (run.exitCode === null && pagesIn(`given-${files}`).length < files) await setTimeout(1);
  run.kill('SIGKILL');
  const [, signal] = (await ended) as [number | null, string | null];
  return signal === 'SIGKILL';
}

test('wherever it is killed, no page is half, and publishing again makes what was never killed makes', async () => {
  expect(room.gradmark('publish', 'out', '--to', 'whole').code).toBe(0);
  const whole = pagesIn('whole');
  expect(whole).toHaveLength(25);
  const killed: boolean[] = [];
  for (const files of [1, 2, 9, 20]) {
    const folder = `given-${files}`;
    killed.push(await killedAt(files));
    for (const name of pagesIn(folder).filter((each) => each.endsWith('.html'))) {
      expect(readFileSync(join(room.folder, folder, name), 'utf8').trimEnd()).toMatch(/<\/html>$/);
    }
    expect(room.gradmark('publish', 'out', '--to', folder).code).toBe(0);
    expect(pagesIn(folder)).toEqual(whole);
    for (const name of whole) {
      expect(readFileSync(join(room.folder, folder, name))).toEqual(readFileSync(join(room.folder, 'whole', name)));
    }
  }
  // A machine may be too busy to kill all of them in time.
  expect(killed).toContain(true);
});
