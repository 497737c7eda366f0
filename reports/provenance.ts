/** With what a grade was made: the small print under every page. */
import type { Grade, Results, Round } from '../graders/model/grade.ts';
import { count, duration, instant } from './format.ts';
import { containment } from './outcome-words.ts';

export interface Fact {
  name: string;
  value: string;
  /** Set in a fixed-width face: something to compare or to paste. */
  code: boolean;
}

const BACKENDS: Readonly<Record<Results['backend'], string>> = {
  wasm: 'TensorFlow.js on WebAssembly',
  cpu: 'TensorFlow.js in plain JavaScript',
  node: 'TensorFlow.js on native code',
};

const fact = (name: string, value: string, code = false): Fact => ({ name, value, code });

/** What reproduces and dates one student's grade. */
export function gradeFacts(results: Results, grade: Grade): Fact[] {
  return [
    fact('Assignment', results.assignment, true),
    fact('Submission', grade.id, true),
    fact('SHA-256 of the submission', grade.sha256 === '' ? 'none' : grade.sha256, true),
    ...runFacts(results),
    fact('Graded', instant(results.finishedAt)),
    fact('Time for the checks', duration(checkTime(grade))),
  ];
}

/** What reproduces and dates a whole batch. */
export function batchFacts(results: Results): Fact[] {
  const wall = new Date(results.finishedAt).getTime() - new Date(results.startedAt).getTime();
  return [
    fact('Assignment', results.assignment, true),
    fact('Submissions', count(results.submissions.length, 'submission')),
    ...runFacts(results),
    fact('Begun', instant(results.startedAt)),
    fact('Finished', `${instant(results.finishedAt)}, after ${duration(wall)}`),
    fact('Students see', LEVELS[results.feedback]),
  ];
}

const LEVELS: Readonly<Record<Results['feedback'], string>> = {
  score: 'the marks of every check',
  hint: 'marks and advice, no expected values',
  full: 'everything, expected values included',
};

const runFacts = (results: Results): Fact[] => [
  ...(results.round === undefined ? [] : [fact('Round', roundOf(results.round), true)]),
  // Students' results hold none.
  ...(results.seed === undefined ? [] : [fact('Seed', String(results.seed), true)]),
  fact('Computed with', BACKENDS[results.backend]),
  fact('Submitted programs were', containment(results).words),
  fact('Grader', `gradmark ${results.graderVersion}`),
];

const roundOf = ({ name, fingerprint }: Round) => (name === undefined ? fingerprint : `${name}, ${fingerprint}`);

const checkTime = (grade: Grade) =>
  grade.tasks.flatMap((task) => task.checks).reduce((sum, verdict) => sum + verdict.ms, 0);
