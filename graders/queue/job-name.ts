/** A job's name follows from all that its result depends on: the same work is one job, whoever asks for it and how often. */
import { createHash } from 'node:crypto';
import type { Job } from './port.ts';

/** The name of a job. Whose it is plays no part: the same work gets the same result. */
export function nameOfJob({ submission, coursework, grader, round, runtime }: Omit<Job, 'student'>): string {
  const hash = createHash('sha256');
  for (const part of [submission, coursework, grader, round, runtime]) hash.update(`${part.length}\0${part}`);
  return hash.digest('hex');
}
