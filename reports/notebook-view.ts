/** What of a notebook was run, cell by cell, as a page shows it: its state, why, what the student had stored, what it plots. */
import type { Grade } from '../graders/model/grade.ts';
import type { CellRun, Claim } from '../graders/model/notebook.ts';
import { anchorMaker } from './anchors.ts';
import { count } from './format.ts';
import type { Label } from './outcome-words.ts';
import { picture, type Picture } from './pictures/drawing.ts';
import { plainLine } from './plain-text.ts';
import { typeset } from './typeset.ts';

export interface NotebookView {
  anchor: string;
  title: string;
  says: string;
  cells: CellView[];
  more: string | undefined;
  taken: TakenView[];
  pictures: Picture[];
}

interface TakenView {
  name: string;
  from: string;
  told: string[];
}

interface CellView {
  number: number;
  under: string | undefined;
  begins: string;
  label: Label;
  because: string[];
  claimsSay: string;
  claims: ClaimView[];
  pictures: Picture[];
}

interface ClaimView {
  text: string | undefined;
  what: string | undefined;
  /** An image as an address that holds all of it. */
  image: { src: string; says: string; width: number; height: number } | undefined;
}

const LABELS: Readonly<Record<CellRun['state'], Label>> = {
  run: { word: 'Run', icon: 'check', tone: 'good' },
  'in part': { word: 'Run in part', icon: 'half', tone: 'part' },
  'not run': { word: 'Not run', icon: 'skip', tone: 'idle' },
  unreadable: { word: 'Cannot be read', icon: 'barred', tone: 'stop' },
};

/** A view of every notebook, and of every program that plots. */
export function viewNotebooks({ notebooks = [] }: Grade): NotebookView[] {
  const anchors = anchorMaker();
  return notebooks.map(({ path, cells, more, taken = [], drawings = [] }) => ({
    anchor: anchors('n', path),
    title: cells.length === 0 ? `What ${plainLine(path)} plots` : `What of ${plainLine(path)} was run`,
    says:
      cells.length === 0
        ? 'Drawn from the numbers that it hands over to be plotted. It plays no part in the marks.'
        : 'A notebook is not run as it stands: what the asked names need is, in its order. What you had stored beside a cell is shown as you handed it in; nothing of it was computed here. Plots are drawn from the numbers that a cell plots when it is run: with few rounds of training where the sheet asks for a plot, otherwise without any.',
    cells: cells.map(viewCell),
    more: more === undefined ? undefined : `${count(more, 'more cell')} ${more === 1 ? 'is' : 'are'} not listed.`,
    taken: taken.map(({ name, from, told }) => ({
      name: plainLine(name, 100),
      from: plainLine(from, 200),
      told: told.map((one) => plainLine(one, 400)),
    })),
    pictures: pictured(drawings),
  }));
}

function viewCell({ cell, under, begins, state, because, claims = [], drawings = [] }: CellRun): CellView {
  return {
    number: cell,
    under: under === undefined ? undefined : plainLine(under, 120),
    begins: plainLine(begins, 120),
    label: LABELS[state],
    because: because.map((why) => typeset(`${why.slice(0, 1).toUpperCase()}${plainLine(why, 600).slice(1)}.`, [])),
    claimsSay: `What you had stored beside it (${count(claims.length, 'output')})`,
    claims: claims.map(viewClaim),
    pictures: pictured(drawings),
  };
}

const pictured = (drawings: Parameters<typeof picture>[0][]): Picture[] =>
  typeset(
    drawings.map((drawing) => picture(drawing)),
    [],
  );

function viewClaim(claim: Claim): ClaimView {
  switch (claim.kind) {
    case 'text':
      return { text: claim.text, what: undefined, image: undefined };
    case 'named':
      return { text: undefined, what: plainLine(claim.what, 200), image: undefined };
    case 'picture': {
      const { png, width, height } = claim;
      const says = `A picture of ${width} by ${height} pixels that was stored in the notebook`;
      // What was cut, or is something else, is not shown.
      if (png === '') return { text: undefined, what: 'a picture that cannot be shown', image: undefined };
      return { text: undefined, what: undefined, image: { src: `data:image/png;base64,${png}`, says, width, height } };
    }
  }
}
