/** Verdicts of a regrade wait until somebody approves them; those that something newer has overtaken wait for nothing. */
import type { Judged, Recorded, Said } from '../gradebook/event.ts';
import { stateOf } from '../gradebook/fold.ts';

type Proposal = Recorded & Judged;

export interface Proposals {
  /** By student, in their order. */
  open: Map<string, Proposal[]>;
  /** By student: what happened since. */
  overtaken: Map<string, string>;
}

/** What is proposed and not approved, by student. */
export function proposalsIn(events: readonly Recorded[]): Proposals {
  const proposed = new Map(events.filter(isProposal).map((event) => [event.seq, event]));
  const judgedAt = new Map<string, number>();
  const newest = new Map<string, { sha256: string; seq: number }>();
  for (const event of events) {
    if (event.kind === 'judged' && event.proposed !== true) judgedAt.set(event.student, event.seq);
    if (event.kind === 'handed-in') newest.set(event.student, event);
    if (event.kind !== 'approved') continue;
    for (const seq of event.events) {
      const student = proposed.get(seq)?.student;
      if (student !== undefined) judgedAt.set(student, event.seq);
    }
  }
  const open: Proposals['open'] = new Map();
  const overtaken: Proposals['overtaken'] = new Map();
  for (const seq of stateOf(events).proposed.keys()) {
    const proposal = proposed.get(seq)!;
    const { student, sha256 } = proposal;
    const last = newest.get(student);
    if ((judgedAt.get(student) ?? 0) > seq) overtaken.set(student, 'has a newer verdict');
    else if (last !== undefined && last.seq > seq && last.sha256 !== sha256) {
      overtaken.set(student, 'has handed in something else since');
    } else open.set(student, [...(open.get(student) ?? []), proposal]);
  }
  // Who was regraded once more has a proposal that holds.
  for (const student of open.keys()) overtaken.delete(student);
  return { open, overtaken };
}

/** What makes the proposals of these students count. */
export function approving(events: readonly Recorded[], { open }: Proposals, students: Iterable<string>): Said[] {
  const approved = [...students].flatMap((student) => open.get(student) ?? []).sort((a, b) => a.seq - b.seq);
  const config = stateOf(events).config;
  const assignment = approved.at(-1)?.assignment;
  const said: Said[] = [];
  if (config !== undefined && assignment !== undefined) {
    const { feedback, late, defaults } = config;
    said.push({ kind: 'configured', assignment, feedback, ...(late !== undefined && { late }), defaults });
  }
  return [...said, { kind: 'approved', events: approved.map(({ seq }) => seq) }];
}

/**
 * What takes back the proposals of these students, or of all that something newer has overtaken; who is named and has none is in
 * `unknown`.
 */
export function withdrawing(
  events: readonly Recorded[],
  { open }: Proposals,
  who: readonly string[] | 'overtaken',
): { said: Said & { kind: 'withdrawn' }; students: string[]; unknown: string[] } {
  const waiting = [...stateOf(events).proposed];
  const holding = new Set([...open.values()].flat().map(({ seq }) => seq));
  const taken = waiting.filter(([seq, { student }]) =>
    who === 'overtaken' ? !holding.has(seq) : who.includes(student),
  );
  const students = [...new Set(taken.map(([, { student }]) => student))];
  return {
    said: { kind: 'withdrawn', events: taken.map(([seq]) => seq) },
    students,
    unknown: who === 'overtaken' ? [] : who.filter((id) => !students.includes(id)),
  };
}

const isProposal = (event: Recorded): event is Proposal => event.kind === 'judged' && event.proposed === true;
