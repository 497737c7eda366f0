/**
 * The plots of a submission, found in its side-car files: curves with labelled axes, histograms, bars and small pictures. Whether
 * they are right is for the checks to say; here they only become something that a report can draw. Everything is bounded.
 */
import type { Assignment } from './model/assignment.ts';
import type { Drawing } from './model/drawing.ts';
import type { Grade } from './model/grade.ts';
import { ProgramStopped } from './stopped.ts';

const most = { drawings: 12, series: 6, points: 240, bins: 400, side: 64, depth: 6, letters: 60, places: 2000 };

/** What stands behind a plot, and in which file or cell. */
type Shown = (path: string) => { where: string; content: unknown } | undefined;

/** The grade with the drawings of every task that names plots; a file that cannot be read has none. */
export function withDrawings(grade: Grade, assignment: Assignment, shown: Shown): Grade {
  const files = new Map(assignment.tasks.map(({ id, plots }) => [id, plots ?? []]));
  const tasks = grade.tasks.map((task) => {
    const drawings = (files.get(task.id) ?? []).flatMap((path) => {
      const plot = read(shown, path);
      return plot === undefined ? [] : drawingsIn(plot.where, plot.content);
    });
    return drawings.length === 0 ? task : { ...task, drawings: drawings.slice(0, most.drawings) };
  });
  return { ...grade, tasks };
}

function read(shown: Shown, path: string): ReturnType<Shown> {
  try {
    return shown(path);
  } catch (error) {
    if (error instanceof ProgramStopped) return undefined;
    throw error;
  }
}

/** Every drawing in a parsed side-car file, in the order of the file. */
export function drawingsIn(file: string, content: unknown): Drawing[] {
  const found: Drawing[] = [];
  let places = 0;
  const visit = (value: unknown, trail: readonly string[]): void => {
    if (found.length >= most.drawings || trail.length > most.depth || ++places > most.places) return;
    if (Array.isArray(value)) {
      // A list of numbers is no list of plots.
      if (typeof value[0] === 'object') {
        value.slice(0, most.drawings).forEach((item, i) => visit(item, [...trail, String(i + 1)]));
      }
    } else if (isRecord(value)) {
      const drawing = drawingOf(value);
      if (drawing !== undefined) found.push({ ...drawing, title: titleOf([file, ...trail], drawing.title) });
      else for (const key in value) visit(value[key], [...trail, short(key)]);
    }
  };
  visit(content, []);
  return found;
}

const drawingOf = (fields: Fields): Drawing | undefined =>
  histogramIn(fields) ?? imageIn(fields) ?? barsIn(fields) ?? linesIn(fields);

const titleOf = (trail: readonly string[], caption: string): string =>
  [short(trail.join(' · ')), caption].filter((part) => part !== '').join(', ');

type Fields = Record<string, unknown>;

const isRecord = (x: unknown): x is Fields => typeof x === 'object' && x !== null && !Array.isArray(x);
const short = (text: string) => text.slice(0, most.letters);
const textOf = (x: unknown): string => (typeof x === 'string' || typeof x === 'number' ? short(String(x)) : '');

/** Whether axes can be drawn through all that a recorded plot holds, and its parts fit each other. */
export function isDrawable(drawing: Drawing): boolean {
  if (drawing.kind === 'image') return imageIn({ pixels: drawing.rows }) !== undefined;
  if (drawing.kind === 'bars') return histogramIn({ ...drawing, density: drawing.heights }) !== undefined;
  return drawing.series.every(
    ({ values, at }) =>
      numbersIn(values) !== undefined &&
      (at === undefined || (at.length === values.length && numbersIn(at) !== undefined)),
  );
}

/** A list of numbers between which axes can be drawn; −0 becomes 0, as a picture shows it. */
function numbersIn(x: unknown): number[] | undefined {
  const drawable = (v: unknown) => v === 0 || (typeof v === 'number' && Math.abs(v) > 1e-100 && Math.abs(v) < 1e100);
  return Array.isArray(x) && x.length > 0 && x.every(drawable) ? (x as number[]).map((v) => v + 0) : undefined;
}

/** `{ edges, density }` */
function histogramIn(fields: Fields): Drawing | undefined {
  const [edges, heights] = [numbersIn(fields['edges']), numbersIn(fields['density'] ?? fields['counts'])];
  if (edges === undefined || heights === undefined) return undefined;
  const fits = edges.length === heights.length + 1 && heights.length <= most.bins;
  const ascends = edges.every((edge, i) => i === 0 || edge > edges[i - 1]!);
  return fits && ascends ? { kind: 'bars', title: '', edges, heights } : undefined;
}

/** `{ pixels, label }` */
function imageIn({ pixels, label }: Fields): Drawing | undefined {
  if (!Array.isArray(pixels) || pixels.length === 0 || pixels.length > most.side) return undefined;
  const rows = pixels.map(numbersIn);
  const width = rows[0]?.length ?? 0;
  if (width > most.side || !rows.every((row): row is number[] => row?.length === width)) return undefined;
  return { kind: 'image', title: captionOf([['label', label]]), rows };
}

/** `{ probs, label, pred }`: a bar for each class. */
function barsIn({ probs, label, pred }: Fields): Drawing | undefined {
  const heights = numbersIn(probs);
  if (heights === undefined || heights.length > most.bins) return undefined;
  const title = captionOf([
    ['label', label],
    ['prediction', pred],
  ]);
  return { kind: 'bars', title, edges: [...heights, 0].map((_, i) => i - 0.5), heights };
}

const captionOf = (facts: readonly (readonly [string, unknown])[]): string =>
  facts.flatMap(([name, fact]) => (textOf(fact) === '' ? [] : [`${name} ${textOf(fact)}`])).join(', ');

/** Labelled axes, with the curves under their names, below `series`, or as a list of `{ name, values }`. */
function linesIn(fields: Fields): Drawing | undefined {
  const { xLabel, yLabel, series } = fields;
  if (xLabel === undefined && yLabel === undefined) return undefined;
  const curves: [string, unknown][] = Array.isArray(series)
    ? series
        .slice(0, most.places)
        .map((one) => (isRecord(one) ? [textOf(one['name']), one['values'] ?? one['y']] : ['', one]))
    : Object.entries(isRecord(series) ? series : fields).slice(0, most.places);
  const drawn = curves.flatMap(([name, given]) => {
    const values = numbersIn(given);
    return values === undefined ? [] : [{ name: short(name), ...thinned(values) }];
  });
  if (drawn.length === 0) return undefined;
  return {
    kind: 'lines',
    title: '',
    xLabel: textOf(xLabel),
    yLabel: textOf(yLabel),
    series: drawn.slice(0, most.series),
  };
}

function thinned(values: readonly number[]): { every: number; values: number[] } {
  const every = Math.ceil(values.length / most.points);
  return { every, values: values.filter((_, i) => i % every === 0) };
}
