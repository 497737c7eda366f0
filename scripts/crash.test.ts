import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { isNight } from '../graders/nightly.testing.ts';

test.runIf(isNight)('killed graders, full disks and vanished folders leave everything whole', async () => {
  const script = fileURLToPath(new URL('crash.ts', import.meta.url));
  const { exitCode, all } = await execa(process.execPath, [script, '--few'], { all: true, reject: false });
  expect(all).toContain('3 of 3 kills left everything whole');
  expect(exitCode, all).toBe(0);
});
