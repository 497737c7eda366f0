/** A class of which nobody handed in anything that was asked for: another coursework was meant, or another folder. */
import { basename } from 'node:path';
import { waits } from '../model/verdict.ts';
import { count } from '../../reports/format.ts';
import { plainLine } from '../../reports/plain-text.ts';
import type { Coursework } from '../coursework.ts';
import type { Results } from '../model/grade.ts';
import type { Verdict } from '../model/verdict.ts';
import { recognise } from './recognise.ts';

/** Nothing was there to be judged: no file, function or answer; what people mark, or what only waits for those, is no word on it. */
const isOfNothing = (verdict: Verdict): boolean =>
  verdict.outcome === 'missing' || verdict.outcome === 'skipped' || verdict.outcome === 'manual' || waits(verdict);

/** Says so, and which coursework the work looks like. */
export async function tellNoneOfIt(
  { submissions }: Results,
  { assignment, folder }: Coursework,
  paths: readonly string[],
  assignments: readonly string[],
  stream: NodeJS.WritableStream,
): Promise<void> {
  const read = submissions.filter(({ refused }) => refused === undefined);
  const verdicts = read.flatMap(({ tasks }) => tasks.flatMap(({ checks }) => checks));
  if (!verdicts.some(({ outcome }) => outcome === 'missing') || !verdicts.every(isOfNothing)) return;
  const units = [...new Set(assignment.tasks.flatMap(({ unit }) => unit ?? []))].slice(0, 3).join(', ');
  const other = await recognise(paths[0]!, assignments).catch(() => folder);
  const meant = other === folder ? '' : ` It looks like work for ${basename(other)}.`;
  const who = read.length === 1 ? 'The submission holds' : `None of the ${count(read.length, 'submission')} holds`;
  const what = read.length === 1 ? 'nothing' : 'anything';
  stream.write(
    `gradmark: ${plainLine(`${who} ${what} that ${assignment.slug} asks for${units === '' ? '' : ` (${units}, …)`}.${meant}`)}\n`,
  );
}
