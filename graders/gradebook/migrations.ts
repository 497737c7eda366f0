/** How the tables of a gradebook came to be, version by version: an old file is brought up to date when it is opened. */
import type { DatabaseSync } from 'node:sqlite';
import { GradebookError } from './read-event.ts';

/** From version i to i + 1; what stands here is never changed, only added to. */
const steps: readonly string[] = [
  `CREATE TABLE events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     at TEXT NOT NULL,
     who TEXT NOT NULL,
     kind TEXT NOT NULL,
     student TEXT,
     task TEXT,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_of_student ON events (student, seq);`,
  // Whoever is named in `forgetting` may be taken out of what is never changed otherwise.
  `CREATE TABLE forgetting (student TEXT PRIMARY KEY) STRICT;
   CREATE TRIGGER nothing_changes BEFORE UPDATE ON events WHEN NOT EXISTS (SELECT 1 FROM forgetting)
     BEGIN SELECT RAISE(ABORT, 'events are not changed'); END;
   CREATE TRIGGER nothing_goes BEFORE DELETE ON events
     WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE student = OLD.student)
     BEGIN SELECT RAISE(ABORT, 'events are not deleted'); END;`,
  // Copies of what was handed in, under the hash of what they hold.
  `CREATE TABLE works (hash TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
   CREATE TRIGGER no_work_changes BEFORE UPDATE ON works BEGIN SELECT RAISE(ABORT, 'works are not changed'); END;
   CREATE TRIGGER no_work_goes BEFORE DELETE ON works WHEN NOT EXISTS (SELECT 1 FROM forgetting)
     BEGIN SELECT RAISE(ABORT, 'works are not deleted'); END;`,
];

/** Brings the tables up to date, whole or not at all. Throws GradebookError where a newer gradmark made them. */
export function migrate(db: DatabaseSync, path: string): void {
  if (versionOf(db) === steps.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Somebody else may have been faster.
    const version = versionOf(db);
    if (version > steps.length) {
      throw new GradebookError(
        `${path} was written by a newer gradmark (version ${version} of its tables): use that one.`,
      );
    }
    for (const step of steps.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${steps.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

const versionOf = (db: DatabaseSync) => Number(db.prepare('PRAGMA user_version').get()!['user_version']);
