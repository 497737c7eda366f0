/** A class of which nobody handed in anything that was asked for: another coursework was meant, or another folder. */
import { basename } from 'node:path';
import { count } from '../../reports/format.ts';
import { plainLine } from '../../reports/plain-text.ts';
import type { Coursework } from '../coursework.ts';
import type { Results, TaskGrade } from '../model/grade.ts';
import { recognise } from './recognise.ts';

/** Nothing is there that the task asks for: files or answers; what people alone mark says nothing of it. */
const isMissing = ({ score, checks }: TaskGrade): boolean =>
  score === 0 &&
  (checks.some(({ outcome }) => outcome === 'missing') || checks.every(({ outcome }) => outcome === 'manual'));

/** Says so, and which coursework the work looks like. */
export async function tellNoneOfIt(
  { submissions }: Results,
  { assignment, folder }: Coursework,
  paths: readonly string[],
  assignments: readonly string[],
  stream: NodeJS.WritableStream,
): Promise<void> {
  const read = submissions.filter(({ refused }) => refused === undefined);
  const graded = read.flatMap(({ tasks }) => tasks).filter(({ max, manualMax }) => max > manualMax);
  if (graded.length === 0 || !graded.every(isMissing)) return;
  const units = [...new Set(assignment.tasks.flatMap(({ unit }) => unit ?? []))].slice(0, 3).join(', ');
  const other = await recognise(paths[0]!, assignments).catch(() => folder);
  const meant = other === folder ? '' : ` It looks like work for ${basename(other)}.`;
  const who = read.length === 1 ? 'The submission holds' : `None of the ${count(read.length, 'submission')} holds`;
  const what = read.length === 1 ? 'nothing' : 'anything';
  stream.write(
    `gradmark: ${plainLine(`${who} ${what} that ${assignment.slug} asks for${units === '' ? '' : ` (${units}, …)`}.${meant}`)}\n`,
  );
}
