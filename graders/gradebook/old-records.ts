/** What gradmark wrote before it had gradebooks, one file a submission below `records/`: read once, into the gradebook. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grade } from '../model/grade.ts';
import { readPlainText } from '../plain-file.ts';
import type { Circumstances, Said } from './event.ts';
import { coverOf } from './state.ts';
import { fromJson } from './json.ts';

interface OldRecord {
  schema: 'gradmark/result/v1';
  provenance: Circumstances & { assignment: string };
  grade: Grade;
}

/** Every whole record of the folder as events, and the coursework they are of. */
export async function oldRecords(outDir: string): Promise<{ assignment?: string; said: Said[] }> {
  const names = await readdir(join(outDir, 'records')).catch(() => []);
  const said: Said[] = [];
  let assignment: string | undefined;
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const record = await readRecord(join(outDir, 'records', name));
    if (record === undefined) continue;
    const { id: student, sha256, tasks, notes, stdout, refused } = record.grade;
    const { assignment: slug, graderVersion, seed, round, backend, level, containedBy, full, data } = record.provenance;
    assignment ??= slug;
    const drawings = tasks.flatMap((task) => (task.drawings === undefined ? [] : [[task.id, task.drawings] as const]));
    said.push({
      ...{ kind: 'judged', student, sha256, verdicts: tasks.flatMap(({ checks }) => checks), notes },
      covers: coverOf(tasks),
      under: {
        ...{ graderVersion, backend, level, full, data },
        ...(seed !== undefined && { seed }),
        ...(round !== undefined && { round }),
        ...(containedBy !== undefined && { containedBy }),
      },
      ...(drawings.length > 0 && { drawings: Object.fromEntries(drawings) }),
      ...(stdout !== undefined && { stdout }),
      ...(refused !== undefined && { refused }),
    });
  }
  return { ...(assignment !== undefined && { assignment }), said };
}

/** A file that was cut off or is something else counts as absent, as it always did. */
async function readRecord(path: string): Promise<OldRecord | undefined> {
  try {
    const record = fromJson(await readPlainText(path)) as Partial<OldRecord> | null;
    const isOne = record?.schema === 'gradmark/result/v1' && Array.isArray(record.grade?.tasks) && record.provenance;
    return isOne ? (record as OldRecord) : undefined;
  } catch {
    return undefined;
  }
}
