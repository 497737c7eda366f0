/** What a form says, read with bounds: numbers as people write them, words no longer than a page. */
import type { Rubric } from '../../graders/gradebook/event.ts';
import type { Filled } from './marking-view.ts';

export type Form = Readonly<Record<string, string | File | (string | File)[]>>;

const longest = 10_000;

/** All values of a field. */
export const all = (form: Form, name: string): string[] =>
  [form[name] ?? []].flat().filter((value): value is string => typeof value === 'string');

/** The one value of a field, line ends as `\n`. */
export const one = (form: Form, name: string): string =>
  (all(form, name)[0] ?? '').replace(/\r\n?/g, '\n').slice(0, longest);

/** A number with a point or a comma, of either minus sign; undefined where it is none, 0 where nothing stands there. */
export function numberIn(text: string): number | undefined {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  if (plain === '') return 0;
  return /^[+-]?\d{1,6}(\.\d{1,3})?$/.test(plain) ? Number(plain) : undefined;
}

/** What the marker entered; items that the rubric does not have are left out, and points that are no number are undefined. */
export function filledIn(form: Form, rubric: Rubric): Filled & { isNumber: boolean } {
  const known = new Set(rubric.items.map(({ id }) => id));
  const beside = numberIn(one(form, 'beside'));
  return {
    items: all(form, 'item').filter((id) => known.has(id)),
    beside: beside ?? 0,
    isNumber: beside !== undefined,
    comment: one(form, 'comment').trim(),
    note: one(form, 'note').trim(),
  };
}

/** A rubric as its form says it, with everything that is wrong with it. */
export function rubricIn(form: Form): { rubric: Rubric; mistakes: string[] } {
  const mistakes: string[] = [];
  const number = (text: string, what: string): number => {
    const value = numberIn(text);
    if (value === undefined) mistakes.push(`${what} must be a number of marks, got "${text}".`);
    return value ?? 0;
  };
  const [ids, titles, worths] = [all(form, 'id'), all(form, 'title'), all(form, 'marks')];
  const items = titles
    .map((title) => title.replace(/\s+/g, ' ').trim())
    .map((title, i) => ({ id: ids[i]?.trim() || idOf(title), title, worth: worths[i] ?? '' }))
    .filter(({ title, worth }) => title !== '' || worth.trim() !== '')
    .map(({ id, title, worth }) => {
      if (title === '') mistakes.push(`An item of ${worth} marks has no words: say what it is given for.`);
      return { id, title, marks: number(worth, `The worth of "${title}"`) };
    });
  const twice = items.find(({ id }, i) => items.findIndex((other) => other.id === id) !== i);
  if (twice !== undefined) mistakes.push(`"${twice.title}" stands there twice: give each item words of its own.`);
  const rubric = {
    items,
    from: number(one(form, 'from'), 'What counting begins with'),
    floor: number(one(form, 'floor'), 'The least'),
    cap: number(one(form, 'cap'), 'The most'),
  };
  if (rubric.floor > rubric.cap) mistakes.push(`The least (${rubric.floor}) is more than the most (${rubric.cap}).`);
  return { rubric, mistakes };
}

const idOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || `item-${title.length}`;
