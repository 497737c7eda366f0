/** Writes docs/commands.md, the reference of all commands, from the command line itself. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandReference } from './commands/reference.ts';

writeFileSync(fileURLToPath(new URL('../docs/commands.md', import.meta.url)), commandReference());
