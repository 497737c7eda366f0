/** A submission and its grade without the person: the same work is graded once, whoever handed it in, and on whatever machine. */
import { createHash } from 'node:crypto';
import { fromJson, toJson } from '../gradebook/json.ts';
import type { Grade } from '../model/grade.ts';
import type { Submission } from '../model/submission.ts';

/** All of a submission that its grade depends on, as text. */
export const contentOf = ({ sha256, files, notes, language }: Submission): string =>
  JSON.stringify({
    sha256,
    files: files.map(({ path, text, handedInAs, knownAs }) => ({ path, text, handedInAs, knownAs })),
    notes,
    language,
  });

/** The submission of a content; nobody's. */
export const nobodys = (content: string): Submission => ({
  id: '',
  ...(JSON.parse(content) as Omit<Submission, 'id'>),
});

/** A name for a content within one process. */
export const hashOfContent = (content: string): string => createHash('sha256').update(content).digest('hex');

/** A grade as text, nobody's. */
export const textOfGrade = ({ origin: _, ...grade }: Grade): string => toJson({ ...grade, id: '' }, 0);

/** The grade of a text, for whoever handed that work in. */
export const gradeFor = ({ id, origin }: Pick<Submission, 'id' | 'origin'>, text: string): Grade => ({
  ...(fromJson(text) as Grade),
  id,
  ...(origin !== undefined && { origin }),
});
