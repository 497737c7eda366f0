/** What PostgreSQL and the way to it say, in sentences for whoever typed the address. */

/** The queue cannot be reached or used, and somebody can mend it. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
}

/** The address without what it says of passwords. */
export function shown(address: string): string {
  try {
    const url = new URL(address);
    url.password = '';
    url.search = '';
    return url.href;
  } catch {
    return 'the address given';
  }
}

/** Throws QueueError where this is no address of a database. */
export function assertAddress(address: string): void {
  let protocol: string | undefined;
  try {
    ({ protocol } = new URL(address));
  } catch {
    // Said below.
  }
  if (protocol === 'postgres:' || protocol === 'postgresql:') return;
  throw new QueueError(
    'The address of a queue looks like postgres://user@host:5432/database; a password is better kept in ~/.pgpass or PGPASSWORD.',
  );
}

type Coded = Error & { code?: string; errors?: Coded[] };

/** An error of the database as a sentence; any other as it is. */
export function inSentences(error: unknown, address: string): Error {
  const { code, message } = innermost(error);
  const where = shown(address);
  const sentence = code === undefined ? undefined : sentences[code];
  if (sentence !== undefined) return new QueueError(sentence(where));
  if (/^relation "gradmark|schema "gradmark|pg-boss is not installed/.test(message))
    return new QueueError(notInitialised(where));
  if (isPassing(error)) return new QueueError(`${where} does not answer: ${message}.`);
  return error instanceof Error ? error : new Error(message);
}

/** Whether it may be over in a while: a restart, a network that is away, a disk that is full, too many connections. */
export function isPassing(error: unknown): boolean {
  const { code = '', message } = innermost(error);
  return (
    /^(08|57P0|53|40|25006|58)/.test(code) ||
    /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_AGAIN)/.test(code) ||
    /Connection terminated|timeout exceeded|Client has encountered a connection error|Client was closed/.test(message)
  );
}

const notInitialised = (where: string) =>
  `There is no queue of gradmark at ${where} yet: make it with gradmark queue init ${where}`;

const sentences: Readonly<Record<string, (where: string) => string>> = {
  ECONNREFUSED: (where) => `Nobody listens at ${where}: is PostgreSQL running there, and are host and port right?`,
  ENOTFOUND: (where) => `The host of ${where} is not known: is its name right?`,
  '28P01': (where) => `${where} refuses the password: give it in PGPASSWORD or ~/.pgpass.`,
  '28000': (where) => `${where} does not let this user in from here: see pg_hba.conf of the database.`,
  '3D000': (where) => `There is no such database at ${where}: make it with createdb.`,
  '42704': (where) => `There is no such role at ${where}: make it with createuser.`,
  '42501': (where) =>
    `The user of ${where} may not do that: whoever made the queue gives rights with gradmark queue init … --grant <role>.`,
  '3F000': notInitialised,
  '42P01': notInitialised,
};

/** Of several addresses of one host, the first says why. */
function innermost(error: unknown): { code?: string; message: string } {
  const { code, errors, message } = error as Coded;
  if (errors?.[0] !== undefined) return innermost(errors[0]);
  return { ...(code !== undefined && { code }), message: message || String(error) };
}
