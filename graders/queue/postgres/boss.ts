/** What is used of pg-boss, in types of our own: whoever has it not can still read, check and compile everything. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';

/** What a statement is run on. */
interface Db {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  beginTransaction?(): Promise<{ db: Db; commit(): Promise<void>; rollback(): Promise<void> }>;
}

/** One attempt at a job. */
interface Attempt {
  id: string;
  retryCount: number;
}

interface Taken<T> extends Attempt {
  data: T;
  startedOn: Date;
  createdOn: Date;
}

export interface Boss {
  on(event: 'error', told: (error: Error) => void): unknown;
  start(): Promise<unknown>;
  stop(options: { graceful: boolean }): Promise<void>;
  getDb(): Db;
  createQueue(name: string, options: Readonly<Record<string, unknown>>): Promise<void>;
  insert(name: string, jobs: Readonly<Record<string, unknown>>[]): Promise<unknown>;
  fetch<T>(name: string, options: { includeMetadata: true; db: Db }): Promise<Taken<T>[]>;
  touch(name: string, attempt: Attempt): Promise<unknown>;
  fail(name: string, attempt: Attempt, data: object): Promise<unknown>;
  supervise(name?: string): Promise<unknown>;
  deleteJob(name: string, attempt: Attempt, options: { db: Db }): Promise<unknown>;
  deleteQueue(name: string): Promise<void>;
  redrive(name: string, options: { limit: number }): Promise<number>;
}

export interface BossModule {
  PgBoss: new (options: Readonly<Record<string, unknown>>) => Boss;
}

/** Where it lies: in a folder of the checkout that has a lock file of its own, or beside gradmark; undefined where it is not installed. */
export function bossPath(): string | undefined {
  try {
    return createRequire(join(packageRoot, 'scripts/pg-boss/')).resolve('pg-boss');
  } catch {
    return undefined;
  }
}
