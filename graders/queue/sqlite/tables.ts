/** The tables of a queue within one process. */
import { DatabaseSync } from 'node:sqlite';

const tables = `
  CREATE TABLE courses (course TEXT PRIMARY KEY, weight REAL NOT NULL, cap INTEGER, pass REAL NOT NULL) STRICT;
  CREATE TABLE lanes (
    name TEXT PRIMARY KEY, urgency INTEGER NOT NULL, course TEXT NOT NULL, tries INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, lane TEXT NOT NULL, student TEXT NOT NULL, place INTEGER NOT NULL,
    state TEXT NOT NULL, begun INTEGER NOT NULL, blamed INTEGER NOT NULL, since REAL NOT NULL, until REAL, job TEXT NOT NULL,
    reason TEXT, body BLOB
  ) STRICT;
  CREATE INDEX jobs_in_turn ON jobs (lane, state, place, seq);
  CREATE INDEX jobs_of_student ON jobs (lane, student, state);
  CREATE TABLE results (name TEXT PRIMARY KEY, body BLOB NOT NULL, digest TEXT NOT NULL, worker TEXT NOT NULL, ms TEXT NOT NULL) STRICT;
  CREATE TABLE alarms (name TEXT NOT NULL, body BLOB NOT NULL, digest TEXT NOT NULL, worker TEXT NOT NULL, ms TEXT NOT NULL) STRICT;
  CREATE TABLE shelf (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
`;

/**
 * In memory, and gone with its process: what a batch has found is in the gradebook, and who grades again asks that. A second file of
 * students' work would be one more to protect, and to forget.
 */
export function openTables(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec(tables);
  return db;
}
