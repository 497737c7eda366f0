/** The results of a class as they follow from its state: what `results.json`, tables and pages show, and nothing that was kept besides. */
import { lettingGo } from '../collect.ts';
import type { Grade, Results } from '../model/grade.ts';
import type { Adjustment } from '../model/marking.ts';
import type { Origin } from '../model/origin.ts';
import type { Submission } from '../model/submission.ts';
import type { Verdict } from '../model/verdict.ts';
import type { LateRule } from '../course/late-rule.ts';
import { underRule } from '../course/under-rule.ts';
import { settle } from '../settle.ts';
import type { Circumstances } from './event.ts';
import { namesakesIn } from './namesakes.ts';
import { GradebookError } from './read-event.ts';
import type { Attempt, MarkOf, State, StudentState } from './state.ts';
import { drawingsOf, holdingRuns, markedText, pointsOf, sameCircumstances, verdictsOf } from './state.ts';

/** Everybody's grade, in the order of ids. Throws GradebookError where no batch was begun. */
export function resultsOf(state: State): Results {
  const { config, begun } = state;
  if (config === undefined || begun === undefined) {
    throw new GradebookError('Nothing was graded into this folder yet: gradmark grade … --out does.');
  }
  const students = [...state.students.values()].filter((student) => student.attempts.some(isGraded));
  const grades = Array.from(lettingGo(students), (student) => gradeOf(state, student));
  const known = new Set([...state.expected, ...grades.map(({ id }) => id)]);
  const namesakes = namesakesIn(known);
  const identical = identicalIn(students);
  const forgotten = state.forgotten.map(({ score, max, tasks }) => ({ score, max, tasks }));
  return {
    schema: 'gradmark/results/v1',
    assignment: config.assignment.slug,
    title: config.assignment.title,
    ...shown(begun.under),
    feedback: config.feedback,
    startedAt: begun.at,
    // A batch that found everything as it was finished when it began.
    finishedAt: state.gradedAt !== undefined && state.gradedAt > begun.at ? state.gradedAt : begun.at,
    ...(known.size > grades.length && { of: known.size }),
    ...(identical.length > 0 && { identical }),
    ...(namesakes.length > 0 && { namesakes }),
    ...(forgotten.length > 0 && { forgotten }),
    submissions: grades.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

const isGraded = (attempt: Attempt) => attempt.runs.length > 0;

/** What could not be taken in or read was tried, but is nobody's work. */
const isRead = ({ sha256 }: Attempt) => sha256 !== '';

const shown = ({ full: _, data: __, ...under }: Circumstances) => under;

/** One student's grade: verdicts of the attempt that counts, what people gave, what coming late costs; beside it the other attempts. */
export function gradeOf(state: State, student: StudentState): Grade {
  const late = lateRuleOf(state);
  const tried = student.attempts.filter(isGraded);
  // A folder that could not be read the first time is no attempt that could count.
  const graded = (tried.some(isRead) ? tried.filter(isRead) : tried).flatMap((attempt) =>
    timesOf(attempt, late).map((origin) => settled(state, student, attempt, origin)),
  );
  const { counts, others } =
    late === undefined
      ? { counts: graded.at(-1)!, others: graded.slice(0, -1) }
      : underRule(late, graded as [Grade, ...Grade[]]);
  return others.length === 0 ? counts : { ...counts, others };
}

/** When an attempt was handed in: who hands in the same work again has it as the newest, and has lost nothing of the best or the first. */
const timesOf = ({ before, origin }: Attempt, late: LateRule | undefined): (Origin | undefined)[] =>
  late?.counts === 'best' || late?.counts === 'first' ? [...before, origin] : [origin];

/** What the course file said, with those who were given longer since. */
function lateRuleOf({ config, students }: State): LateRule | undefined {
  if (config?.late === undefined) return undefined;
  const later = [...students.values()].flatMap(({ id, extension }) =>
    extension === undefined ? [] : [{ who: id, until: Math.floor(Date.parse(extension.until) / 1000) }],
  );
  return { ...config.late, extensions: [...config.late.extensions, ...later] };
}

function settled(state: State, student: StudentState, attempt: Attempt, known: Origin | undefined): Grade {
  const { id, attempts } = student;
  // Whose it is may be known better by now.
  const origin = known ?? attempts.findLast((other) => other.origin !== undefined)?.origin;
  const own = verdictsOf(attempt);
  const earlier = ofEarlier(student, attempt, own);
  const verdicts = [...own, ...earlier];
  const marks = student.marks.filter((mark) => stillHolds(mark, attempt, markedText(verdicts, mark.task)));
  const drawings = drawingsOf(attempt);
  const runs = holdingRuns(attempt);
  const kept = [...new Set(earlier.map(({ task }) => task))];
  const notes = [...new Set(runs.flatMap((run) => run.notes))];
  if (kept.length > 0) notes.push(`Graded on what was handed in before: ${kept.join(', ')}.`);
  const submission: Pick<Submission, 'id' | 'sha256' | 'notes'> = { id, sha256: attempt.sha256, notes };
  const graded = new Set(verdicts.map(({ task }) => task));
  const tasks = state.config!.assignment.tasks.filter((task) => graded.has(task.id));
  const grade = settle({ tasks }, submission, verdicts, {
    marks: new Map(marks.map((mark) => [mark.task, markNow(state, mark)])),
    adjustments: adjustmentsOn(student, attempt),
    held: student.held !== undefined,
  });
  const under = runs.at(-1)?.under ?? state.begun!.under;
  const refused = runs.at(-1)?.refused;
  const notebooks = runs.findLast((run) => run.notebooks !== undefined)?.notebooks;
  const stdout = runs.map((run) => run.stdout ?? '').join('');
  return {
    ...grade,
    ...(!sameCircumstances(under, state.begun!.under) && { under: shown(under) }),
    ...(origin !== undefined && { origin }),
    ...(attempts.filter(isRead).length > 1 && { attempts: attempts.filter(isRead).length }),
    ...(isReleased(state, id) && { released: true }),
    ...(student.requests.length > 0 && { requests: student.requests }),
    ...(student.held !== undefined && { heldBecause: student.held.why }),
    ...(refused !== undefined && { refused }),
    ...(stdout !== '' && { stdout }),
    ...(notebooks !== undefined && { notebooks }),
    tasks: grade.tasks.map((task) => {
      const plots = drawings.get(task.id) ?? [];
      return plots.length === 0 ? task : { ...task, drawings: [...plots] };
    }),
  };
}

/** Whether what people gave was ever shown to the student: nobody can unsee it. */
const isReleased = ({ published }: State, id: string): boolean =>
  published.some(({ marks, shown }) => marks === true && Object.hasOwn(shown, id));

/** Verdicts of tasks that were never graded in this attempt: those of the newest before it stay. */
function ofEarlier({ attempts }: StudentState, attempt: Attempt, own: readonly Verdict[]): Verdict[] {
  const found: Verdict[] = [];
  for (const before of attempts.slice(0, attempts.indexOf(attempt)).reverse()) {
    const graded = new Set([...own, ...found].map(({ task }) => task));
    found.push(...verdictsOf(before).filter(({ task }) => !graded.has(task)));
  }
  return found;
}

/** What people set holds for newer work too, until they say otherwise: where it was set for other work, it says so. */
const adjustmentsOn = ({ adjustments }: StudentState, attempt: Attempt): Map<string, Adjustment> =>
  new Map(
    [...adjustments].map(([task, { sha256, ...adjustment }]) => {
      const isForOther = sha256 !== undefined && sha256 !== attempt.sha256;
      return [task, { ...adjustment, ...(isForOther && { forOther: true as const }) }];
    }),
  );

/** A mark holds for the work that was marked, however often that is graded, and for newer work that says the same there. */
const stillHolds = (mark: MarkOf, attempt: Attempt, text: string): boolean =>
  mark.sha256 === undefined || mark.sha256 === attempt.sha256 || mark.text === text;

/** A mark as the rubric of today counts it. */
function markNow(state: State, { task, items, points, comment, note, by, at, ...mark }: MarkOf) {
  const changed = state.rubrics.get(task);
  return {
    items,
    points: changed === undefined ? points : pointsOf({ items, beside: mark.beside }, changed.rubric),
    ...(comment !== undefined && { comment }),
    ...(note !== undefined && { note }),
    ...{ by, at },
  };
}

/** Who handed in the same files under whatever names, by the newest of each; who handed in nothing is not compared. */
function identicalIn(students: readonly StudentState[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { id, attempts } of students) {
    const files = Object.values(attempts.at(-1)!.files).sort().join();
    if (files !== '') groups.set(files, [...(groups.get(files) ?? []), id]);
  }
  return [...groups.values()].filter((ids) => ids.length > 1).map((ids) => ids.sort());
}
