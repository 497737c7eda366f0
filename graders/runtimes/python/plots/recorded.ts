/** What a notebook plots, as its process tells it: a claim, of which nothing is certain but what is read here. */

/** A row of numbers in a plot. What is no finite number stays `null`. */
export interface RecordedCurve {
  name: string;
  values: (number | null)[];
  /** Points that are not joined. */
  dots: boolean;
  text: string;
}

export interface RecordedBars {
  edges: number[];
  heights: number[];
  /** How many values stand behind a histogram. */
  count: number | undefined;
  text: string;
  /** By which statement it was drawn. */
  at: number;
}

/** One pair of axes. */
export interface RecordedPlot {
  cell: number;
  figure: number;
  title: string;
  xLabel: string;
  yLabel: string;
  curves: RecordedCurve[];
  bars: RecordedBars[];
  image: number[][] | undefined;
  /** The statement in which it was begun, with those of its cell that led there. */
  text: string;
}

export interface Recorded {
  plots: RecordedPlot[];
  /** Numbers of the cells of which something was run for them. */
  cells: number[];
  /** What raised on the way, with the cell. */
  raised: { cell: number; says: string }[];
}

/** A text of at most so many characters is read. */
const mostCharacters = 4_000_000;
/** So many items of every list. */
const mostItems = 5000;

/** Reads it; whatever does not have its form is left out. */
export function readRecorded(text: unknown): Recorded {
  if (typeof text !== 'string' || text.length > mostCharacters) return { plots: [], cells: [], raised: [] };
  const { plots, statements, cells, raised } = fieldsOf(parsed(text));
  const origins = fieldsOf(statements);
  const originOf = (at: unknown) => {
    const { cell, text: said } = fieldsOf(origins[String(at)]);
    return { cell: wholeIn(cell), text: textIn(said) };
  };
  return {
    plots: listIn(plots).map((plot): RecordedPlot => {
      const { at, figure, title, xLabel, yLabel, curves, bars, image } = fieldsOf(plot);
      return {
        ...originOf(at),
        figure: wholeIn(figure),
        title: textIn(title),
        xLabel: textIn(xLabel),
        yLabel: textIn(yLabel),
        curves: listIn(curves).map((curve) => {
          const { name, values, dots, at: drawnAt } = fieldsOf(curve);
          const { text: said } = originOf(drawnAt);
          return { name: textIn(name), values: listIn(values).map(numberIn), dots: dots === true, text: said };
        }),
        bars: listIn(bars).map((each) => {
          const { edges, heights, count, at: drawnAt } = fieldsOf(each);
          return {
            edges: numbersIn(edges),
            heights: numbersIn(heights),
            count: Number.isSafeInteger(count) ? (count as number) : undefined,
            text: originOf(drawnAt).text,
            at: wholeIn(drawnAt),
          };
        }),
        image: Array.isArray(image) ? listIn(image).map(numbersIn) : undefined,
      };
    }),
    cells: listIn(cells).map(wholeIn),
    raised: listIn(raised).map((one) => ({
      cell: wholeIn(fieldsOf(one)['cell']),
      says: textIn(fieldsOf(one)['says']),
    })),
  };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const fieldsOf = (x: unknown): Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x) ? (x as Record<string, unknown>) : {};
const listIn = (x: unknown): unknown[] => (Array.isArray(x) ? x.slice(0, mostItems) : []);
const textIn = (x: unknown): string => (typeof x === 'string' ? x.slice(0, 1000) : '');
const wholeIn = (x: unknown): number => (Number.isSafeInteger(x) ? (x as number) : 0);
const numberIn = (x: unknown): number | null => (Number.isFinite(x) ? (x as number) : null);
const numbersIn = (x: unknown): number[] => listIn(x).map((v) => numberIn(v) ?? 0);
