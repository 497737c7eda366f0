/**
 * The plots of a submission, found in its side-car files: curves with labelled axes, histograms, bars and small pictures. Whether
 * they are right is for the checks to say; here they only become something that a report can draw. Everything is bounded.
 */
import type { Assignment, Drawing, Grade } from './model.ts';
import { ProgramStopped } from './model.ts';

const most = { drawings: 12, series: 6, points: 240, bins: 400, side: 64, depth: 6, letters: 60 };

/** The grade with the drawings of every task that names plots; a file that cannot be read has none. */
export function withDrawings(grade: Grade, assignment: Assignment, sidecar: (path: string) => unknown): Grade {
  const files = new Map(assignment.tasks.map(({ id, plots }) => [id, plots ?? []]));
  const tasks = grade.tasks.map((task) => {
    const drawings = (files.get(task.id) ?? []).flatMap((path) => drawingsIn(path, read(sidecar, path)));
    return drawings.length === 0 ? task : { ...task, drawings: drawings.slice(0, most.drawings) };
  });
  return { ...grade, tasks };
}

function read(sidecar: (path: string) => unknown, path: string): unknown {
  try {
    return sidecar(path);
  } catch (error) {
    if (error instanceof ProgramStopped) return undefined;
    throw error;
  }
}

/** Every drawing in a parsed side-car file, in the order of the file. */
export function drawingsIn(file: string, content: unknown): Drawing[] {
  const found: Drawing[] = [];
  const visit = (value: unknown, trail: readonly string[]): void => {
    if (found.length >= most.drawings || trail.length > most.depth) return;
    if (Array.isArray(value)) {
      // A list of numbers is no list of plots.
      if (typeof value[0] === 'object') {
        value.slice(0, most.drawings).forEach((item, i) => visit(item, [...trail, String(i + 1)]));
      }
    } else if (isRecord(value)) {
      const title = short([file, ...trail].join(' · '));
      const drawing =
        histogramIn(value, title) ?? imageIn(value, title) ?? barsIn(value, title) ?? linesIn(value, title);
      if (drawing !== undefined) found.push(drawing);
      else for (const [key, item] of Object.entries(value)) visit(item, [...trail, key]);
    }
  };
  visit(content, []);
  return found;
}

type Fields = Record<string, unknown>;

const isRecord = (x: unknown): x is Fields => typeof x === 'object' && x !== null && !Array.isArray(x);
const isNumbers = (x: unknown): x is number[] => Array.isArray(x) && x.length > 0 && x.every((v) => Number.isFinite(v));
const short = (text: string) => text.slice(0, most.letters);
const textOf = (x: unknown): string => (typeof x === 'string' || typeof x === 'number' ? short(String(x)) : '');

/** `{ edges, density }` */
function histogramIn({ edges, density, counts }: Fields, title: string): Drawing | undefined {
  const heights = density ?? counts;
  if (!isNumbers(edges) || !isNumbers(heights)) return undefined;
  const fits = edges.length === heights.length + 1 && heights.length <= most.bins;
  const ascends = edges.every((edge, i) => i === 0 || edge > edges[i - 1]!);
  return fits && ascends ? { kind: 'bars', title, edges, heights } : undefined;
}

/** `{ pixels, label }` */
function imageIn({ pixels, label }: Fields, title: string): Drawing | undefined {
  if (!Array.isArray(pixels) || pixels.length === 0 || pixels.length > most.side) return undefined;
  const rows = pixels as unknown[];
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  if (width === 0 || width > most.side || !rows.every((row) => isNumbers(row) && row.length === width))
    return undefined;
  return { kind: 'image', title: captioned(title, [['label', label]]), rows: rows as number[][] };
}

/** `{ probs, label, pred }`: a bar for each class. */
function barsIn({ probs, label, pred }: Fields, title: string): Drawing | undefined {
  if (!isNumbers(probs) || probs.length > most.bins) return undefined;
  const edges = [...probs, 0].map((_, i) => i - 0.5);
  const named = captioned(title, [
    ['label', label],
    ['prediction', pred],
  ]);
  return { kind: 'bars', title: named, edges, heights: probs };
}

const captioned = (title: string, facts: readonly (readonly [string, unknown])[]): string =>
  [title, ...facts.flatMap(([name, fact]) => (textOf(fact) === '' ? [] : [`${name} ${textOf(fact)}`]))].join(', ');

/** Labelled axes, with the curves under their names, below `series`, or as a list of `{ name, values }`. */
function linesIn(fields: Fields, title: string): Drawing | undefined {
  const { xLabel, yLabel, series } = fields;
  if (xLabel === undefined && yLabel === undefined) return undefined;
  const curves: [string, unknown][] = Array.isArray(series)
    ? series.map((one) => (isRecord(one) ? [textOf(one['name']), one['values'] ?? one['y']] : ['', one]))
    : Object.entries(isRecord(series) ? series : fields);
  const drawn = curves.flatMap(([name, values]) =>
    isNumbers(values) ? [{ name: short(name), ...thinned(values) }] : [],
  );
  if (drawn.length === 0) return undefined;
  return { kind: 'lines', title, xLabel: textOf(xLabel), yLabel: textOf(yLabel), series: drawn.slice(0, most.series) };
}

function thinned(values: readonly number[]): { every: number; values: number[] } {
  const every = Math.ceil(values.length / most.points);
  return { every, values: values.filter((_, i) => i % every === 0) };
}
