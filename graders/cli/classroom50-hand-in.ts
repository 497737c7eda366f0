/** What Classroom 50 says of a hand-in, in the environment of the job. */
import type { HandIn } from '../../reports/formats/classroom50.ts';

/** As it goes back into result.json; what is not said there is empty. */
export const handInOf = (env: NodeJS.ProcessEnv): HandIn => ({
  classroom: env['CLASSROOM'] ?? '',
  assignment: env['ASSIGNMENT'] ?? '',
  assignment_type: env['ASSIGNMENT_TYPE'] ?? 'individual',
  owner: env['OWNER'] ?? env['USERNAME'] ?? '',
  submission: env['SUBMISSION_TAG'] ?? '',
  commit: env['COMMIT_URL'] ?? '',
  release: env['RELEASE_URL'] ?? '',
  review: env['REVIEW_URL'] ?? '',
  datetime: env['COMMIT_DATETIME'] ?? '',
});
