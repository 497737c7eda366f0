/** A roster: who belongs to the class, from a table as platforms and offices export it. */
import { parse } from 'csv-parse/sync';
import type { Person } from '../../model/origin.ts';
import { decodeText } from '../decode-text.ts';
import type { Field } from './columns.ts';
import { columnsOf } from './columns.ts';
import { moodleTimes } from './moodle-time.ts';

export interface Listed extends Person {
  /** Where it stands in the table, for sentences. */
  line: number;
  /** A number of which the table does not say whose it is, the platform's or the university's. */
  id?: string;
  /** When the person last handed in, where the table says so: on the clock of the place. */
  at?: string;
}

/** A roster that cannot be used; the message holds all that is wrong with it. */
export class RosterError extends Error {
  override readonly name = 'RosterError';
}

const mostBytes = 20_000_000;
const mostMistakes = 20;
const mostLetters = 300;

/** Everybody in a table with a line of headings; throws RosterError with all mistakes at once. */
export function readRoster(path: string, data: Buffer): Listed[] {
  const fail = (mistakes: readonly string[]): never => {
    const shown = mistakes.slice(0, mostMistakes);
    if (mistakes.length > shown.length) shown.push(`and ${mistakes.length - shown.length} more like these`);
    throw new RosterError(`${path} is no roster that can be used:\n${shown.map((says) => `  ${says}`).join('\n')}`);
  };
  if (data.length > mostBytes) fail([`it has ${data.length} bytes (at most ${mostBytes})`]);
  const decoded = decodeText(data);
  if ('trouble' in decoded) return fail([decoded.trouble]);
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const options = {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: delimiterOf(decoded.text),
    };
    records = parse(decoded.text, options) as never;
  } catch (error) {
    return fail([(error as Error).message]);
  }
  const [head, ...rows] = records;
  if (head === undefined) return fail(['it is empty: it needs a line of headings, then a line for each person']);
  const { columns, mistakes } = columnsOf(head.record);
  if (mistakes.length > 0) fail(mistakes);
  const found: string[] = [];
  const readTime = columns.has('at') ? moodleTimes() : undefined;
  const people = rows.flatMap(({ record, info: { lines: line } }): Listed[] => {
    if (record.every((cell) => cell.trim() === '')) return [];
    if (record.length > head.record.length) {
      found.push(`line ${line} has ${record.length} cells, and there are ${head.record.length} headings`);
    }
    const person = personIn(record, columns, line, readTime);
    if (isNobody(person)) return [];
    if (!identifying.some((field) => person[field] !== undefined)) found.push(`line ${line} does not say who it is`);
    return [person];
  });
  found.push(...twice(people));
  if (people.length === 0) found.push('nobody stands in it');
  return found.length > 0 ? fail(found) : people;
}

const identifying = ['name', 'number', 'id', 'person', 'email', 'username'] as const;

function delimiterOf(text: string): string {
  const head = text.split(/\r\n|[\r\n]/).find((line) => line.trim() !== '') ?? '';
  const plain = head.replace(/"[^"]*"/g, '');
  const count = (sign: string) => plain.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function personIn(
  record: readonly string[],
  columns: ReadonlyMap<Field, number>,
  line: number,
  readTime?: (cell: string) => string | undefined,
): Listed {
  const cell = (field: Field): string | undefined => {
    const text = cleaned(record[columns.get(field) ?? -1] ?? '');
    return text === '' ? undefined : text;
  };
  const [first, last] = [cell('first'), cell('last')];
  const parts = [first, last].filter((part) => part !== undefined).join(' ');
  const name = inOrder(cell('name')) ?? (parts === '' ? undefined : parts);
  // `Participant 1203`, in any language.
  const person = cell('person')?.replace(/^.*?(\d+)$/su, '$1');
  const at = readTime?.(cell('at') ?? '');
  const fields = { name, person, at, ...Object.fromEntries(plainFields.map((field) => [field, cell(field)])) };
  return { line, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
}

const plainFields = ['number', 'id', 'email', 'username', 'section', 'group'] as const;

/** Brightspace writes `#` in front, spreadsheets `="…"` around what they should not count with. */
const cleaned = (cell: string): string =>
  cell
    .normalize('NFC')
    .replace(/^="(.*)"$/s, '$1')
    .trim()
    .replace(/^#/, '')
    .slice(0, mostLetters);

/** `Doe, Jane` is Jane Doe. */
function inOrder(name: string | undefined): string | undefined {
  const [, last, first] = /^([^,]+),([^,]+)$/.exec(name ?? '') ?? [];
  return first === undefined ? name : `${first.trim()} ${last!.trim()}`;
}

/** What Canvas puts into its table beside people. */
const isNobody = ({ name, id, number, username }: Listed): boolean =>
  (/^points possible$/i.test(name ?? '') && [id, number, username].every((value) => value === undefined)) ||
  (/^(test student|student test)$/i.test(name ?? '') && number === undefined);

/** Numbers and addresses that two lines share: nobody could say whose they are. */
function twice(people: readonly Listed[]): string[] {
  const fields = {
    number: 'number',
    id: 'id',
    person: 'number on the platform',
    email: 'e-mail',
    username: 'user name',
  };
  return Object.entries(fields).flatMap(([field, word]) => {
    const lines = new Map<string, number[]>();
    for (const person of people) {
      const value = person[field as keyof typeof fields]?.toLowerCase();
      if (value !== undefined) lines.set(value, [...(lines.get(value) ?? []), person.line]);
    }
    return [...lines]
      .filter(([, where]) => where.length > 1)
      .map(([value, where]) => `lines ${where.join(', ')} have the same ${word}, ${value}`);
  });
}
