/** Reads a course.json and says everything that is wrong with it at once. */
import { placed, readBySchema } from '../assignment/read-by-schema.ts';
import type { CourseFile } from './course-file.ts';
import { courseMistakes, mistakenNames } from './course-mistakes.ts';

/** A course.json that cannot be used; the message lists every mistake, one line each. */
export class CourseError extends Error {
  override readonly name = 'CourseError';
}

/** The course of this file; `slugs` are the courseworks that there are. Throws one CourseError for all mistakes. */
export async function readCourse(path: string, slugs: Iterable<string>): Promise<CourseFile> {
  const { data, mistakes } = await readBySchema(path, 'course', 'docs/course-file.md shows one');
  if (mistakes.length > 0) throw new CourseError([...mistakes, ...placed(path, mistakenNames(data, slugs))].join('\n'));
  const course = data as CourseFile;
  const contradictions = courseMistakes(course, slugs);
  if (contradictions.length > 0) throw new CourseError(placed(path, contradictions).join('\n'));
  return course;
}
