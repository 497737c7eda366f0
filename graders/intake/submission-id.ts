/**
 * What a submission is called in tables, commands and folders. An id follows from the person alone and never from who else
 * handed in, so that it stays when somebody joins: the name with the platform's number of the person (`李小明-1203`), else the
 * name, with a short hash where characters of it had to go (`Ann!B` and `Ann B` are two people).
 */
import { createHash } from 'node:crypto';
import { nameOfPerson } from './person-key.ts';
import type { Owner } from './platforms/owned.ts';

/** Names that Windows keeps for devices, whatever follows a dot. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const mostLetters = 80;
const mostBytes = 160;

/** The id of a person: letters of any script, digits, `.`, `_` and `-`, short enough for every file system, never empty. */
function idOf(owner: Owner): string {
  const { label, distinct, section } = owner;
  const { text, isWhole } = readable(label);
  const parts = [text];
  if (distinct === undefined) {
    if (!isWhole) parts.push(hashOf(label.normalize('NFC')));
  } else if (distinct !== label) {
    parts.push(/^[\p{L}\p{N}]{1,24}$/u.test(distinct) ? distinct.normalize('NFC') : hashOf(distinct));
  }
  if (section !== undefined) {
    const { text, isWhole } = readable(section);
    parts.push(isWhole ? text : `${text}-${hashOf(section)}`);
  }
  return parts.join('-');
}

/** Person → id. Where two people would have one id, both get a longer one; that takes two hashes that are the same, or as much. */
export function idsOf(owners: readonly Owner[]): Map<string, string> {
  const people = new Map<string, string>();
  for (const owner of owners) {
    const person = nameOfPerson(owner);
    // Whom only the roster knows to be one is called as at first.
    if (!people.has(person)) people.set(person, idOf(owner));
  }
  const count = new Map<string, number>();
  for (const id of people.values()) count.set(id, (count.get(id) ?? 0) + 1);
  return new Map([...people].map(([person, id]) => [person, count.get(id) === 1 ? id : `${id}-${hashOf(person, 12)}`]));
}

/** As much of a name as may stand in the name of a file, and whether that is all of it. */
function readable(name: string): { text: string; isWhole: boolean } {
  const whole = name.normalize('NFC');
  const plain = whole
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[\p{M}.-]+|[.-]+$/gu, '');
  let text = '';
  for (const letter of [...plain].slice(0, mostLetters)) {
    if (Buffer.byteLength(text + letter) > mostBytes) break;
    text += letter;
  }
  text = text.replace(/[.-]+$/, '');
  if (reserved.test(text)) text = text.replaceAll('.', '-');
  if (text === '') text = 'submission';
  return { text, isWhole: text === whole && !reserved.test(text) };
}

const hashOf = (text: string, length = 4): string => createHash('sha256').update(text).digest('hex').slice(0, length);
