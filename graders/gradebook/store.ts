/**
 * The gradebook of a class: one SQLite file in the folder of a batch, to which events are appended. Nothing is overwritten; several
 * people may read and mark while one process grades.
 */
import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lettingGo } from '../collect.ts';
import { makeFolders } from '../make-folders.ts';
import { assertPlainFile } from '../plain-file.ts';
import { closeToOthers } from './close-to-others.ts';
import type { Event, Recorded } from './event.ts';
import { saidOfAnswers } from './event.ts';
import { toJson } from './json.ts';
import { migrate } from './migrations.ts';
import { GradebookError, readEvent } from './read-event.ts';
import type { Work } from './works.ts';
import { hashOfWork, packed, unpacked } from './works.ts';
import { fileMode, folderMode, WriteError } from './write-whole.ts';

/** What somebody had seen of an answer when they wrote: the newest that was said of it. */
export interface Seen {
  student: string;
  task: string;
  version: number;
}

/** Somebody else was faster: nothing was written. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly newer: readonly Recorded[];

  constructor(newer: readonly Recorded[]) {
    const { who = 'somebody', at = '' } = newer.at(-1) ?? {};
    super(
      `${who} has said something of this answer meanwhile (${at}). Nothing was written: look at it, and say yours again.`,
    );
    this.newer = newer;
  }
}

export interface Gradebook {
  /**
   * Writes all or none, in this order, and with them copies of the works that they speak of. Throws Conflict where more was said of an
   * answer than was seen, and WriteError.
   */
  append(events: readonly Event[], seen?: readonly Seen[], works?: readonly Work[]): Recorded[];
  /** In their order: all, those after `since`, those of one student or of one kind. */
  events(which?: { since?: number; student?: string; kind?: Event['kind'] }): Recorded[];
  /** The same up to and with `until`, one after the other: of a large class no more is held at once than one event. */
  each(which?: { until?: number }): Iterable<Recorded>;
  /** What stands for all that was said of this answer up to now; 0 before anything was. */
  version(student: string, task: string): number;
  /** The copy under this hash; undefined where there is none. Throws GradebookError where it is damaged. */
  work(hash: string): Work | undefined;
  /** Takes all events of somebody away, with the copies of works that nobody else handed in, and appends this one instead. */
  forget(student: string, instead: Event): void;
  /** Whether what is appended still goes into the file of this name, and not into one that was deleted or replaced. */
  isThere(): boolean;
  close(): void;
}

/** Where the folder of a batch keeps it. */
export const gradebookPath = (outDir: string): string => join(outDir, 'gradebook.db');

