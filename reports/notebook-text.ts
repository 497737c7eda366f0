/** Which cells of a notebook were run, in sentences: for readers of a terminal, and of files in which no page is drawn. */
import type { Grade } from '../graders/model/grade.ts';
import type { CellRun, NotebookRun } from '../graders/model/notebook.ts';

/** Sentences about every notebook of a submission. */
export const cellsTold = ({ notebooks = [] }: Pick<Grade, 'notebooks'>): string[] =>
  notebooks.filter(({ cells }) => cells.length > 0).flatMap(told);

function told({ path, cells, taken = [] }: NotebookRun): string[] {
  const of = (state: CellRun['state']) => cells.filter((cell) => cell.state === state);
  const parts = [
    ...(of('run').length > 0 ? [`${numbered(of('run'))} whole`] : []),
    ...(of('in part').length > 0 ? [`${numbered(of('in part'))} in part`] : []),
  ];
  const idle = of('not run');
  const odd = cells.flatMap(({ cell, because }) =>
    because
      .filter((why) => /raised|cannot be read|not run$/.test(why))
      .map((why) => `Cell ${cell} of ${path}: ${why}.`),
  );
  return [
    parts.length === 0
      ? `Of ${path} nothing was run: it defines nothing of what is asked.`
      : `Of ${path} was run what the asked names need: ${parts.join(', ')}.`,
    ...(idle.length > 0 ? [`Not run: ${numbered(idle)}.`] : []),
    ...taken.map(({ name, from }) => `For ${name} is taken: ${from}.`),
    ...odd,
  ];
}

const numbered = (found: readonly CellRun[]) =>
  `${found.length === 1 ? 'cell' : 'cells'} ${found.map(({ cell }) => cell).join(', ')}`;
