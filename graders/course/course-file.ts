/** What a teacher writes into course.json, as its schema (`assignments/course.schema.json`) lets it through. */

/** Which of several attempts counts: the latest in time, the last in the platform's count, the best, the first. */
export type Counts = 'latest' | 'last' | 'best' | 'first';

/** What is taken off for every step that has begun. */
export interface Penalty {
  /** Of all marks of the coursework; else `marks`. */
  percent?: number;
  marks?: number;
  /** "day", "6 hours", "once" */
  per: string;
  /** The most that lateness costs, in the same unit. */
  atMost?: number;
}

interface Extension {
  /** Number on the platform, number at the university, e-mail address, full name, or the id of the grade. */
  who: string;
  until: string;
  /** For staff. */
  why?: string;
}

interface Common {
  grace?: string;
  penalty?: Penalty;
  counts?: Counts;
}

export interface Terms extends Common {
  due?: string;
  lastAcceptance?: string;
  extensions?: Extension[];
}

/** What stands above the assignments holds for each of them that says nothing else. */
export interface CourseFile extends Common {
  schema: 'gradmark/course/v1';
  title?: string;
  timeZone?: string;
  assignments: Record<string, Terms>;
}