/** The gradebook of a folder, made on first use; without a folder one that is gone when it is closed. Throws GradebookError. */
export function openGradebook(outDir?: string): Gradebook {
  const path = outDir === undefined ? ':memory:' : gradebookPath(outDir);
  for (const beside of ['', '-wal', '-shm', '-journal']) assertPlainFile(path + beside);
  const db = guarded(path, () => {
    if (outDir !== undefined) {
      makeFolders(outDir, folderMode);
      closeToOthers(outDir);
      // SQLite gives the files that it makes beside this one the same mode.
      closeSync(openSync(path, 'a', fileMode));
    }
    return opened(path);
  });
  const file = fileAt(path);
  const [insert, keep] = guarded(path, () => [
    db.prepare('INSERT INTO events (at, who, kind, student, task, body) VALUES (?, ?, ?, ?, ?, ?)'),
    db.prepare('INSERT OR IGNORE INTO works (hash, body) VALUES (?, ?)'),
  ]);
  const rows = function* (where: string, ...values: (string | number)[]): Generator<Recorded> {
    const found = guarded(path, () =>
      db.prepare(`SELECT seq, kind, body FROM events WHERE ${where} ORDER BY seq`).iterate(...values),
    );
    try {
      for (;;) {
        const { done, value } = guarded(path, () => found.next());
        if (done === true) return;
        yield readEvent(Number(value['seq']), String(value['kind']), String(value['body']), path);
      }
    } finally {
      found.return?.();
    }
  };
  const read = (where: string, ...values: (string | number)[]): Recorded[] => [...rows(where, ...values)];
  const saidOf = ({ student, task, version }: Seen): Recorded[] =>
    read('student = ? AND seq > ?', student, version).filter(
      (event) =>
        event.kind === 'handed-in' || (saidOfAnswers.has(event.kind) && 'task' in event && event.task === task),
    );

  const add = (event: Event): Recorded => {
    const student = 'student' in event ? event.student : null;
    const task = 'task' in event ? (event.task ?? null) : null;
    const body = toJson(event, 0);
    const { lastInsertRowid } = insert.run(event.at, event.who, event.kind, student, task, body);
    // As a reader will find it, and not as the caller may change it.
    return readEvent(Number(lastInsertRowid), event.kind, body, path);
  };
  /** All of the work or none of it; others that write wait. */
  const inOne = <T>(work: () => T): T =>
    guarded(path, () => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk may have ended it already.
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    });

  return {
    append: (events, seen = [], works = []) =>
      inOne(() => {
        const newer = seen.flatMap(saidOf);
        if (newer.length > 0) throw new Conflict(newer);
        for (const work of works) keep.run(hashOfWork(work), packed(work));
        return events.map(add);
      }),
    events({ since = 0, student, kind } = {}) {
      if (student !== undefined) return read('seq > ? AND student = ?', since, student);
      return kind === undefined ? read('seq > ?', since) : read('seq > ? AND kind = ?', since, kind);
    },
    each: ({ until = Number.MAX_SAFE_INTEGER } = {}) => lettingGo(rows('seq <= ?', until)),
    version: (student, task) => saidOf({ student, task, version: 0 }).at(-1)?.seq ?? 0,
    work(hash) {
      const row = guarded(path, () => db.prepare('SELECT body FROM works WHERE hash = ?').get(hash));
      return row === undefined ? undefined : unpacked(hash, row['body'] as Uint8Array, path);
    },
    forget(student, instead) {
      inOne(() => {
        db.prepare('INSERT INTO forgetting (student) VALUES (?)').run(student);
        db.prepare('DELETE FROM events WHERE student = ?').run(student);
        for (const event of read("student IS NULL AND kind IN ('begun', 'published')")) {
          db.prepare('UPDATE events SET body = ? WHERE seq = ?').run(toJson(without(event, student), 0), event.seq);
        }
        db.exec(`DELETE FROM works WHERE hash NOT IN (${keptWorks})`);
        db.exec('DELETE FROM forgetting');
        add(instead);
      });
      // What was deleted stands in the log of changes until that is folded in and cut.
      guarded(path, () => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    },
    isThere: () => fileAt(path) === file,
    close: () => db.close(),
  };
}

/** The same for one file as long as it is there; in memory there is none. */
function fileAt(path: string): string | undefined {
  const { dev, ino } = statSync(path, { throwIfNoEntry: false, bigint: true }) ?? {};
  return ino === undefined ? undefined : `${dev}:${ino}`;
}

/** Those that somebody handed in. */
const keptWorks = `SELECT json_extract(body, '$.kept.work') AS work FROM events WHERE kind = 'handed-in' AND work IS NOT NULL`;

/** An event about many without one of them. */
function without({ seq: _, ...event }: Recorded, student: string): Event {
  if (event.kind === 'begun') return { ...event, students: event.students.filter((id) => id !== student) };
  if (event.kind !== 'published') return event;
  return { ...event, shown: Object.fromEntries(Object.entries(event.shown).filter(([id]) => id !== student)) };
}

function opened(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 10_000 });
  try {
    // A mark that is told to be kept survives the loss of power: FULL waits for the disk once for each group of events.
    // Where a file system has no shared memory, SQLite stays with its rollback journal, which is as safe, and readers wait.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    migrate(db, path);
    return db;
  } catch (error) {
    // A handle that stays open keeps a full disk mounted.
    db.close();
    throw error;
  }
}

/** What SQLite says, in sentences about the file. */
function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, errcode } = error as NodeJS.ErrnoException & { errcode?: number };
    if (code !== 'ERR_SQLITE_ERROR')
      throw code === undefined || error instanceof WriteError ? error : new WriteError(path, error);
    // The lower byte is the kind of error.
    const kind = (errcode ?? 0) & 0xff;
    if (kind === 13) throw new WriteError(path, { code: 'ENOSPC' });
    // Where a table is missing, too, it is none of ours.
    if ([1, 11, 26].includes(kind)) {
      throw new GradebookError(
        `${path} is damaged or no gradebook. Put back a copy of it from before, or grade into another folder.`,
      );
    }
    if (kind === 5) throw new GradebookError(`${path} is being written to for more than ten seconds: try again.`);
    if ([8, 10, 14].includes(kind)) throw new WriteError(path, { code: reasons[kind] });
    throw error;
  }
}

const reasons: Record<number, string> = { 8: 'EROFS', 10: 'EIO', 14: 'CANTOPEN' };
