/** What an audit is asked to measure, and how much of it. */
import type { Coursework } from '../coursework.ts';
import type { Backend, SandboxLevel } from '../model/guest.ts';
import type { Submission } from '../model/submission.ts';
import type { Part } from './correct-runs.ts';
import type { Fixture } from './fixtures.ts';
import type { Journal } from './journal.ts';

/** Everything of an audit but the version of the grader. */
export interface AuditPlan {
  coursework: Coursework;
  /** All of it, or what programs of different kinds answer of it. */
  parts: readonly Part[];
  /** Fixtures whose declared endings are tried. */
  endings: readonly Fixture[];
  level: SandboxLevel;
  seed: number;
  backends: readonly Backend[];
  /** Seeds per correct program and backend. */
  seeds: number;
  mostPairs: number;
  /** How many differently written correct versions of each module are mutated, and at most how many mutants are graded in all (drawn evenly). */
  writings: number;
  mostMutants: number;
  repetitions: number;
  /** Whether costly checks take part in the repetitions. */
  repeatCostly: boolean;
  jobs: number;
  journal: Journal;
  clock: () => number;
  onProgress: (stage: string, done: number, total: number) => void;
}

/** A program by its name and its text: a program that was changed is another one. */
export const keyOf = ({ id, sha256 }: Submission): string => `${id}#${sha256.slice(0, 16)}`;
