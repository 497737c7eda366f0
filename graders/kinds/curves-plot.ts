/** Curves behind a plot: `series: { train: […], test: […] }`, or a list of `{ name, values }`, with labels at the axes. */
import { numbersFrom } from './hand-numbers-question.ts';
import { fieldsOf, isText } from './side-car.ts';

export interface Curve {
  name: string;
  /** What it shows, where that is known of one without a name. */
  means?: string;
  values: number[];
}

/** All series of a plot; one without numbers is empty. */
export function curvesIn(plot: unknown): Curve[] {
  const { series } = fieldsOf(plot);
  const entries = Array.isArray(series)
    ? series.map((one: unknown) => {
        const { name, means, values, y } = fieldsOf(one);
        return [String(name ?? ''), values ?? y, means] as const;
      })
    : Object.entries(fieldsOf(series));
  return entries.map(([name, values, means]) => ({
    name,
    ...(typeof means === 'string' && { means }),
    values: Array.isArray(values) ? (numbersFrom(values) ?? []) : [],
  }));
}

/** The first curve whose name, in small letters, has such a word; of those without a name the first that is meant so. */
export const named = (curves: readonly Curve[], word: RegExp) =>
  curves.find(({ name, means = '' }) => word.test((name || means).toLowerCase()));

/** How one curve was made of the other, if it was. Rounded to two digits, two epochs may well be equal; more of them are a copy. */
export function copyOf(train: readonly number[], test: readonly number[]): string | undefined {
  const same = (values: readonly number[]) => values.every((v) => Math.abs(v - values[0]!) < 1e-9);
  if (train.length > 2 && train.every((v, i) => v === test[i])) return 'all their numbers are equal.';
  // Losses in thousandths fall by other amounts on other images; three times by the same one does happen with two digits.
  const gaps = test.map((v, i) => v - train[i]!);
  return train.length > 4 && same(gaps) && !same(train)
    ? `all its numbers are ${String(Number(gaps[0]!.toPrecision(3)))} away.`
    : undefined;
}

/** The labels of the axes, or names of curves, that a plot lacks: "xLabel and yLabel"; undefined where it has all. */
export function missingLabels(plot: unknown, curves: readonly Curve[]): string | undefined {
  const missing = ['xLabel', 'yLabel'].filter((name) => !isText(fieldsOf(plot)[name]));
  if (missing.length > 0) return missing.join(' and ');
  return curves.some(({ name }) => !isText(name)) ? 'a name' : undefined;
}
