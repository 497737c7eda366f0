/** What became of each cell of a notebook: what reading it told, and what a process saw that ran it. */
import type { CellRun, NotebookRun } from '../../../model/notebook.ts';
import type { CellFacts, Seen, SourceFacts } from '../../../protocol/messages.ts';

/** More cells than a page can show are counted. */
const mostCells = 200;
/** Of one cell. */
const mostDrawings = 6;

/** Cells of a file that were run for plots which stand for files that a sheet asks for. */
interface RunForPlots {
  path: string;
  files: readonly string[];
  /** `what cell 12 plots` */
  from: string;
  cells: readonly number[];
}

/** Of every file what there is to tell; of one that is no notebook, and draws nothing, nothing. */
export function notebooksOf(
  facts: readonly SourceFacts[],
  { raised, drawn, taken = [] }: Seen,
  provided: readonly string[],
  drawnFor?: RunForPlots,
): NotebookRun[] {
  return facts.flatMap((file): NotebookRun[] => {
    const { path, cells, syntax } = file;
    if (syntax !== undefined) return [];
    const drawings = drawn.flatMap((one) => (one.path === path ? [one.drawing] : []));
    if (cells === undefined) return drawings.length === 0 ? [] : [{ path, cells: [], drawings }];
    const own = taken.filter((one) => one.path === path);
    const shown = cells.slice(0, mostCells).map((read): CellRun => {
      const asked = own.filter((one) => one.cells.includes(read.cell)).map(({ name }) => name);
      const isDrawn = drawnFor?.path === path && drawnFor.cells.includes(read.cell);
      const cell = asked.length === 0 && !isDrawn ? read : runFor(read, isDrawn);
      const failed = raised.find((one) => one.path === path && one.cell === cell.cell);
      const plots = drawn.filter((one) => one.path === `${path} cell ${cell.cell}`).map((one) => one.drawing);
      const because = [
        ...(asked.length > 0 ? [`it was run in the place of ${few(asked)}`] : []),
        ...(isDrawn && read.state !== 'run' ? ['it was run for plots'] : []),
        ...reasonsOf(cell, loadedIn(file, cell, provided)),
        ...(failed ? [raisedIn(failed)] : []),
      ];
      return {
        ...{ cell: cell.cell, begins: cell.begins, state: cell.state, because },
        ...underIn(file, cell),
        ...(cell.claims !== undefined && { claims: cell.claims }),
        ...(plots.length > 0 && { drawings: plots.slice(0, mostDrawings) }),
      };
    });
    const more = cells.length - shown.length;
    const parts = [
      ...own.map(({ path: _, cells: _run, ...part }) => part),
      ...(drawnFor?.path === path ? [{ name: drawnFor.files.join(', '), from: drawnFor.from, told: [] }] : []),
    ];
    const rest = { ...(more > 0 && { more }), ...(drawings.length > 0 && { drawings }) };
    return [{ path, cells: shown, ...(parts.length > 0 && { taken: parts }), ...rest }];
  });
}

const few = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 2).join(', ')} and others` : names.join(', ');

/** What is left out where nothing but definitions is asked for was run all the same. */
const runFor = ({ left = [], state, ...cell }: CellFacts, isDrawn: boolean): CellFacts => {
  const out = left.filter((each) => (each === 'plots' && !isDrawn) || each === 'prints');
  const ran = state === 'unreadable' ? state : out.length === 0 ? 'run' : 'in part';
  return { ...cell, state: ran, ...(out.length > 0 && { left: out }) };
};

const underIn = ({ headings = [] }: SourceFacts, { cell }: CellFacts): Pick<CellRun, 'under'> => {
  const above = headings.findLast((heading) => heading.cell <= cell);
  return above === undefined ? {} : { under: above.text };
};

/** Modules that this cell loads data from, and for which the grader gives its own. */
const loadedIn = ({ imports = [] }: SourceFacts, { cell }: CellFacts, provided: readonly string[]): string[] => [
  ...new Set(
    imports.flatMap(({ name, taken, cell: at }) =>
      at === cell ? [name, ...taken.map((part) => `${name}.${part}`)].filter((each) => provided.includes(each)) : [],
    ),
  ),
];

const SAYS: Readonly<Record<NonNullable<CellFacts['left']>[number], string>> = {
  plots: 'plots',
  prints: 'prints',
  trains: 'trains or tries out, which is not asked of it here',
  unneeded: 'nothing that is asked needs',
};

function reasonsOf({ state, why, left = [] }: CellFacts, loaded: readonly string[]): string[] {
  const what = state === 'in part' ? 'what was left out' : 'it';
  const only = left.length === 1 && left[0] !== 'trains' ? ' only' : '';
  const does = left.filter((each) => each !== 'unneeded').map((each) => SAYS[each]);
  return [
    ...(state === 'unreadable' ? [`it cannot be read as Python: ${why ?? ''}`] : why === undefined ? [] : [why]),
    ...(does.length > 0 ? [`${what}${only} ${does.join(', ')}`] : []),
    ...(state === 'not run' && left.length === 0 && why === undefined ? ['it is empty'] : []),
    ...(left.includes('unneeded') ? [`${SAYS.unneeded} ${does.length > 0 ? 'the rest' : what}`] : []),
    ...loaded.map((name) => `what it loads from ${name} is the grader’s`),
  ];
}

/** Where it stands in the cell, and what a reader of Jupyter would have seen. What is disclosed knows it by its beginning. */
const raisedIn = ({ trouble: { name, message, place } }: Seen['raised'][number]): string =>
  `it raised ${[name, message].filter((part) => part !== undefined && part !== '').join(': ')}${place === undefined ? '' : ` in line ${place.line}`}`;
