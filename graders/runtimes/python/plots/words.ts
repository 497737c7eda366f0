/** What labels, titles and the text of a program say a plot is about. */
import type { RecordedCurve, RecordedPlot } from './recorded.ts';

/** Whether one of the words begins somewhere in the text. */
export function says(text: string, words: readonly string[] = []): boolean {
  const plain = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.some((word) => new RegExp(`(?<![a-zäöü])${word}`).test(plain));
}

/** The one of these names of whose words the first telling text has some; undefined where none tells them apart. */
export function toldApart(
  texts: readonly string[],
  names: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  for (const text of texts) {
    const found = Object.keys(names).filter((name) => says(text, names[name]));
    if (found.length === 1) return found[0];
  }
  return undefined;
}

/** What a reader of the plot sees written on it. */
export const written = ({ title, xLabel, yLabel, curves }: RecordedPlot): string =>
  [title, yLabel, xLabel, ...curves.map(({ name }) => name)].join('\n');

/** The text of the statements that drew it. */
export const textOf = ({ text, curves, bars }: RecordedPlot): string =>
  [text, ...[...curves, ...bars].map((part) => part.text)].join('\n');

/** Each curve with the name that is meant: by its label, else by the text that draws it, else by the order of the names. */
export function namedCurves(
  curves: readonly RecordedCurve[],
  names: Readonly<Record<string, readonly string[]>>,
): Map<string, RecordedCurve> {
  const named = new Map<string, RecordedCurve>();
  const waiting: RecordedCurve[] = [];
  for (const curve of curves) {
    const name = toldApart([curve.name, curve.text], names);
    if (name === undefined || named.has(name)) waiting.push(curve);
    else named.set(name, curve);
  }
  const left = Object.keys(names).filter((name) => !named.has(name));
  left.forEach((name, i) => waiting[i] !== undefined && named.set(name, waiting[i]!));
  return named;
}
