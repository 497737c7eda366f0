import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { clearDrafts } from './clear-drafts.ts';

test('drafts of graders that have ended are cleared away; those of one that runs, and other files, stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gradmark-drafts-'));
  const brief = execa('true');
  const ended = brief.pid!;
  await brief;
  try {
    await mkdir(join(folder, 'records'));
    const stay = [`grades.csv.${process.ppid}.part`, `notes.${ended}.part`, 'results.json', 'results.json.part'];
    const go = [`results.json.${ended}.part`, `secret.1-2.${ended}.part`, `records/ann.json.${process.pid}.part`];
    for (const name of [...stay, ...go]) await writeFile(join(folder, name), '{');
    await clearDrafts(folder);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([...stay, 'records'].sort());
    await clearDrafts(join(folder, 'absent'));
  } finally {
    await rm(folder, { recursive: true });
  }
});
