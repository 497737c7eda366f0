/** Taking back: what was said of an answer before is said again. Nothing is ever removed. */
import type { Recorded, Said } from '../gradebook/event.ts';
import type { Seen } from '../gradebook/store.ts';

type Marked = Extract<Recorded, { kind: 'marked' }>;

/** What puts back the marks that these events changed, and what must not have been followed by anything since. */
export function takenBack(events: readonly Recorded[], seqs: ReadonlySet<number>): { said: Said[]; seen: Seen[] } {
  const back = events.filter((event): event is Marked => seqs.has(event.seq) && event.kind === 'marked');
  return {
    said: back.map(({ seq, student, task }) => restored(before(events, seq, student, task), student, task)),
    seen: back.map(({ seq, student, task }) => ({ student, task, version: seq })),
  };
}

const before = (events: readonly Recorded[], seq: number, student: string, task: string): Marked | undefined =>
  events.findLast(
    (event): event is Marked =>
      event.seq < seq && event.kind === 'marked' && event.student === student && event.task === task,
  );

function restored(mark: Marked | undefined, student: string, task: string): Said {
  if (mark === undefined) return { kind: 'marked', student, task, items: [], beside: 0, points: null };
  const { items, beside, points, comment, note } = mark;
  return {
    ...{ kind: 'marked', student, task, items, beside, points },
    ...(comment !== undefined && { comment }),
    ...(note !== undefined && { note }),
  };
}
