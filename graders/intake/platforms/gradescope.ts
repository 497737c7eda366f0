/** Gradescope: folders `submission_123`, and beside them submission_metadata.yml, which says whose each is and when it came. */
import type { Origin, Person } from '../../model/origin.ts';
import { decodeText } from '../decode-text.ts';
import type { Entry } from '../entry.ts';
import { IntakeError } from '../entry.ts';
import { sizeInWords } from '../limits.ts';
import type { Owner } from './owned.ts';

const mostBytes = 200_000_000;
/** What is left when results of tests are taken out. */
const mostLetters = 20_000_000;
const mostPeople = 100;

export const isMetadata = (path: string): boolean => path.toLowerCase() === 'submission_metadata.yml';

/** Folder → whose it is. Throws IntakeError, for the person who gave the export, where the file cannot be read. */
export async function readMetadata(entry: Entry): Promise<Map<string, Owner>> {
  const wrong = (what: string) =>
    new IntakeError(`${entry.path} ${what}: export again, or take it away and nobody's name is known.`);
  if (entry.bytes > mostBytes) throw wrong(`is ${sizeInWords(entry.bytes)} (at most ${sizeInWords(mostBytes)})`);
  if (entry.fault !== undefined || entry.aside !== undefined) throw wrong(entry.fault ?? entry.aside!);
  const decoded = await entry.read(mostBytes).then(decodeText, (error: Error) => ({ trouble: error.message }));
  if ('trouble' in decoded) throw wrong(`cannot be read, because ${decoded.trouble}`);
  // Only this platform's exports are written in it.
  const { valueOf, withoutResults } = await import('./metadata-text.ts');
  const text = withoutResults(decoded.text);
  if (text.length > mostLetters) throw wrong('says more than people, times and results');
  let parsed: unknown;
  try {
    parsed = valueOf(text);
  } catch (error) {
    throw wrong(`cannot be read (${(error as Error).message.split('\n')[0]})`);
  }
  return new Map(
    Object.entries(isRecord(parsed) ? parsed : {}).flatMap(([folder, said]): [string, Owner][] =>
      isRecord(said) ? [[folder.normalize('NFC'), ownerIn(folder.normalize('NFC'), said)]] : [],
    ),
  );
}

function ownerIn(folder: string, said: Record<string, unknown>): Owner {
  const submitters = [said[':submitters']].flat().slice(0, mostPeople).flatMap(personIn);
  const history = said[':history'];
  const at = instant(said[':created_at']);
  const names = submitters.flatMap(({ name }) => name ?? []);
  const [only, ...others] = submitters;
  const origin: Origin = {
    platform: 'gradescope',
    handedInAs: folder,
    ...(others.length === 0 ? only : { members: submitters, ...(names.length > 0 && { name: names.join(', ') }) }),
    ...(Array.isArray(history) && history.length > 0 && { attempt: history.length + 1 }),
    ...(at !== undefined && { at }),
  };
  const numbers = submitters.map(({ number, email }) => number ?? email ?? '').sort();
  return {
    origin,
    label: names.length > 0 ? names.join(' ') : folder,
    ...(numbers.some((number) => number !== '') && { distinct: numbers.join('-') }),
  };
}

function personIn(said: unknown): Person[] {
  if (!isRecord(said)) return [];
  const [name, number, email] = [said[':name'], said[':sid'], said[':email']].map(wordOf);
  const person = {
    ...(name !== undefined && { name }),
    ...(number !== undefined && { number }),
    ...(email !== undefined && { email }),
  };
  return Object.keys(person).length > 0 ? [person] : [];
}

function wordOf(value: unknown): string | undefined {
  const word = typeof value === 'string' || typeof value === 'number' ? String(value).normalize('NFC').trim() : '';
  return word === '' ? undefined : word.slice(0, 200);
}

/** `2026-09-20 15:18:35.143474000 Z` */
function instant(value: unknown): string | undefined {
  const [, day, time, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:\d\d)?$/.exec(String(value)) ?? [];
  const at = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
