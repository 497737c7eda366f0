/** Taking back: what was said of an answer before is said again. Nothing is ever removed. */
import type { Recorded, Said } from '../gradebook/event.ts';
import { happened, stateOf } from '../gradebook/fold.ts';
import type { MarkOf } from '../gradebook/state.ts';
import type { Seen } from '../gradebook/store.ts';

type Marked = Extract<Recorded, { kind: 'marked' }>;

/** What puts back the marks that these events changed, and what must not have been followed by anything since. */
export function takenBack(events: readonly Recorded[], seqs: ReadonlySet<number>): { said: Said[]; seen: Seen[] } {
  const back = events.filter((event): event is Marked => seqs.has(event.seq) && event.kind === 'marked');
  return {
    said: back.map((event) => restored(displacedBy(event, events), event)),
    seen: back.map(({ seq, student, task }) => ({ student, task, version: seq })),
  };
}

/** The mark that stood for this work before; other work of the student has marks of its own. */
function displacedBy(event: Marked, events: readonly Recorded[]): MarkOf | undefined {
  const { student, seq } = event;
  const state = stateOf(events.filter((other) => other.seq < seq && 'student' in other && other.student === student));
  const before = state.students.get(student)?.marks ?? [];
  happened(state, event);
  const after = state.students.get(student)!.marks;
  return before.findLast((mark) => !after.includes(mark));
}

function restored(mark: MarkOf | undefined, { student, task, sha256 }: Marked): Said {
  const of = { student, task, ...(sha256 !== undefined && { sha256 }) };
  if (mark === undefined) return { kind: 'marked', ...of, items: [], beside: 0, points: null };
  const { items, beside, points, comment, note } = mark;
  return {
    ...{ kind: 'marked', ...of, items, beside, points },
    ...(comment !== undefined && { comment }),
    ...(note !== undefined && { note }),
  };
}
