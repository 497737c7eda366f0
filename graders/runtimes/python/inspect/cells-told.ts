/** What a student is told of which cells of a notebook were run: nothing is run blindly, and nothing left out unsaid. */
import type { CellFacts } from '../../../protocol/messages.ts';

/** Sentences about one notebook, for the head of its page. */
export function cellsTold(path: string, cells: readonly CellFacts[]): string[] {
  const of = (state: CellFacts['state']) => cells.filter((cell) => cell.state === state);
  const numbered = (found: readonly CellFacts[]) =>
    `${found.length === 1 ? 'cell' : 'cells'} ${found.map(({ cell }) => cell).join(', ')}`;
  const parts = [
    ...(of('run').length > 0 ? [`${numbered(of('run'))} whole`] : []),
    ...(of('in part').length > 0 ? [`${numbered(of('in part'))} in part`] : []),
  ];
  const idle = of('not run');
  return [
    parts.length === 0
      ? `Of ${path} nothing was run: it defines nothing of what is asked.`
      : `Of ${path} was run what the asked names need: ${parts.join(', ')}.`,
    ...(idle.length > 0 ? [`Not run, because nothing that is asked needs it: ${numbered(idle)}.`] : []),
    ...cells
      .filter(({ state }) => state === 'unreadable')
      .map(({ cell, why }) => `Cell ${cell} of ${path} cannot be read as Python (${why}): it was left out.`),
    ...cells
      .filter(({ state, why }) => state !== 'unreadable' && why !== undefined)
      .map(({ cell, why }) => `Cell ${cell} of ${path}: ${why}.`),
  ];
}
