/** What holds for one coursework: the course file's words as seconds, and what in them contradicts itself. */
import type { Counts, CourseFile, Penalty } from './course-file.ts';
import { lengthOf, secondIn } from './times.ts';
import { daysLater } from './zone.ts';

/** All times are seconds since 1970. */
export interface LateRule {
  due?: number;
  /** Nothing that comes later is accepted. */
  lastAcceptance?: number;
  grace: string;
  penalty?: Penalty;
  counts: Counts;
  extensions: { who: string; until: number }[];
  /** Whose clock days and readers follow; UTC where none is given. */
  zone?: string;
}

/** The rule of a coursework in a course file without mistakes; undefined where the file does not name it. */
export function lateRule(course: CourseFile, slug: string): LateRule | undefined {
  const terms = Object.hasOwn(course.assignments, slug) ? course.assignments[slug] : undefined;
  if (terms === undefined) return undefined;
  const zone = course.timeZone;
  const second = (text: string) => secondIn(text, zone)!;
  const penalty = terms.penalty ?? course.penalty;
  return {
    ...(terms.due !== undefined && { due: second(terms.due) }),
    ...(terms.lastAcceptance !== undefined && { lastAcceptance: second(terms.lastAcceptance) }),
    grace: terms.grace ?? course.grace ?? '0 minutes',
    ...(penalty !== undefined && { penalty }),
    counts: terms.counts ?? course.counts ?? 'latest',
    extensions: (terms.extensions ?? []).map(({ who, until }) => ({ who, until: second(until) })),
    ...(zone !== undefined && { zone }),
  };
}

/** A length of time after a second; days are those of the calendar. */
export function after(second: number, text: string, times: number, zone: string | undefined): number {
  const length = lengthOf(text);
  return 'seconds' in length ? second + times * length.seconds : daysLater(second, times * length.days, zone ?? 'UTC');
}
