import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { resultsOf } from '../gradebook/class-results.ts';
import type { Event, Recorded } from '../gradebook/event.ts';
import { stateOf } from '../gradebook/fold.ts';
import { gradebookPath, openGradebook } from '../gradebook/store.ts';
import { gradeClass } from '../marking/class.testing.ts';
import { holdClass } from './held-class.ts';

const students = ['ada', 'bob', 'cyd'];

/** What a class is graded with, each verdict shown by a sentence of its own. */
function gradedClass(): Event[] {
  const book = openGradebook();
  gradeClass(book, students);
  const shown = book.events().map(({ seq: _, ...event }, i) => {
    if (event.kind !== 'judged') return event;
    const verdicts = event.verdicts.map((verdict) => ({ ...verdict, finding: { says: `Evidence ${i}.` } }));
    return { ...event, verdicts, stdout: `Printed ${i}.` };
  });
  book.close();
  return shown as Event[];
}

function inFolder(body: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-held-'));
  try {
    body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const never = (why: string): never => expect.unreachable(why);

test('what shows verdicts is not held, and is there for one student and for all', () =>
  inFolder((folder) => {
    const store = openGradebook(folder);
    const [first, ...rest] = gradedClass();
    store.append([first!]);
    const held = holdClass(store, never);
    for (const event of rest) held.say([event], []);
    const all = stateOf(store.each());
    expect(JSON.stringify([...held.state.students])).not.toMatch(/Evidence|Printed/);
    expect(JSON.stringify([...all.students])).toMatch(/Evidence .*Printed/);
    for (const id of students) expect(held.student(id)).toEqual(all.students.get(id));
    expect(held.whole()).toEqual(all);
    expect(held.student('dan')).toBeUndefined();
    store.close();
  }));

test('what the disk does not take is held with all that shows it, where it was said', () =>
  inFolder((folder) => {
    const store = openGradebook(folder);
    const heard: string[] = [];
    const held = holdClass(store, (why) => heard.push(why));
    const other = new DatabaseSync(gradebookPath(folder));
    const events = gradedClass();
    const refused = events.findIndex((event) => event.kind === 'judged' && event.student === 'bob');
    for (const [i, event] of events.entries()) {
      if (i === refused)
        other.exec(`CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END`);
      if (i === refused + 1) other.exec('DROP TRIGGER full');
      held.say([event], []);
    }
    other.close();
    expect(heard).toEqual(['full']);
    expect(store.events().length).toBe(events.length - 1);
    const asSaid = stateOf(events.map((event, i): Recorded => ({ ...event, seq: i + 1 })));
    expect(resultsOf(held.whole())).toEqual(resultsOf(asSaid));
    expect(JSON.stringify(held.student('bob'))).toContain(`Evidence ${refused}.`);
    store.close();
    // Now nothing can be read back, and outcomes are what there is.
    const scores = (state: Parameters<typeof resultsOf>[0]) =>
      resultsOf(state).submissions.map(({ id, score, max }) => ({ id, score, max }));
    expect(scores(held.whole())).toEqual(scores(asSaid));
    expect(held.student('ada')?.attempts.length).toBe(1);
    expect(heard.length).toBe(3);
  }));
