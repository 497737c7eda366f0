/** TensorFlow's C library, from the wheel that pip offers for this machine: fetched by pip, unpacked with caps, compared with its own record. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { NotBuilt, run } from './run.ts';

/** The C interface that the binding speaks has not changed within TensorFlow 2; wheels before 2.14 lack the C library. */
const REQUIREMENT = 'tensorflow-cpu>=2.14,<3';
/** Measured: 275 MB packed, 860 MB of which are unpacked. */
const CAPS = { entries: 50_000, entryBytes: 1.5e9, totalBytes: 2e9 };
const PIP_MS = 8 * 60_000;

const LIBRARY = /^tensorflow\/(libtensorflow_(?:cc|framework)\.so\.2)$/;
/** What the binding's two sources include, however the folders around it are called. */
const HEADER =
  /^tensorflow\/include\/((?:[\w-]+\/)*(?:c\/(?:[\w-]+\/)*[\w-]+|ctstring|ctstring_internal|tsl_status)\.h)$/;

/** The wheel in `folder`, downloaded if it is not there yet; throws NotBuilt when pip has none for this machine. */
export async function fetchWheel(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const found = await wheelIn(folder);
  if (found) return found;
  const options = ['--no-deps', '--only-binary=:all:', '--no-input', '--disable-pip-version-check', '--retries=2'];
  const words = ['-m', 'pip', 'download', ...options, '--quiet', '--dest', folder];
  const download = (what: string) =>
    run('python3', [...words, what], { timeout: PIP_MS }).then(
      () => undefined,
      (error: Error) => error,
    );
  // The version of the environments for Python first: pip keeps what it has fetched, and installs that there.
  const failed = (await download(`tensorflow-cpu==${await lockedVersion()}`)) && (await download(REQUIREMENT));
  const wheel = await wheelIn(folder);
  if (wheel) return wheel;
  if (failed instanceof NotBuilt) throw failed;
  const offered = await run('python3', ['-m', 'pip', 'index', 'versions', 'tensorflow-cpu'], { timeout: 60_000 }).catch(
    () => 'pip lists no version of it',
  );
  throw new NotBuilt(
    `pip offers no ${REQUIREMENT} for this machine (${lastLine(failed?.message)}; ${lastLine(offered)})`,
  );
}

async function lockedVersion(): Promise<string> {
  const lock = await readFile(new URL('../../graders/runtimes/python/tensorflow.lock.txt', import.meta.url), 'utf8');
  return /^tensorflow-cpu==([\d.]+)/m.exec(lock)![1]!;
}

async function wheelIn(folder: string): Promise<string | undefined> {
  const name = (await readdir(folder)).find((file) => /^tensorflow_cpu-.*\.whl$/.test(file));
  return name && join(folder, name);
}

/** The version in a wheel's name. */
export const versionOf = (wheel: string) => basename(wheel).split('-')[1] ?? '?';

/** Writes libraries to `libraries` and headers to `headers`; throws when the wheel is larger than it may be or not what its record says. */
export async function unpackWheel(wheel: string, libraries: string, headers: string): Promise<void> {
  const zip = await openPromise(wheel, { validateEntrySizes: true });
  const digests = new Map<string, string>();
  let record = '';
  let [count, total] = [0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      if (++count > CAPS.entries) throw new Error(`${wheel} has more than ${CAPS.entries} entries.`);
      const target = targetOf(entry.fileName, libraries, headers);
      const isRecord = /^[^/]+\.dist-info\/RECORD$/.test(entry.fileName);
      if (!target && !isRecord) continue;
      total += entry.uncompressedSize;
      if (entry.uncompressedSize > CAPS.entryBytes || total > CAPS.totalBytes)
        throw new Error(`${entry.fileName} in ${wheel} is larger than expected (${entry.uncompressedSize} bytes).`);
      const stream = await zip.openReadStreamPromise(entry);
      if (target) digests.set(entry.fileName, await writeHashed(stream, target));
      else record = (await buffer(stream)).toString();
    }
  } finally {
    zip.close();
  }
  const known = new Set(record.split('\n').map((line) => line.trim().split(',').slice(0, 2).join(',')));
  for (const [name, digest] of digests) {
    if (!known.has(`${name},sha256=${digest}`))
      throw new Error(`${name} in ${wheel} is not what the wheel's record says.`);
  }
  if ([...digests.keys()].filter(isLibrary).length !== 2)
    throw new NotBuilt(`${basename(wheel)} holds no TensorFlow C library`);
}

/** Whether a file of the package is one of the two libraries. */
export const isLibrary = (name: string): boolean => LIBRARY.test(name);

/** Where a file of the package goes, if it is needed. */
export function targetOf(name: string, libraries: string, headers: string): string | undefined {
  const [, library] = LIBRARY.exec(name) ?? [];
  if (library) return join(libraries, library);
  const [, header] = HEADER.exec(name) ?? [];
  return header && join(headers, header);
}

/** Writes a stream to a file and returns its SHA-256 in the form of a wheel's record. */
export async function writeHashed(stream: NodeJS.ReadableStream, target: string): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  const tap = new Transform({
    transform: (chunk: Buffer, _, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(stream, tap, createWriteStream(target));
  return hash.digest('base64url');
}

const lastLine = (text = '') => text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
