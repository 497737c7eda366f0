/**
 * Looks for secrets in what somebody gets, in whatever way they may be written there: as text, numbers, bytes, in hexadecimal, base64,
 * lists of bytes, backwards, within archives and within each other. Six bytes of one in a row are as good as all.
 */
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { createHmac } from 'node:crypto';
import { unzipSync } from 'fflate';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { ofSecret } from '../gradebook/round.ts';

/** What must not be found: bytes of any length from six on, whole numbers, and words. */
export interface Secrets {
  bytes: readonly Uint8Array[];
  numbers: readonly number[];
  words: readonly string[];
}

/** What has to stay with staff: the secret, all that is computed from it on the way to a probe, and what they call the round. */
export async function secretsOf(secret: string, slug: string, round: string): Promise<Secrets> {
  const { checks } = await openCoursework((await listCourseworks([])).get(slug)!);
  const { seed } = ofSecret(secret, slug, round);
  const streams = [...new Set(checks.flatMap((check) => (check.problems ?? []).map(({ id }) => id)))];
  if (streams.length < 10)
    throw new Error(`${slug} has ${streams.length} streams only: what is searched for is no longer what is drawn.`);
  const key = createHmac('sha256', secret).update(`gradmark probes\n${slug}\n${round}`).digest();
  const followed = [...streams.map((stream) => `stream\n${stream}`), 'fingerprint'];
  return {
    bytes: [
      Buffer.from(secret, 'hex'),
      key,
      ...followed.map((text) => createHmac('sha256', key).update(text).digest()),
    ],
    numbers: streams.map((stream) => (seed as (stream: string) => number)(stream)),
    words: [round],
  };
}

const WINDOW = 6;
const DIGITS = 12;

