/** A marker's desk: the class as it stands now, and what the marker says of answers, written to the gradebook as events. */
import { createHash } from 'node:crypto';
import { resultsOf } from '../gradebook/class-results.ts';
import type { Event, Recorded, Rubric, Said } from '../gradebook/event.ts';
import { stateOf } from '../gradebook/fold.ts';
import type { State } from '../gradebook/state.ts';
import { pointsOf } from '../gradebook/state.ts';
import type { Gradebook, Seen } from '../gradebook/store.ts';
import type { Results } from '../model/grade.ts';
import type { Answer, MarkedTask } from './answers.ts';
import { markedTasks } from './answers.ts';
import { rememberingLikeness } from './likeness.ts';
import { rubricOf } from './rubric.ts';
import { takenBack } from './undo.ts';

/** What a marker gives for an answer. */
export interface Given {
  items: readonly string[];
  /** Beside the items; may be negative. */
  beside: number;
  comment: string;
  note: string;
}

/** What a marker says of one answer; `null` takes the mark back. */
export interface Entry {
  student: string;
  task: string;
  given: Given | null;
}

/** The class as it stands after the event `seq`. */
export interface View {
  seq: number;
  state: State;
  results: Results;
  tasks: readonly MarkedTask[];
}

export interface Desk {
  look(): View;
  /** What stands for all that was said of an answer; to be given back with what is said next. */
  version(student: string, task: string): number;
  /** Everything that was said of an answer, and every time that its student handed in since, in order. */
  trail(student: string, task: string): Recorded[];
  /** Marks the answers, all or none. Throws Conflict where more was said of one than was seen. */
  mark(who: string, task: string, students: readonly string[], given: Given, seen: readonly Seen[]): Recorded[];
  /** The same for answers to any tasks, each with what is given for it; all or none. Throws Conflict. */
  enter(who: string, entries: readonly Entry[], seen: readonly Seen[]): Recorded[];
  /** Sets the marks of a whole task; `null` takes that back. Throws Conflict. */
  adjust(who: string, seen: Seen, points: number | null, why: string): Recorded[];
  /** Everybody is counted by this rubric from now on. */
  changeRubric(who: string, task: string, rubric: Rubric, why: string): Recorded[];
  /** Puts back what the events changed, as new events. Throws Conflict where somebody said more since. */
  undo(who: string, events: readonly number[]): Recorded[];
}

/** The desk of a gradebook; `now` dates what is said. */
export function openDesk(book: Gradebook, now: () => Date): Desk {
  let events: Recorded[] = [];
  let view: View | undefined;
  let salt = '';
  let order: ReturnType<typeof rememberingLikeness> | undefined;

  const look = (): View => {
    const fresh = book.events({ since: events.at(-1)?.seq ?? 0 });
    if (view !== undefined && fresh.length === 0) return view;
    // Who is forgotten is gone from what was read before as well.
    events = fresh.some(({ kind }) => kind === 'forgotten') ? book.events() : [...events, ...fresh];
    const state = stateOf(events);
    const results = resultsOf(state);
    salt ||= createHash('sha256').update(`${events[0]?.at}\n${events[0]?.seq}\n${results.assignment}`).digest('hex');
    order ??= rememberingLikeness(salt);
    view = { seq: state.seq, state, results, tasks: markedTasks(results, salt, order) };
    return view;
  };
  const say = (who: string, said: readonly Said[], seen: readonly Seen[], more: Partial<Event> = {}): Recorded[] => {
    const at = now().toISOString();
    return book.append(
      said.map((one) => ({ who, at, ...more, ...one }) as Event),
      seen,
    );
  };
  /** The work of theirs that counts: that is what stands before a marker. */
  const workOf = (student: string): string | undefined =>
    look().results.submissions.find(({ id }) => id === student)?.sha256;
  const rubricFor = (task: string): Rubric => {
    const { state, tasks } = look();
    const rubric = rubricOf(state, task, tasks.find(({ id }) => id === task)?.cap ?? 0);
    if (rubric === undefined) throw new Error(`Nothing of ${task} is marked by people.`);
    return rubric;
  };

  const enter: Desk['enter'] = (who, entries, seen) => {
    const events = entries.map(({ student, task, given }): Event => {
      const rubric = rubricFor(task);
      const sha256 = workOf(student);
      const { items, beside, comment, note } = given ?? { items: [], beside: 0, comment: '', note: '' };
      return {
        ...{ who, at: now().toISOString(), kind: 'marked', student, task, items, beside },
        points: given === null ? null : pointsOf({ items, beside }, rubric),
        ...(sha256 !== undefined && { sha256 }),
        ...(comment !== '' && { comment }),
        ...(note !== '' && { note }),
        rubricVersion: versionOf(rubric),
      };
    });
    return book.append(events, seen);
  };

  return {
    look,
    version: (student, task) => book.version(student, task),
    trail(student, task) {
      const said = book
        .events({ student })
        .filter((event) => event.kind === 'handed-in' || ('task' in event && event.task === task));
      // What was handed in before anybody said anything is what it was said of.
      const first = said.findIndex(({ kind }) => kind !== 'handed-in');
      return first < 0 ? [] : said.slice(first);
    },
    mark: (who, task, students, given, seen) =>
      enter(
        who,
        students.map((student) => ({ student, task, given })),
        seen,
      ),
    enter,
    adjust(who, seen, points, why) {
      const { student, task } = seen;
      const sha256 = workOf(student);
      const said: Said = { kind: 'adjusted', student, task, points, ...(sha256 !== undefined && { sha256 }) };
      return say(who, [said], [seen], { why });
    },
    changeRubric: (who, task, rubric, why) => say(who, [{ kind: 'rubric-changed', task, rubric }], [], { why }),
    undo(who, seqs) {
      look();
      const { said, seen } = takenBack(events, new Set(seqs));
      return say(who, said, seen, { why: 'taken back' });
    },
  };
}

/** The same for the same rubric. */
const versionOf = (rubric: Rubric): string =>
  createHash('sha256').update(JSON.stringify(rubric)).digest('hex').slice(0, 8);

/** The answers that are alike, this one included. */
export const likeAnswers = (task: MarkedTask, answer: Answer): Answer[] =>
  task.answers.filter(({ group }) => group === answer.group);
