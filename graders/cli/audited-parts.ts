/** What an audit tries: correct programs of a coursework, and fixtures whose endings are declared. */
import { join } from 'node:path';
import type { Part } from '../audit/correct-runs.ts';
import type { Fixture } from '../audit/fixtures.ts';
import { provingPrograms } from '../audit/fixtures.ts';
import { pythonParts, withTasks } from '../audit/python-fixtures.ts';
import type { Coursework } from '../coursework.ts';
import { createGuestFactory } from '../guest-factory.ts';
import type { SandboxLevel } from '../model/guest.ts';
import { UserError } from './exit-codes.ts';

interface Audited {
  /** The coursework, without what no program here answers. */
  coursework: Coursework;
  parts: Part[];
  /** None of shipped courseworks in Python or in a quick audit: those have tests of their own. */
  endings: Fixture[];
}

/** Programs in the sheet's own language. */
export async function ownPrograms(coursework: Coursework, slug: string, quick: boolean): Promise<Audited> {
  const programs = await provingPrograms(coursework.folder, slug);
  if (programs === undefined) {
    throw new UserError(
      `${slug} has no correct program to try: put the model solution into ${join(coursework.folder, 'reference')}.`,
    );
  }
  const { model, fixtures, isShipped } = programs;
  const right = fixtures.filter(({ expected }) => expected.fails.length === 0).map(({ submission }) => submission);
  return {
    coursework,
    parts: [{ coursework, correct: [model, ...right] }],
    endings: isShipped && quick ? [] : fixtures,
  };
}

/** Programs in Python; those beside a library that this machine does not have are left out, which is told. */
export async function pythonProgramsOf(whole: Coursework, slug: string, level: SandboxLevel): Promise<Audited> {
  const all = await pythonParts(whole, slug);
  if (all.length === 0) throw new UserError(`${slug} has no correct program in Python to try.`);
  const parts: Part[] = [];
  const missing: string[] = [];
  for (const part of all) {
    const refused = await refusalOf(part, level);
    if (refused === undefined) parts.push(part);
    else missing.push(`${part.coursework.assignment.tasks.map(({ id }) => id).join(', ')} not audited: ${refused}`);
  }
  if (parts.length === 0) throw new UserError(missing.join('\n'));
  for (const line of missing) process.stderr.write(`${line}\n`);
  const ids = new Set(parts.flatMap(({ coursework }) => coursework.assignment.tasks.map(({ id }) => id)));
  return { coursework: withTasks(whole, (id) => ids.has(id)), parts, endings: [] };
}

async function refusalOf({ coursework, correct: [first] }: Part, level: SandboxLevel): Promise<string | undefined> {
  const factory = await createGuestFactory({ coursework, level, backend: 'cpu' });
  try {
    const taken = await factory.accept(first!);
    return 'refused' in taken ? taken.refused : undefined;
  } finally {
    await factory.close();
  }
}
