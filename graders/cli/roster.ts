/** The roster of a class: read before anything runs, and what came of it told at the end. */
import { plainLine } from '../../reports/plain-text.ts';
import type { Listed } from '../intake/roster/roster.ts';
import { readRoster, RosterError } from '../intake/roster/roster.ts';
import type { Results } from '../model/grade.ts';
import { readPlainFile } from '../plain-file.ts';
import { UserError } from './exit-codes.ts';

/** Everybody in the table at the path; throws UserError with all that is wrong with it. */
export async function openRoster(path: string | undefined): Promise<readonly Listed[] | undefined> {
  if (path === undefined) return undefined;
  const data = await readPlainFile(path).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UserError(`${path} cannot be read (${code}): give a table of the class, as CSV.`);
  });
  try {
    return readRoster(path, data);
  } catch (error) {
    throw error instanceof RosterError ? new UserError(error.message) : error;
  }
}

const most = 12;

/** Says who handed nothing in, and of what it could not be made out whose it is. */
export function tellWhose({ absent = [], unclear = [] }: Results, stream: NodeJS.WritableStream): void {
  const names = absent.map(
    ({ name, number, email, username, person }) => name ?? number ?? email ?? username ?? person,
  );
  const shown = names.slice(0, most).join(', ');
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  if (names.length > 0)
    stream.write(`Nothing was handed in by ${names.length} on the roster: ${plainLine(shown)}${more}.\n`);
  for (const says of unclear.slice(0, most)) stream.write(`gradmark: ${plainLine(says)}\n`);
  if (unclear.length > most) stream.write(`gradmark: ${unclear.length - most} more of these are in results.json.\n`);
}
