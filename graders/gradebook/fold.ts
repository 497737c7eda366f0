/** Events become a state, one after the other; nothing else is asked, so that the same events always give the same. */
import type { Held } from './equal-parts.ts';
import { holdOnce, nothingHeld } from './equal-parts.ts';
import type { Recorded } from './event.ts';
import type { Origin } from '../model/origin.ts';
import type { Attempt, Run, State, StudentState } from './state.ts';
import { markedText, verdictsOf } from './state.ts';

/** The state after these events, which come in their order. */
export function stateOf(events: Iterable<Recorded>): State {
  const state: State = {
    students: new Map(),
    expected: new Set(),
    rubrics: new Map(),
    proposed: new Map(),
    published: [],
    forgotten: [],
    seq: 0,
  };
  for (const event of events) happened(state, event);
  return state;
}

/** Brings a state up to date with the event that came next. */
export function happened(state: State, event: Recorded): void {
  if (event.kind === 'judged') holdOnce(event, heldBy(state));
  happen(state, event);
  state.seq = event.seq;
}

const held = new WeakMap<State, Held>();

function heldBy(state: State): Held {
  const before = held.get(state);
  if (before !== undefined) return before;
  const fresh = nothingHeld();
  held.set(state, fresh);
  return fresh;
}

function studentOf(state: State, id: string): StudentState {
  const known = state.students.get(id);
  if (known !== undefined) return known;
  const fresh = { id, attempts: [], marks: [], adjustments: new Map(), comments: [], requests: [] };
  state.students.set(id, fresh);
  return fresh;
}

function happen(state: State, event: Recorded): void {
  switch (event.kind) {
    case 'configured':
      state.config = event;
      return;
    case 'begun':
      state.begun = event;
      for (const id of event.students) state.expected.add(id);
      return;
    case 'handed-in':
      return handIn(studentOf(state, event.student), event);
    case 'judged':
      if (event.proposed === true) state.proposed.set(event.seq, event);
      else {
        state.gradedAt = event.at;
        judge(studentOf(state, event.student), event, event.at);
      }
      return;
    case 'approved':
      for (const seq of event.events) {
        const run = state.proposed.get(seq);
        if (run === undefined) continue;
        state.gradedAt = event.at;
        judge(studentOf(state, run.student), run, event.at);
        state.proposed.delete(seq);
      }
      return;
    case 'withdrawn':
      for (const seq of event.events) state.proposed.delete(seq);
      return;
    case 'rubric-changed':
      state.rubrics.set(event.task, event);
      return;
    case 'published':
      state.published.push(event);
      return;
    case 'forgotten':
      state.forgotten.push(event);
      return;
    default:
      say(studentOf(state, event.student), event);
  }
}

/** Who hands in the same again has it as the newest, with all that was found of it. */
function handIn(student: StudentState, event: Extract<Recorded, { kind: 'handed-in' }>): void {
  const before = student.attempts.find(({ sha256 }) => sha256 === event.sha256);
  const kept = event.kept ?? before?.kept;
  const attempt: Attempt = {
    sha256: event.sha256,
    files: event.files,
    ...(event.origin !== undefined && { origin: event.origin }),
    ...(kept !== undefined && { kept }),
    before: before === undefined ? [] : otherTimes(before, event.origin),
    seenAt: before?.seenAt ?? event.at,
    runs: before?.runs ?? [],
  };
  student.attempts = [...student.attempts.filter((other) => other !== before), attempt];
}

/** The times at which something was handed in besides this one; whose it is may only be known better than before. */
const otherTimes = ({ before, origin }: Attempt, now: Origin | undefined): Origin[] =>
  [...before, ...(origin === undefined ? [] : [origin])].filter(
    ({ at }, i, all) => at !== undefined && at !== now?.at && all.findIndex((other) => other.at === at) === i,
  );

function judge(student: StudentState, run: Run, at: string): void {
  let attempt = student.attempts.find(({ sha256 }) => sha256 === run.sha256);
  if (attempt === undefined) {
    attempt = { sha256: run.sha256, files: {}, before: [], seenAt: at, runs: [] };
    student.attempts.push(attempt);
  }
  attempt.runs.push(run);
}

type OfStudent = Exclude<Extract<Recorded, { student: string }>, { kind: 'handed-in' | 'judged' | 'forgotten' }>;

/** What a person says of one student. */
function say(student: StudentState, event: OfStudent): void {
  const { who, at, why = '' } = event;
  switch (event.kind) {
    case 'marked':
      return mark(student, event);
    case 'adjusted': {
      const sha256 = event.sha256 ?? student.attempts.at(-1)?.sha256;
      if (event.points === null) student.adjustments.delete(event.task);
      else {
        const adjustment = { points: event.points, why, by: who, at, ...(sha256 !== undefined && { sha256 }) };
        student.adjustments.set(event.task, adjustment);
      }
      return;
    }
    case 'commented': {
      const { text, reader, task } = event;
      student.comments.push({ ...(task !== undefined && { task }), text, reader, who, at });
      return;
    }
    case 'held':
      student.held = { who, at, why };
      return;
    case 'released':
      delete student.held;
      return;
    case 'extended':
      student.extension = { until: event.until, who, why };
      return;
    case 'requested': {
      const { seq: number, text, task } = event;
      student.requests.push({ number, ...(task !== undefined && { task }), text, at });
      return;
    }
    case 'answered': {
      const request = student.requests.find(({ number }) => number === event.request);
      if (request !== undefined) request.answer = { text: event.text, upheld: event.upheld, by: who, at };
    }
  }
}

function mark(student: StudentState, event: Extract<Recorded, { kind: 'marked' }>): void {
  const { task, items, beside, points, comment, note, who: by, at, rubricVersion } = event;
  const seen = student.attempts.findLast(({ sha256 }) => event.sha256 === undefined || sha256 === event.sha256);
  const text = seen === undefined ? '' : markedText(verdictsOf(seen), task);
  // Other work keeps what was given for it: of several attempts another may count.
  student.marks = student.marks.filter(
    (mark) => mark.task !== task || (mark.sha256 !== seen?.sha256 && mark.text !== text),
  );
  if (points === null) return;
  student.marks.push({
    ...{ task, items, beside, points, by, at },
    ...(comment !== undefined && { comment }),
    ...(note !== undefined && { note }),
    ...(rubricVersion !== undefined && { rubricVersion }),
    ...(seen !== undefined && { sha256: seen.sha256 }),
    text,
  });
}
