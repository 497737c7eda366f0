/**
 * Blackboard: `HW 3_jdoe_attempt_2026-09-12-22-10-05_q1.ts`, all in one folder, and for each attempt a text without a file name
 * of its own that says whose it is and what the files were called before Blackboard shortened their names.
 */
import type { Entry } from '../entry.ts';
import { decodeText } from '../decode-text.ts';
import { nameFault, pathFault } from '../path-rules.ts';
import type { Owned } from './owned.ts';

const pattern = /^((.+?)_([^_]+)_attempt_(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d))(?:_(.+)|\.txt)$/su;

/** The name of a file with what Blackboard wrote in front of it. The time is that of the place, without a zone. */
export function blackboard(name: string): Owned | undefined {
  const [, prefix, , person, day, hour, minute, second, file] = pattern.exec(name) ?? [];
  if (prefix === undefined) return undefined;
  const at = `${day}T${hour}:${minute}:${second}`;
  return {
    origin: {
      ...{ platform: 'blackboard', handedInAs: prefix, person: person! },
      ...(!Number.isNaN(Date.parse(`${at}Z`)) && { at }),
    },
    label: person!,
    // A user's name may hold `_`, and so may the coursework's: nobody is another for having the same end of both.
    key: prefix.slice(0, prefix.lastIndexOf('_attempt_')),
    file: file ?? '',
    ...(file === undefined && { isReceipt: true }),
  };
}

/** What the text of an attempt says. */
export interface Receipt {
  name?: string;
  username?: string;
  /** Name in the export → name that the student gave. */
  originals: ReadonlyMap<string, string>;
}

const mostBytes = 100_000;

/** Reads the text of an attempt, as far as it can be; a student's comments in it are not listened to. */
export async function readReceipt(entry: Entry): Promise<Receipt> {
  const originals = new Map<string, string>();
  if (entry.bytes > mostBytes || entry.aside !== undefined || entry.fault !== undefined) return { originals };
  // One that is damaged costs the names of one student's files.
  const read = await entry.read(mostBytes).catch(() => undefined);
  const decoded = read && decodeText(read);
  if (decoded === undefined || 'trouble' in decoded) return { originals };
  const lines = decoded.text.split(/\r\n|[\r\n]/).map((line) => line.trim().normalize('NFC'));
  // Blackboard begins with the name and ends with the files: what a student wrote stands between.
  const [, name, username] = /^Name: (.{1,200}) \(([^()]{1,100})\)$/u.exec(lines[0] ?? '') ?? [];
  for (let at = lines.lastIndexOf('Files:') + 1; at > 0 && at < lines.length; at++) {
    const original = /^Original filename: (.+)$/u.exec(lines[at]!)?.[1];
    const exported = /^Filename: (.+)$/u.exec(lines[at + 1] ?? '')?.[1];
    const isPlain = (path: string) => !path.includes('/') && (pathFault(path) ?? nameFault(path)) === undefined;
    if (original !== undefined && exported !== undefined && isPlain(original)) originals.set(exported, original);
  }
  return { originals, ...(name !== undefined && { name }), ...(username !== undefined && { username }) };
}
