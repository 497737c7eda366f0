/**
 * A class while it is graded: its outcomes are held, and what shows them lies in the gradebook, from which it is read back for one
 * student when that one is graded, and for all at the end. With their evidence outcomes would take twice as much.
 */
import type { Event, Recorded } from '../gradebook/event.ts';
import { happened, stateOf } from '../gradebook/fold.ts';
import { outcomesOf } from '../gradebook/outcomes.ts';
import type { Run, State, StudentState } from '../gradebook/state.ts';
import type { Gradebook } from '../gradebook/store.ts';
import type { Work } from '../gradebook/works.ts';

interface HeldClass {
  /** All that is known, without what shows it. */
  readonly state: State;
  /** Appends, and brings the state up to date, with what others have said meanwhile; false where it could not be kept. */
  say(events: readonly Event[], works: readonly Work[]): boolean;
  /** One student with everything. */
  student(id: string): StudentState | undefined;
  /** Everybody with everything. */
  whole(): State;
}

/** The class of a gradebook. `unkept` hears why something could not be written, which is held here then, or not be read back. */
export function holdClass(store: Gradebook, unkept: (why: string) => void): HeldClass {
  const state = stateOf(outcomes(store.each()));
  /** What the disk did not take, each with the number of what was kept before it. */
  const here: Recorded[] = [];
  const orElse = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      unkept(error instanceof Error ? error.message : String(error));
      return otherwise;
    }
  };
  return {
    state,
    say(events, works) {
      try {
        const appended = store.append(events, [], works);
        // Read back only where somebody else has said something in between.
        const isAll = appended[0]?.seq === state.seq + 1;
        for (const event of outcomes(isAll ? appended : store.events({ since: state.seq }))) happened(state, event);
        return true;
      } catch (error) {
        // A disk that takes this one not may take the next: the grade is shown, and made again by the next run.
        unkept(error instanceof Error ? error.message : String(error));
        for (const event of events) {
          here.push({ ...event, seq: state.seq });
          happened(state, here.at(-1)!);
        }
        return false;
      }
    },
    student(id) {
      const student = state.students.get(id);
      if (student === undefined) return undefined;
      const kept = orElse(() => store.events({ student: id }), []);
      const shown = new Map(kept.flatMap((event) => (event.kind === 'judged' ? [[event.seq, event]] : [])));
      const whole = (run: Run): Run => (here.includes(run) ? run : (shown.get(run.seq) ?? run));
      return { ...student, attempts: student.attempts.map((one) => ({ ...one, runs: one.runs.map(whole) })) };
    },
    whole: () => orElse(() => stateOf(inOrder(store.each(), here)), state),
  };
}

function* outcomes(events: Iterable<Recorded>): Generator<Recorded> {
  for (const event of events) yield outcomesOf(event);
}

/** What was kept, with what was not where it was said. */
function* inOrder(kept: Iterable<Recorded>, unkept: readonly Recorded[]): Generator<Recorded> {
  let next = 0;
  const upTo = function* (seq: number) {
    while (next < unkept.length && unkept[next]!.seq <= seq) yield unkept[next++]!;
  };
  yield* upTo(0);
  for (const event of kept) {
    yield event;
    yield* upTo(event.seq);
  }
  yield* upTo(Infinity);
}
