/**
 * What a student may know. Whatever a feedback level withholds is dropped here as data, before any page is made, so that
 * nothing can be found by looking at a page's source. What is for staff only is dropped at every level.
 */
import type { Diagnosis, Finding } from '../graders/model/finding.ts';
import type { FeedbackLevel, Grade, Results, TaskGrade } from '../graders/model/grade.ts';
import type { Adjustment, Mark, RegradeRequest } from '../graders/model/marking.ts';
import type { NotebookRun } from '../graders/model/notebook.ts';
import type { Origin } from '../graders/model/origin.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import { beforeMarking } from './before-marking.ts';

/** The results as one student may see them: that student alone, at the level of the batch. */
export function disclose(results: Results, id: string, level: FeedbackLevel = results.feedback): Results {
  const grade = results.submissions.find((candidate) => candidate.id === id);
  if (grade === undefined) throw new Error(`There is no submission "${id}" in these results.`);
  // Where it was made with something else than the others, that is what its student is told.
  const { seed: _, round: __, containedBy: ___, ...all } = results;
  const own = grade.under === undefined ? results : { ...all, ...grade.under };
  return discloseAll({ ...own, feedback: level, submissions: [grade] });
}

/** All of the results at the level of the batch, for whoever handed in all of it. */
export function discloseAll(results: Results): Results {
  const {
    schema,
    assignment,
    title,
    graderVersion,
    round,
    backend,
    level,
    containedBy,
    feedback,
    startedAt,
    finishedAt,
  } = results;
  return {
    ...{ schema, assignment, title, graderVersion, backend, level, startedAt, finishedAt },
    // Neither what the probes follow from, nor what staff call them.
    ...(round !== undefined && { round: { fingerprint: round.fingerprint } }),
    ...(containedBy !== undefined && { containedBy }),
    feedback,
    submissions: results.submissions.map((grade) => discloseGrade(grade, feedback)),
  };
}

/**
 * One grade without what the level withholds. Printed output may repeat the inputs, so only `full` shows it. What people
 * gave, and the rubric they give it by, is withheld until it is released: a grade before that is that of the checks alone.
 */
export function discloseGrade(grade: Grade, level: FeedbackLevel): Grade {
  const released = grade.released === true;
  const shown = released ? grade : beforeMarking(grade);
  const { id, sha256, score, max, manualMax, held, origin, late, lateness, refused, requests, notes } = shown;
  return {
    ...{ id, sha256, score, max, manualMax, held, notes },
    ...(origin !== undefined && { origin: discloseOrigin(origin) }),
    ...(late !== undefined && { late }),
    ...(lateness !== undefined && { lateness }),
    ...(released && { released }),
    ...(refused !== undefined && { refused }),
    ...(requests !== undefined && { requests: requests.map(discloseRequest) }),
    ...(level === 'full' && grade.stdout !== undefined && { stdout: grade.stdout }),
    ...(grade.notebooks !== undefined && { notebooks: grade.notebooks.map((run) => discloseNotebook(run, level)) }),
    tasks: shown.tasks.map((task) => discloseTask(task, level, released)),
  };
}

/**
 * What was run and what was stored are the student's own; what is plotted may repeat the inputs, as what is printed. So may what a cell
 * raises that is run with the grader's data in the place of a function.
 */
const discloseNotebook = ({ drawings, ...run }: NotebookRun, level: FeedbackLevel): NotebookRun => ({
  ...run,
  cells: run.cells.map(({ drawings: own, because, ...cell }) => ({
    ...cell,
    because: level === 'score' ? because.map(withoutMessage) : because,
    ...(level === 'full' && own && { drawings: own }),
  })),
  ...(level === 'full' && drawings && { drawings }),
});

const withoutMessage = (why: string): string => why.replace(/^it raised .*$/s, 'it raised an exception');

function discloseTask(task: TaskGrade, level: FeedbackLevel, released: boolean): TaskGrade {
  const { id, title, score, max, manualMax, status, marked, adjusted, drawings } = task;
  return {
    ...{ id, title, score, max, manualMax, status },
    checks: task.checks.map((check) => discloseVerdict(check, level, released)),
    ...(marked !== undefined && { marked: discloseMark(marked) }),
    ...(adjusted !== undefined && { adjusted: discloseAdjustment(adjusted) }),
    ...(level !== 'score' && drawings !== undefined && { drawings }),
  };
}

/** What is needed to recognise one's own work; numbers and addresses are the platform's. */
function discloseOrigin({ platform, handedInAs, name, group, attempt, at, late }: Origin): Origin {
  return {
    ...{ platform, handedInAs },
    ...(name !== undefined && { name }),
    ...(group !== undefined && { group }),
    ...(attempt !== undefined && { attempt }),
    ...(at !== undefined && { at }),
    ...(late !== undefined && { late }),
  };
}

/** Who marks is for staff to tell, and so are the notes among them. */
const STAFF = 'staff';

const discloseMark = ({ items, points, comment, at }: Mark): Mark => ({
  ...{ items, points, by: STAFF, at },
  ...(comment !== undefined && { comment }),
});

/** Who answered is for staff to tell; what was answered is the student's at once. */
const discloseRequest = ({ answer, ...request }: RegradeRequest): RegradeRequest =>
  answer === undefined ? request : { ...request, answer: { ...answer, by: STAFF } };

const discloseAdjustment = ({ points, why, at }: Adjustment): Adjustment => ({ points, why, by: STAFF, at });

function discloseVerdict(verdict: Verdict, level: FeedbackLevel, released: boolean): Verdict {
  const { id, title, task, outcome, points, max, ms } = verdict;
  const marksOnly: Verdict = { id, title, task, outcome, points, max, ms };
  if (verdict.manual !== undefined) {
    // The words a marker looks for, and those found, are the marker's.
    const items = released ? verdict.manual.rubric : [];
    const rubric = items.map((item) => ({ id: item.id, title: item.title, marks: item.marks }));
    marksOnly.manual = { text: verdict.manual.text, rubric, hits: [] };
  }
  if (level === 'score') return marksOnly;
  return {
    ...marksOnly,
    ...(verdict.finding && { finding: discloseFinding(verdict.finding, level, released) }),
    ...(verdict.diagnosis && { diagnosis: discloseDiagnosis(verdict.diagnosis, level) }),
    ...(verdict.notes && { notes: verdict.notes }),
    ...(verdict.followThrough !== undefined && { followThrough: verdict.followThrough }),
    // Our own trouble is told in our own words; the details are in `staff`.
    ...(verdict.because !== undefined && outcome !== 'broken' && { because: verdict.because }),
    // A margin tells how far the answer is from the expected one: with enough tries that is the expected one.
    ...(level === 'full' && verdict.margin !== undefined && { margin: verdict.margin }),
  };
}

/** The right formula is the whole answer: it is told at the level `full`, and not before the grades are released. */
function discloseFinding({ formulas, ...finding }: Finding, level: FeedbackLevel, released: boolean): Finding {
  const { yours: read, expected: right } = formulas ?? {};
  const shown = read && {
    formulas: { yours: read, ...(level === 'full' && released && right && { expected: right }) },
  };
  if (level === 'full') return { ...finding, ...shown };
  const { says, asked, yours, places, hint } = finding;
  return {
    says,
    ...(asked !== undefined && { asked }),
    ...(yours !== undefined && { yours }),
    ...shown,
    ...(places && { places }),
    ...(hint !== undefined && { hint }),
  };
}

function discloseDiagnosis(diagnosis: Diagnosis, level: FeedbackLevel): Diagnosis {
  return level === 'full' ? diagnosis : { ...diagnosis, evidence: [] };
}
