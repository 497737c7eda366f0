import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandReference } from './commands/reference.ts';

test('docs/commands.md says what the commands say; npm run commands writes it', () => {
  const written = readFileSync(new URL('../docs/commands.md', import.meta.url), 'utf8');
  // Defaults that follow from the machine are described in words there.
  expect(written).toBe(commandReference());
});
