/** Lists a zip archive that somebody else made, in memory and without unpacking; nothing of it ever reaches the disk. */
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import type { Entry as ZipEntry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';
import type { Entry } from './entry.ts';
import { Unacceptable } from './entry.ts';
import type { IntakeLimits } from './limits.ts';
import { sizeInWords } from './limits.ts';
import {
  folderApart,
  isLeftover,
  isLeftoverOfSomebody,
  isReadable,
  pathExcess,
  pathFault,
  quoted,
} from './path-rules.ts';

const inflate = promisify(inflateRaw);
const stored = 0;
const deflated = 8;

/** What is around a submission in an archive. */
interface Around {
  isLeft(path: string): boolean;
  /** A path as it is bounded: as deep as it is, and without the name of whose it is. */
  own(path: string): string;
}

const ofOne: Around = { isLeft: isLeftover, own: (path) => path };
/** Where the first folder may be a person's: nobody is too long for a name. */
export const ofSomebody: Around = { isLeft: isLeftoverOfSomebody, own: (path) => path.replace(/^[^/]+(?=\/)/, '…') };

/** Every file of an archive of one submission, as listArchive, or Unacceptable when it claims to hold far more than it can. */
export async function listOneArchive(zip: Buffer, limits: IntakeLimits): Promise<Entry[]> {
  const entries = await listArchive(zip, limits);
  refuseBomb(entries, zip.length, limits);
  return entries;
}

/** Every file of an archive, leftovers of tools excepted; entries that must not be trusted carry a fault. Throws Unacceptable when the archive itself is at fault. */
export async function listArchive(zip: Buffer, limits: IntakeLimits, of = ofOne): Promise<Entry[]> {
  // Anything before the first entry makes the file two things at once, e.g. a picture and an archive.
  if (zip.length < 4 || !['504b0304', '504b0506'].includes(zip.toString('hex', 0, 4))) {
    throw new Unacceptable('It is not a zip archive, whatever its name says: make it again as .zip.');
  }
  const entries: Entry[] = [];
  const headers: ZipEntry[] = [];
  const archive = await openArchive(zip);
  if (archive.entryCount > limits.listed)
    throw new Unacceptable(
      `The archive holds ${archive.entryCount} entries (at most ${limits.listed}): leave out node_modules and data.`,
    );
  try {
    for await (const header of archive.eachEntry()) {
      headers.push(header);
      const entry = entryOf(zip, archive, header, limits, of);
      if (entry !== undefined) entries.push(entry);
    }
  } catch (error) {
    throw damaged(error);
  }
  if (headers.length !== archive.entryCount) throw damaged(new Error('wrong number of entries'));
  refuseOverlaps(headers);
  markDuplicates(entries);
  return entries
    .map((entry) => {
      const path = entry.path.normalize('NFC');
      return path === entry.path ? entry : { ...entry, path, spelt: entry.path };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function openArchive(zip: Buffer): Promise<ZipFile> {
  try {
    // Names are decoded here: the library would give up the whole archive at the first bad one.
    return await yauzl.fromBufferPromise(zip, { decodeStrings: false, autoClose: false });
  } catch (error) {
    throw damaged(error);
  }
}

const damaged = (error: unknown) =>
  new Unacceptable(`The archive is damaged (${(error as Error).message.split(/[.:]/)[0]}): make it again.`);

function entryOf(
  zip: Buffer,
  archive: ZipFile,
  header: ZipEntry,
  limits: IntakeLimits,
  { isLeft, own }: Around,
): Entry | undefined {
  const whole = asUsual(nameOf(header));
  const name = whole.length > longestName ? `${whole.slice(0, longestName)}…` : whole;
  if (name === '' && header.fileNameRaw.length > 0) return undefined;
  const isFolder = name.endsWith('/');
  const path = isFolder ? name.slice(0, -1) : name;
  const fault = pathFault(path);
  if (fault === undefined && (isLeft(path) || (isFolder && !isLink(header)))) return undefined;
  const entry: Entry = { path, bytes: header.uncompressedSize, read: (most) => readEntry(zip, archive, header, most) };
  const said = (reason: string) => `${quoted(path)} in the archive ${reason}: zip your files again.`;
  if (fault !== undefined || isLink(header))
    return { ...entry, fault: said(fault ?? 'is a link or a device, not a file') };
  const reason = entryFault(header) ?? pathExcess(own(path), limits);
  if (reason === undefined) return entry;
  return isUsed(path) ? { ...entry, fault: said(reason) } : { ...entry, aside: reason };
}

/** A name and a path below it, as long as they may be; an archive may hold thousands of 65,000 letters, every other one a folder. */
const longestName = 600;

/** What is never opened may be as it likes: no picture is a reason to refuse a program. */
const isUsed = (path: string): boolean => isReadable(path, 'any') && folderApart(path) === undefined;

function entryFault(header: ZipEntry): string | undefined {
  if (header.isEncrypted()) return 'is locked with a password';
  if (![stored, deflated].includes(header.compressionMethod))
    return `is packed by a method that is not read here (${header.compressionMethod})`;
  return undefined;
}

/**
 * Windows PowerShell parts folders with backslashes, and `tar -a -cf work.zip .` puts `./` in front of every name; the rules
 * for paths are for what is left. Nothing is ever unpacked under these names.
 */
const asUsual = (name: string): string => name.replaceAll('\\', '/').replace(/^(\.\/)+/, '');

/** The upper half of the external attributes is the Unix mode, whatever system claims to have made the archive. */
function isLink(header: ZipEntry): boolean {
  const type = (header.externalFileAttributes >>> 16) & 0o170000;
  return type !== 0 && type !== 0o100000 && type !== 0o040000;
}

/** Some systems write UTF-8 names without saying so; a name that is valid UTF-8 is read as that. */
function nameOf(header: ZipEntry): string {
  const raw = header.fileNameRaw;
  const declared = (header.generalPurposeBitFlag & 0x800) !== 0 || header.extraFields.some(({ id }) => id === 0x7075);
  if (!declared) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
    } catch {
      // The code page of DOS then.
    }
  }
  return yauzl.getFileNameLowLevel(header.generalPurposeBitFlag, raw, header.extraFields, true);
}

/** Two entries that share packed bytes are how a small archive claims to be huge; an honest one never has them. */
function refuseOverlaps(headers: readonly ZipEntry[]): void {
  // The extra field of the local header may differ from the central one, so only its least length is counted.
  const spans = headers
    .map((h) => ({
      start: h.relativeOffsetOfLocalHeader,
      end: h.relativeOffsetOfLocalHeader + 30 + h.fileNameLength + h.compressedSize,
    }))
    .sort((a, b) => a.start - b.start);
  const overlap = spans.some((span, i) => i > 0 && span.start < spans[i - 1]!.end);
  if (overlap) throw new Unacceptable('Files in the archive overlap each other: zip your files again.');
}

/**
 * Names that differ in capitals or spelling only are told apart where the work is chosen, and folders whose names do may be two
 * people's; of one name nobody knows which counts.
 */
function markDuplicates(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const name = entry.path.lastIndexOf('/') + 1;
    const key = `${entry.path.slice(0, name)}${entry.path.slice(name).normalize('NFC')}`;
    if (seen.has(key) && isUsed(key))
      entry.fault ??= `The archive holds ${quoted(entry.path)} twice: zip your files again.`;
    seen.add(key);
  }
}

/** Throws Unacceptable when what would be read claims to be far more than fits into an archive of that size, in bytes. */
export function refuseBomb(entries: readonly Entry[], packed: number, limits: IntakeLimits): void {
  const bytes = entries.reduce((sum, entry) => sum + (isUsed(entry.path) ? entry.bytes : 0), 0);
  if (bytes > limits.totalBytes && bytes > packed * limits.ratio) {
    throw new Unacceptable(
      `The archive claims to unpack to ${sizeInWords(bytes)} from ${sizeInWords(packed)}: zip your own files only.`,
    );
  }
}

async function readEntry(zip: Buffer, archive: ZipFile, header: ZipEntry, most: number): Promise<Buffer> {
  const name = quoted(nameOf(header));
  if (header.uncompressedSize > most)
    throw new Unacceptable(`${name} is ${sizeInWords(header.uncompressedSize)} (at most ${sizeInWords(most)}).`);
  try {
    const { fileDataStart: start } = await archive.readLocalFileHeaderPromise(header, { minimal: true });
    const packed = zip.subarray(start, start + header.compressedSize);
    const data =
      header.compressionMethod === stored
        ? packed
        : await inflate(packed, { maxOutputLength: Math.max(1, header.uncompressedSize) });
    if (data.length === header.uncompressedSize && crc32(data) === header.crc32) return data;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw damaged(error);
  }
  throw new Unacceptable(
    `${name} in the archive is not what the archive says it is (its size or checksum differs): zip your files again.`,
  );
}
