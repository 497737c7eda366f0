/** What lies in a folder after a kill, whoever wrote it: whole files only, and a gradebook of which every event is told. */
import { existsSync } from 'node:fs';
import { toJson } from '../../graders/gradebook/json.ts';
import { gradebookPath, openGradebook } from '../../graders/gradebook/store.ts';
import { filesIn } from './look.ts';

/** Which files are not whole; the one who was killed may have left drafts. */
export async function halfFiles(folder: string, killed: number): Promise<string[]> {
  return [...(await filesIn(folder))].flatMap(([path, text]) => {
    const pid = /\.(\d+)\.part$/.exec(path)?.[1];
    if (pid !== undefined) return Number(pid) === killed ? [] : [`${path} is left over`];
    if (path.endsWith('.html') && !text.trimEnd().endsWith('</html>')) return [`${path} is not whole`];
    return path.endsWith('.json') && !isWholeJson(text) ? [`${path} is not whole JSON`] : [];
  });
}

function isWholeJson(text: string): boolean {
  try {
    return toJson(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}

/** All that the gradebook of a folder says, without when it was said; `room` is the folder around, whose name says nothing. */
export function saidIn(out: string, room: string): string[] {
  if (!existsSync(gradebookPath(out))) return [];
  const book = openGradebook(out);
  try {
    return book.events().map(({ seq: _, at: __, ...said }) => toJson(said, 0).replaceAll(room, ''));
  } finally {
    book.close();
  }
}
