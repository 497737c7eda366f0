/** Marks that people set by hand for work that counts no longer: kept until somebody says otherwise, and never in silence. */
import { marks } from '../../reports/format.ts';
import { plainLine } from '../../reports/plain-text.ts';
import type { Results } from '../model/grade.ts';

const most = 12;

/** Says whose they are, and how they are kept or dropped. */
export function tellSetForOther({ submissions }: Results, outDir: string, stream: NodeJS.WritableStream): void {
  const set = submissions.flatMap(({ id, tasks }) =>
    tasks.flatMap(({ id: task, adjusted }) => (adjusted?.forOther === true ? [{ id, task, adjusted }] : [])),
  );
  for (const { id, task, adjusted } of set.slice(0, most)) {
    const adjust = `gradmark adjust ${outDir} ${id} ${task}`;
    const says =
      `${task} of ${id} was set to ${marks(adjusted.points)} by ${adjusted.by} for other work than what counts now. ` +
      `Keep it with ${adjust} ${marks(adjusted.points)} --why …, drop it with ${adjust} none --why …`;
    stream.write(`gradmark: ${plainLine(says, 400)}\n`);
  }
  if (set.length > most) stream.write(`gradmark: ${set.length - most} more of these are on the class page.\n`);
}
