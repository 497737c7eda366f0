/** Notebooks as they really come, each with its ending (traps/): all read by one guest, and all run in another, in the real box. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccount } from '../../model/account.ts';
import type { SourceFacts } from '../../protocol/messages.ts';
import { readInside } from '../../sandbox/session/read-inside.ts';
import { openSession, type Session } from '../../sandbox/session/session.ts';
import { pythonLaunch, withoutPython } from './python.testing.ts';

/** What is handed in, as a whole or as cells; and what `f()` then answers, why it stops, or why nothing can be read. */
interface Trap {
  path?: string;
  text?: string;
  notebook?: object;
  cells?: string[];
  /** How long an output is that each of the cells has stored. */
  outputs?: number;
  answers?: number;
  stops?: string;
  unreadable?: string;
  /** By the number of the cell. */
  states?: Record<string, string>;
  told?: Record<string, string>;
}

const folder = join(import.meta.dirname, 'traps');
const traps = readdirSync(folder)
  .sort()
  .map((file): [name: string, path: string, trap: Trap] => {
    const trap = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Trap;
    const name = basename(file, '.json').replaceAll('-', '_');
    const path = trap.path === 'notebook.py' ? trap.path : `${name}${trap.path === 'x.py' ? '.py' : '.ipynb'}`;
    return [name.replace(/^zz_/, '').replaceAll('_', ' '), path, trap];
  });

function textOf({ text, notebook, cells = [], outputs = 0 }: Trap): string {
  const code = cells.map((source) => ({
    cell_type: 'code',
    source,
    outputs: [{ text: 'x'.repeat(outputs) }],
  }));
  return text ?? JSON.stringify(notebook ?? { nbformat: 4, cells: code });
}

describe.skipIf(withoutPython !== undefined)('a notebook with', () => {
  const modules = traps.map(([, path, trap]) => ({ path, code: textOf(trap) }));
  let facts: SourceFacts[];
  let session: Session;
  beforeAll(async () => {
    facts = await readInside(await pythonLaunch([]), modules, ['f'], openAccount());
    const limits = { callMs: 1000, submissionMs: 60_000, memoryMb: 700 };
    session = await openSession({
      launch: { ...(await pythonLaunch()), limits },
      modules,
      imports: ['numpy'],
      asked: ['f'],
    });
  });
  afterAll(() => session.close());

  test.each(traps)('%s', async (_, path, trap) => {
    const { cells = [], syntax } = facts.find((one) => one.path === path)!;
    expect(syntax?.message).toBe(trap.unreadable);
    const of = (part: 'state' | 'why') => Object.fromEntries(cells.map((one) => [one.cell, one[part]]));
    expect(of('state')).toMatchObject(trap.states ?? {});
    expect(of('why')).toMatchObject(trap.told ?? {});
    if (trap.unreadable !== undefined) return;
    const ended = await session.call({ module: path, name: 'f' }, []).then(
      ({ value }) => ({ value }),
      (error: Error) => ({ stops: error.message.replaceAll(path, 'n.ipynb') }),
    );
    if (trap.stops === undefined) expect(ended).toEqual({ value: trap.answers });
    else
      expect(ended).toEqual({
        stops: expect.stringContaining(trap.stops) as string,
      });
  });
});
