import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { root } from './house/sources.ts';

/** The commands of a page, in their order. */
function commandsOf(page: string): string[] {
  const blocks = [...readFileSync(join(root, 'docs', page), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)];
  return blocks.flatMap(([, block]) => block!.trim().split('\n'));
}

test.each(['students.md', 'lecturers.md'])(
  'every command of docs/%s does what it says, one after the other',
  (page) => {
    const folder = mkdtempSync(join(tmpdir(), 'gradmark-docs-'));
    try {
      const commands = commandsOf(page);
      expect(commands.length).toBeGreaterThan(2);
      for (const command of commands) {
        const [npx, name, ...args] = command.split(/ +/);
        expect([npx, name]).toEqual(['npx', 'gradmark']);
        const { exitCode, stdout, stderr } = execaSync(process.execPath, [join(root, 'bin/gradmark.js'), ...args], {
          cwd: folder,
          reject: false,
        });
        // Nothing is written yet in an untouched kit.
        expect([command, exitCode, stderr], stdout).toEqual([
          command,
          ['check', 'ci'].includes(args[0]!) ? 1 : 0,
          expect.any(String),
        ]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