/** A function that names what it finds of the secrets in a file, with the way it is written; nothing where there is none. */
export function searchFor({ bytes, numbers, words }: Secrets): (content: Uint8Array) => string[] {
  const ofNumbers = numbers.flatMap(asBytes);
  const windows = new Set([...bytes, ...ofNumbers].flatMap(windowsOf));
  const starts = new Uint8Array(65_536);
  for (const window of windows) starts[window.charCodeAt(0) * 256 + window.charCodeAt(1)] = 1;
  const digits = new Set([...bytes.map(decimal), ...numbers.flatMap(inTens)].flatMap(digitWindows));
  const whole = [...words, ...numbers.flatMap(inOtherBases)].map((word) => word.toLowerCase());

  const inBytes = (found: Uint8Array): boolean => {
    for (let i = 0; i + WINDOW <= found.length; i++)
      if (starts[found[i]! * 256 + found[i + 1]!] === 1 && windows.has(latin1(found.subarray(i, i + WINDOW))))
        return true;
    return false;
  };
  const inText = (text: string): boolean =>
    [...text.matchAll(/\d{12,}/g)].some(([run]) => digitWindows(run).some((window) => digits.has(window)));

  const inReading = (reading: string): string[] => [
    ...(inBytes(Buffer.from(reading, 'latin1')) ? ['bytes'] : []),
    ...(whole.some((word) => reading.toLowerCase().includes(word)) ? ['a word'] : []),
    ...(inText(reading) ? ['a number'] : []),
    ...(hexIn(reading).some(inBytes) ? ['hexadecimal'] : []),
    ...(listsIn(reading).some(inBytes) ? ['a list of bytes'] : []),
  ];
  /** Of what stands in many files, such as the letters of a page, each once. */
  const known = new Map<string, string[]>();
  const inRun = (run: string, depth: number): string[] => {
    const name = `${depth} ${run}`;
    const found = known.get(name) ?? decodings(run).flatMap((part) => look(part, depth));
    known.set(name, found);
    return found;
  };
  const look = (content: Uint8Array, depth: number): string[] => {
    const text = latin1(content);
    const forwards = [...new Set([text, unescaped(text)])];
    const readings = [...forwards, ...forwards.map(backwards)];
    const found = readings.flatMap(inReading);
    if (depth === 0) return found;
    const runs = readings.flatMap((reading) => reading.match(/[\w+/-]{11,}/g) ?? []);
    const inside = [
      ...unpacked(content).flatMap((part) => look(part, depth)),
      ...runs.flatMap((run) => inRun(run, depth - 1)),
    ];
    return [...found, ...inside.map((how) => `${how}, packed`)];
  };
  return (content) => [...new Set(look(content, 2))];
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
const backwards = (text: string) => Buffer.from(text, 'latin1').reverse().toString('latin1');

/** What says nothing, such as zeros, is no window. */
const windowsOf = (bytes: Uint8Array): string[] =>
  Array.from({ length: Math.max(0, bytes.length - WINDOW + 1) }, (_, i) =>
    latin1(bytes.subarray(i, i + WINDOW)),
  ).filter((window) => new Set(window).size > 3);

/** As a machine holds it, either way round. */
function asBytes(value: number): Uint8Array[] {
  const [whole, real] = [Buffer.alloc(8), Buffer.alloc(8)];
  whole.writeBigUInt64BE(BigInt(value));
  real.writeDoubleBE(value);
  return [whole, real].flatMap((bytes) => [bytes, Buffer.from(bytes).reverse()]);
}

const decimal = (bytes: Uint8Array): string => BigInt(`0x${Buffer.from(bytes).toString('hex')}`).toString();
/** As it is, and as the share of the largest that it is. */
const inTens = (value: number): string[] => [String(value), (value / 2 ** 53).toFixed(16).slice(2)];
const inOtherBases = (value: number): string[] => [2, 8, 16, 32, 36].map((base) => value.toString(base));
const digitWindows = (text: string): string[] =>
  text.length < DIGITS ? [] : Array.from({ length: text.length - DIGITS + 1 }, (_, i) => text.slice(i, i + DIGITS));

/** Pairs of digits, joined or apart, from either of the first two on; also with the bytes themselves in the other order. */
function hexIn(text: string): Uint8Array[] {
  const runs = [...text.matchAll(/[0-9a-f]{12,}|(?:(?:0x|\\x|%)?[0-9a-f]{2}[\s,:;-]{0,3}){6,}/gi)].map(([run]) =>
    run.replace(/0x|[^0-9a-f]/gi, ''),
  );
  return runs.flatMap((run) => [run, run.slice(1)].flatMap((digits) => bothWays(Buffer.from(digits, 'hex'))));
}

/** Numbers one after the other, with or without a sign. */
function listsIn(text: string): Uint8Array[] {
  const lists = [...text.matchAll(/-?\d{1,3}(?:[^\w.-]{1,12}-?\d{1,3}){5,}/g)];
  return lists.flatMap(([list]) => bothWays(Uint8Array.from(list.match(/-?\d+/g)!, Number)));
}

const bothWays = (bytes: Uint8Array): Uint8Array[] => [bytes, Uint8Array.from(bytes).reverse()];

/** From each of four places on, since what is hidden may stand within something longer. */
const decodings = (run: string): Uint8Array[] => [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64'));

const CODES = /&#x([0-9a-f]+);|&#(\d+);|\\u([0-9a-f]{4})|%([0-9a-f]{2})/gi;
/** As a page, a document or an address is read: characters in place of their codes, and each once where it has a zero beside it. */
const unescaped = (text: string): string =>
  text
    .replaceAll('\0', '')
    .replace(CODES, (_, hex?: string, number?: string, unit?: string, byte?: string) =>
      String.fromCharCode((number === undefined ? parseInt((hex ?? unit ?? byte)!, 16) : Number(number)) & 255),
    );

/** What is packed in a file, by each way of packing that it can be read in. */
function unpacked(content: Uint8Array): Uint8Array[] {
  const ways = [
    () => Object.entries(unzipSync(content)).flatMap(([name, file]) => [Buffer.from(name), file]),
    () => [gunzipSync(content)],
    () => [inflateSync(content)],
    () => [inflateRawSync(content)],
  ];
  return ways.flatMap((unpack) => {
    try {
      return unpack();
    } catch {
      return [];
    }
  });
}
