/**
 * What a student may know. Whatever a feedback level withholds is dropped here as data, before any page is made, so that
 * nothing can be found by looking at a page's source. What is for staff only is dropped at every level.
 */
import type { Diagnosis, Finding } from '../graders/model/finding.ts';
import type { FeedbackLevel, Grade, Results } from '../graders/model/grade.ts';
import type { Verdict } from '../graders/model/verdict.ts';

/** The results as one student may see them: that student alone, at the level of the batch. */
export function disclose(results: Results, id: string, level: FeedbackLevel = results.feedback): Results {
  const grade = results.submissions.find((candidate) => candidate.id === id);
  if (grade === undefined) throw new Error(`There is no submission "${id}" in these results.`);
  return discloseAll({ ...results, feedback: level, submissions: [grade] });
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

/** One grade without what the level withholds. Printed output may repeat the inputs, so only `full` shows it. */
export function discloseGrade(grade: Grade, level: FeedbackLevel): Grade {
  const { id, sha256, score, max, manualMax, held, late, refused, notes } = grade;
  return {
    ...{ id, sha256, score, max, manualMax, held, notes },
    ...(late !== undefined && { late }),
    ...(refused !== undefined && { refused }),
    ...(level === 'full' && grade.stdout !== undefined && { stdout: grade.stdout }),
    tasks: grade.tasks.map(({ checks, ...task }) => ({
      ...{ id: task.id, title: task.title, score: task.score, max: task.max },
      ...{ manualMax: task.manualMax, status: task.status },
      checks: checks.map((check) => discloseVerdict(check, level)),
      ...(level !== 'score' && task.drawings !== undefined && { drawings: task.drawings }),
    })),
  };
}

function discloseVerdict(verdict: Verdict, level: FeedbackLevel): Verdict {
  const { id, title, task, outcome, points, max, ms } = verdict;
  const marksOnly: Verdict = { id, title, task, outcome, points, max, ms };
  if (verdict.manual !== undefined) {
    // The words a marker looks for, and those found, are the marker's.
    const rubric = verdict.manual.rubric.map((item) => ({ id: item.id, title: item.title, marks: item.marks }));
    marksOnly.manual = { text: verdict.manual.text, rubric, hits: [] };
  }
  if (level === 'score') return marksOnly;
  return {
    ...marksOnly,
    ...(verdict.finding && { finding: discloseFinding(verdict.finding, level) }),
    ...(verdict.diagnosis && { diagnosis: discloseDiagnosis(verdict.diagnosis, level) }),
    ...(verdict.notes && { notes: verdict.notes }),
    ...(verdict.followThrough !== undefined && { followThrough: verdict.followThrough }),
    // Our own trouble is told in our own words; the details are in `staff`.
    ...(verdict.because !== undefined && outcome !== 'broken' && { because: verdict.because }),
    // A margin tells how far the answer is from the expected one: with enough tries that is the expected one.
    ...(level === 'full' && verdict.margin !== undefined && { margin: verdict.margin }),
  };
}

function discloseFinding(finding: Finding, level: FeedbackLevel): Finding {
  if (level === 'full') return finding;
  const { says, asked, yours, places, hint } = finding;
  return {
    says,
    ...(asked !== undefined && { asked }),
    ...(yours !== undefined && { yours }),
    ...(places && { places }),
    ...(hint !== undefined && { hint }),
  };
}

function discloseDiagnosis(diagnosis: Diagnosis, level: FeedbackLevel): Diagnosis {
  return level === 'full' ? diagnosis : { ...diagnosis, evidence: [] };
}
