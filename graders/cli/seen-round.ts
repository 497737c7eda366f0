/** Work that came after pages of its round were published: whoever handed it in may have seen there what it is asked. */
import { instant } from '../../reports/format.ts';
import { plainLine } from '../../reports/plain-text.ts';
import type { Results } from '../model/grade.ts';
import { openGradebook } from '../gradebook/store.ts';

const mostNames = 12;

/** Says whose work that is, and what to do. Pages that show marks alone count as well: a program can tell something by those. */
export function tellSeenRound(results: Results, outDir: string, stream: NodeJS.WritableStream): void {
  const book = openGradebook(outDir);
  try {
    const since = book.events({ kind: 'published' })[0];
    if (since === undefined) return;
    const begun = book.events({ kind: 'begun' }).filter(({ seq }) => seq < since.seq);
    const shown = new Set(begun.flatMap((event) => (event.kind === 'begun' ? [askedIn(event.under)] : [])));
    const seen = results.submissions.filter((grade) => shown.has(askedIn(grade.under ?? results)));
    const came = new Map<string, number>();
    for (const event of book.events({ kind: 'handed-in' }))
      if (event.kind === 'handed-in' && !came.has(workOf(event.student, event.sha256)))
        came.set(workOf(event.student, event.sha256), event.seq);
    const late = seen.filter(({ id, sha256 }) => (came.get(workOf(id, sha256)) ?? 0) > since.seq);
    if (late.length === 0) return;
    const names = late.slice(0, mostNames).map(({ id }) => plainLine(id));
    const says =
      `Handed in after pages of the same round were published (${instant(since.at)}): ` +
      `${names.join(', ')}${late.length > mostNames ? `, and ${late.length - mostNames} more` : ''}. ` +
      'Those pages tell what was asked: grade such work with --round, under a name of its own.';
    stream.write(`gradmark: ${says}\n`);
  } finally {
    book.close();
  }
}

const askedIn = ({ round, seed }: Pick<Results, 'round' | 'seed'>): string => round?.fingerprint ?? `seed ${seed}`;
const workOf = (student: string, sha256: string): string => `${student}\n${sha256}`;
