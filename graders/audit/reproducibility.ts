/** The same submission again and again, in other company and on other cores: every verdict has to be the same to the byte. */
import { execa } from 'execa';
import type { Submission } from '../model/submission.ts';
import type { Coursework } from '../coursework.ts';
import { toJson } from '../gradebook/json.ts';
import { gradeOne } from '../grade-one.ts';
import type { GuestFactory } from '../guest-factory.ts';
import { batchOf } from './correct-runs.ts';

/** In what company a submission is graded: other jobs, another order of the class, another number of cores. */
type Company = 'alone' | 'beside itself' | 'after another' | 'before another' | 'on one core';

export interface ReproducibilityRow {
  program: string;
  run: number;
  company: Company;
  same: boolean;
}

interface RepeatedGrading {
  coursework: Coursework;
  factory: GuestFactory;
  seed: number;
  clock: () => number;
}

const companies: readonly Company[] = ['alone', 'beside itself', 'after another', 'before another', 'on one core'];

/** Grades a submission `times` times on the same probes, each time in the next company, and compares with the first. */
export async function gradeRepeatedly(
  submission: Submission,
  another: Submission,
  times: number,
  { coursework, factory, seed, clock }: RepeatedGrading,
): Promise<ReproducibilityRow[]> {
  const batch = () => batchOf(coursework, seed, clock);
  const grade = async (own: Submission, shared = batch()) =>
    verdictsOf(await gradeOne(own, { coursework, clock }, shared, factory));
  const ways: Record<Company, () => Promise<string[]>> = {
    alone: async () => [await grade(submission)],
    'beside itself': () => Promise.all([grade(submission), grade(submission)]),
    async 'after another'() {
      const shared = batch();
      await grade(another, shared);
      return [await grade(submission, shared)];
    },
    async 'before another'() {
      const shared = batch();
      const [own] = await Promise.all([grade(submission, shared), grade(another, shared)]);
      return [own];
    },
    'on one core': () => onOneCore(() => ways.alone()),
  };
  const first = await grade(submission);
  const rows: ReproducibilityRow[] = [];
  for (let run = 1; run < times; run++) {
    const company = companies[run % companies.length]!;
    const texts = await ways[company]();
    rows.push({ program: submission.id, run, company, same: texts.every((text) => text === first) });
  }
  return rows;
}

/** Runs the work with this process, and what it starts, kept on the first core; without `taskset` as it is. */
async function onOneCore<T>(work: () => Promise<T>): Promise<T> {
  const taskset = (...args: string[]) => execa('taskset', ['-a', ...args, String(process.pid)], { reject: false });
  const mask = /mask: ([0-9a-f,]+)/.exec((await taskset('-p')).stdout ?? '')?.[1];
  if (mask === undefined) return work();
  await taskset('-p', '1');
  try {
    return await work();
  } finally {
    await taskset('-p', mask);
  }
}

/** A grade without what may differ: the time it took. */
function verdictsOf(grade: unknown): string {
  return toJson(grade).replace(/"ms": \d+/g, '"ms": 0');
}
