/**
 * What hands work to whoever grades: five verbs, and beside them a shelf for what is too large for a job's row. There are two behind
 * it: SQLite within one process, through which every batch goes, and pg-boss on PostgreSQL for as many machines as there are.
 *
 * A queue delivers at least once: who was thought dead may still finish. So not the queue, but the result is the fence: there is
 * one for each job, the first, and a later one must agree with it.
 */

/** What comes first where not all can be done at once. */
export const urgencies = ['self-check', 'deadline', 'regrade'] as const;
export type Urgency = (typeof urgencies)[number];

/** All that a result depends on, by hashes. Whose work it is stands here as a number that only the course can read. */
export interface Job {
  submission: string;
  coursework: string;
  grader: string;
  round: string;
  runtime: string;
  student: string;
}

/** Jobs that are alike but for the submission: they need the same of whoever does them. */
export interface Lane {
  name: string;
  urgency: Urgency;
  course: string;
  /** Under which name the shelf has what all its jobs need to know. */
  sheet: string;
  /** What a worker must be like, as JSON that everybody may read. */
  demands: string;
  /** How often a job is begun before it is put aside. */
  tries: number;
  /** How long one may take, in seconds. */
  expireSeconds: number;
}

/** A job in somebody's hands. */
export interface Claim {
  lane: string;
  /** The name of the job, see job-name.ts. */
  name: string;
  job: Job;
  /** What the queue knows this claim by, and no other of the same job. */
  token: string;
  /** How long it has waited. */
  waitedMs: number;
}

/** What was found, as it is stored: nothing in it can be read without the key of the queue. */
export interface Result {
  body: Uint8Array;
  /** The same for two results that say the same, however long they took. */
  digest: string;
  worker: string;
  /** How long each phase took. */
  ms: Readonly<Record<string, number>>;
}

/** Why a job was given back. Without a reason it is nobody's fault and costs no try. */
export interface Trouble {
  reason: string;
  /** What there is of a result all the same. */
  body?: Uint8Array;
}

export interface Queue {
  /** Adds what is neither waiting, under way, put aside nor done. Whoever has many waiting gets behind those who have few. */
  enqueue(lane: Lane, jobs: readonly Job[]): Promise<void>;
  /** The next job of these lanes, or of all; undefined where none is waiting, or no course may have more at once. */
  claim(worker: string, lanes?: readonly string[]): Promise<Claim | undefined>;
  /** Says that the job is still worked on; false where it is somebody else's by now. */
  renew(claim: Claim): Promise<boolean>;
  /** Keeps the result, and ends all work on it. Where there is one already that says something else, both are kept, and that is an alarm. */
  settle(claim: Claim, result: Result): Promise<'first' | 'same' | 'differs'>;
  /** Gives the job back: for another try, or to be put aside where it has had all of them. */
  release(claim: Claim, trouble?: Trouble): Promise<void>;
}

/** What has become of a job. */
export type Outcome = { kind: 'found'; result: Result } | ({ kind: 'dead' } & Trouble);

export interface Shelf {
  put(name: string, bytes: Uint8Array): Promise<void>;
  get(name: string): Promise<Uint8Array | undefined>;
  /** What has become of those of these jobs that are done or put aside. */
  outcomes(names: readonly string[]): Promise<Map<string, Outcome>>;
  /** Nobody will ask again what became of these. */
  forget(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Two results of one job that do not say the same. */
export interface Alarm {
  name: string;
  first: Pick<Result, 'digest' | 'worker'>;
  other: Pick<Result, 'digest' | 'worker'>;
}

/** What whoever looks after a queue may ask of it and change. */
export interface Oversight {
  /** A course of weight 2 gets twice as many turns as one of weight 1; of no course more than `cap` jobs are under way at once. */
  setCourse(course: string, set: { weight?: number | undefined; cap?: number | undefined }): Promise<void>;
  /** Tries again what was put aside; says how much that is. */
  redrive(): Promise<number>;
  alarms(): Promise<Alarm[]>;
}
