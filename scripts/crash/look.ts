/** What a folder of a batch holds after its grader was killed: only whole files, each of its own submission, nothing lost or doubled. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toJson } from '../../graders/gradebook/json.ts';
import type { Gradebook } from '../../graders/gradebook/store.ts';
import { gradebookPath, openGradebook } from '../../graders/gradebook/store.ts';
import { WriteError } from '../../graders/gradebook/write-whole.ts';

interface Onlooker {
  /** What is wrong in the folder now; `writers` may have left drafts. */
  faults(writers: readonly number[]): Promise<string[]>;
}

/** Looks at one folder again and again, and remembers what it saw. */
export function onlooker(out: string, hashes: ReadonlyMap<string, string>): Onlooker {
  /** What was there once stays as it is. */
  let secret: string | undefined;
  let events: readonly string[] = [];
  return {
    async faults(writers) {
      const faults: string[] = [];
      const files = await filesIn(out);
      for (const [path, text] of files) {
        const pid = Number(/\.(\d+)\.part$/.exec(path)?.[1] ?? NaN);
        const fault = Number.isNaN(pid) ? faultOf(path, text, hashes) : !writers.includes(pid) && 'is left over';
        if (fault) faults.push(`${path} ${fault}`);
      }
      if (secret !== undefined && files.get('secret') !== secret) faults.push('the secret is lost or has changed');
      secret ??= files.get('secret');
      const found = eventsIn(out);
      if (events.some((event, i) => found.at(i) !== event)) faults.push('an event is lost or has changed');
      events = found;
      return [...faults, ...faultsOfEvents(found, hashes)];
    },
  };
}

/** Every event of the gradebook as text; none of one for which there was not even room to begin. */
function eventsIn(out: string): string[] {
  if (!existsSync(gradebookPath(out))) return [];
  const book = beganIn(out);
  const events = book?.events().map((event) => toJson(event)) ?? [];
  book?.close();
  return events;
}

/** The gradebook of a folder; undefined where its tables have no room, in which nothing can have been said. */
function beganIn(out: string): Gradebook | undefined {
  try {
    return openGradebook(out);
  } catch (error) {
    if (error instanceof WriteError) return undefined;
    throw error;
  }
}

interface Judged {
  student: string;
  sha256: string;
  verdicts: readonly { outcome: string; because?: string; staff?: string }[];
}

/** Who was judged twice, or on somebody else's work; and whose grade is held, which nothing here gives a reason for. */
function faultsOfEvents(events: readonly string[], hashes: ReadonlyMap<string, string>): string[] {
  const judged = events
    .map((text) => JSON.parse(text) as { kind: string } & Judged)
    .filter(({ kind }) => kind === 'judged');
  const twice = judged.filter((one, i) => judged.findIndex(({ student }) => student === one.student) !== i);
  const others = judged.filter(({ student, sha256 }) => sha256 !== hashes.get(student));
  const broken = judged.flatMap(({ student, verdicts }) =>
    verdicts.filter(({ outcome }) => outcome === 'broken').map((verdict) => ({ student, ...verdict })),
  );
  return [
    ...broken.map(({ student, because, staff }) => `${student} is held: ${because ?? ''} ${staff ?? ''}`),
    ...twice.map(({ student }) => `${student} was judged twice`),
    ...others.map(({ student }) => `${student} was judged on other work`),
  ];
}

/** Every file below a folder by its path, the gradebook and its lock aside. */
export async function filesIn(out: string): Promise<Map<string, string>> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, string>();
  for (const entry of entries.filter((item) => item.isFile() && !/^(gradebook\.db|grading\.)/.test(item.name))) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(out.length + 1), await readFile(path, 'utf8'));
  }
  return files;
}

/** What is wrong with one file, if anything. */
function faultOf(path: string, text: string, hashes: ReadonlyMap<string, string>): string | undefined {
  if (path === 'secret') return /^[0-9a-f]{64}\n$/.test(text) ? undefined : 'is no whole secret';
  if (path === 'grades.csv') return text.split('\n').length === hashes.size + 2 ? undefined : 'is not a line for each';
  if (path.endsWith('.html')) {
    if (!text.trimEnd().endsWith('</html>')) return 'is not whole';
    return path === 'index.html' ? undefined : ofAnother(dirname(path), text, hashes);
  }
  if (!path.endsWith('.json')) return 'is nothing of a batch';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'is not whole JSON';
  }
  if (toJson(json) !== text) return 'is not written as a whole';
  if (path === 'batch.json') return (json as { rounds: unknown[] }).rounds.length === 1 ? undefined : 'has two rounds';
  if (path === 'results.json') return faultOfResults(json as { submissions: Graded[] }, hashes);
  return ofAnother(dirname(path), text, hashes);
}

interface Graded {
  id: string;
  sha256: string;
}

function faultOfResults({ submissions }: { submissions: Graded[] }, hashes: ReadonlyMap<string, string>) {
  const ids = submissions.map(({ id }) => id);
  if (ids.join() !== [...hashes.keys()].sort().join()) return 'does not hold everybody once';
  return submissions.map((grade) => faultOfGrade(grade, grade.id, hashes)).find((fault) => fault !== undefined);
}

function faultOfGrade(grade: Graded, id: string, hashes: ReadonlyMap<string, string>): string | undefined {
  if (grade.id !== id) return `is the grade of ${grade.id}`;
  return grade.sha256 === hashes.get(id) ? undefined : `has the hash ${grade.sha256}`;
}

/** A student's file bears the hash of their own work and of nobody else's. */
function ofAnother(id: string, text: string, hashes: ReadonlyMap<string, string>): string | undefined {
  if (!hashes.has(id)) return 'belongs to nobody';
  const others = [...text.matchAll(/\b[0-9a-f]{64}\b/g)].map(([hash]) => hash);
  return others.every((hash) => hash === hashes.get(id)) ? undefined : 'holds something of another';
}
