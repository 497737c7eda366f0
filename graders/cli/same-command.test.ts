import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { inShell, sameCommand } from './same-command.ts';

test('within a kit it is the script of the kit, elsewhere the command, with npx where that was asked', () => {
  expect(sameCommand('.', { npm_lifecycle_event: 'check' })).toBe('npm run check --');
  expect(sameCommand('.', { npm_lifecycle_event: 'watch', npm_command: 'run-script' })).toBe('npm run check --');
  expect(sameCommand('my-work', { npm_command: 'exec', npm_lifecycle_event: 'npx' })).toBe(
    'npx gradmark check my-work',
  );
  expect(sameCommand('my work', {})).toBe(`gradmark check ${inShell('my work')}`);
  expect(sameCommand('.', {})).toBe('gradmark check');
});

test.each(['my work', 'stüdent ä/b', "it's", 'a$HOME`id`"b"', '*'])('a shell reads %s as one word', (path) => {
  expect(execaSync('sh', ['-c', `printf %s ${inShell(path, 'linux')}`]).stdout).toBe(path);
});

test('what needs no quotes has none, and Windows has its own', () => {
  expect(inShell('../stüdent/work-1')).toBe('../stüdent/work-1');
  expect(inShell('my work', 'win32')).toBe('"my work"');
});
