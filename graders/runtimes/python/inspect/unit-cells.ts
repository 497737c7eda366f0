/** Where in a notebook a unit of the sheet stands: by its heading, by its place among the cells that define its names, or anywhere. */
import type { Assignment } from '../../../model/assignment.ts';
import type { Contract, NameContract } from '../../../model/contract.ts';
import type { SourceFile } from '../../../model/submission.ts';
import type { SourceFacts } from '../../../protocol/messages.ts';
import { snake } from '../language/words.ts';

/**
 * What the tasks ask for, under every name that a program may give it. A variable that may stand in the place of a function is not
 * asked for where one of the `texts` defines the function: what it holds may have been made at full size.
 */
export const askedIn = (
  { names }: Contract,
  tasks: Assignment['tasks'],
  texts: readonly SourceFile[] = [],
): string[] => [
  ...new Set(
    tasks
      .flatMap(({ exports = [] }) => exports)
      .flatMap((name) => {
        const called = calledIn(name, names[name]);
        const held = heldIn(names[name]);
        return held.length > 0 && defines(texts, called) ? called : [...called, ...held];
      }),
  ),
];

const heldIn = ({ value = [], values = {} }: NameContract = {}): string[] => [
  ...value,
  ...Object.values(values).flat(),
];

/** Whether a function or class of one of these names stands in a text, by the look of it. */
const defines = (texts: readonly SourceFile[], called: readonly string[]): boolean => {
  const definition = new RegExp(String.raw`\b(?:def|class)\s+(?:${called.join('|')})\b`);
  return texts.some(({ text }) => definition.test(text));
};

/** `mlp` is a network of a program's, and not `MLP`. */
const calledIn = (name: string, entry: NameContract = {}): string[] => [
  ...(entry.called ?? []),
  name,
  ...(/[a-z][A-Z]/.test(name) ? [snake(name)] : []),
];

/** The file as the guest is to address it for a unit: `notebook.ipynb@12` is the notebook as it is after its twelfth cell. */
export function upToCell(path: string, facts: SourceFacts, unit: string, { python, tasks }: Assignment): string {
  const { headings: words, nth } = python?.units?.[unit] ?? {};
  const asked = new Set(
    askedIn(
      python!,
      tasks.filter((task) => task.unit === unit),
    ),
  );
  const defining = (facts.cells ?? [])
    .filter(({ binds = [] }) => binds.some((name) => asked.has(name)))
    .map(({ cell }) => cell);
  const inSections = words === undefined ? [] : sectionsUnder(words, facts);
  const under = inSections.flatMap(([from, to]) => defining.filter((cell) => cell >= from && cell < to));
  const byPlace = nth !== undefined && inSections.length === 0 ? defining[nth - 1] : undefined;
  const cell = under.at(-1) ?? byPlace;
  return cell === undefined ? path : `${path}@${cell}`;
}

/** From the cell of each heading with one of these words to the next heading that is as deep, or names a place of its own. */
function sectionsUnder(words: readonly string[], { headings = [] }: SourceFacts): [from: number, to: number][] {
  return headings.flatMap(({ cell, depth, text }, i) => {
    if (!words.some((word) => names(text, word))) return [];
    const next = headings.slice(i + 1).find((other) => other.depth <= depth || startsNumbered(other.text));
    return [[cell, next?.cell ?? Infinity]];
  });
}

/** Whether a heading has the word as a whole: 1.1a is not 1.1 and not 11.1a. */
const names = (heading: string, word: string): boolean =>
  new RegExp(`(?<![\\w.])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w|\\.\\w)`, 'i').test(heading);

const startsNumbered = (heading: string): boolean => /^\W*(?:\w{1,10} )?\d/.test(heading);
