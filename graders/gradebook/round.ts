/**
 * Which probes a batch is asked. They follow from the course's secret, the coursework and the round: the whole class is asked
 * the same, whenever and on whatever machine each is graded, and another round is asked something else. A seed takes the place
 * of the secret where probes may be known: in tests, and to repeat something.
 */
import { createHmac } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Results, Round } from '../model/grade.ts';
import { readPlainText } from '../plain-file.ts';
import { toJson } from './json.ts';
import { freshSecret, makeSecret, readSecret, SecretError, secretIn } from './secret.ts';
import { writeWhole } from './write-whole.ts';

/** What staff say of the probes; all of it may be left out. */
interface RoundOptions {
  /** Where grades are kept; its secret is used, and it remembers what was asked. */
  outDir?: string | undefined;
  seed?: number | undefined;
  /** A file with the secret, for machines that keep no folder. */
  secretFile?: string | undefined;
  /** Other probes for another name; left out, the first of the folder. */
  round?: string | undefined;
}

/** The probes of a batch: a name for its grades, and what each stream of random numbers is seeded with. */
export interface Drawn {
  origin: Pick<Results, 'seed' | 'round'>;
  seed: number | ((stream: string) => number);
  /** All that another machine needs to ask the same: what this round's probes follow from, and nothing of the course's secret. */
  carried: Carried;
}

/** A seed, or what follows from the secret for one round of one coursework. */
export type Carried = { seed: number } | { key: string; round: string };

/** What a folder remembers: the rounds in the order in which they were first asked, or a seed where there are none. */
interface Kept {
  schema: 'gradmark/batch/v1';
  assignment: string;
  seed?: number;
  rounds: Required<Round>[];
}

/** What a folder's batch is asked, which the folder then keeps. Throws SecretError where its secret is damaged or another one. */
export async function drawnRound(assignment: string, options: RoundOptions): Promise<Drawn> {
  const { outDir, secretFile, round } = options;
  const path = outDir === undefined ? undefined : memoryOf(outDir);
  const kept = await recall(path, assignment);
  const remember = async (changed: Partial<Kept>): Promise<void> => {
    const { seed: _, ...rest } = kept;
    if (path !== undefined) await writeWhole(path, toJson({ ...rest, ...changed }));
  };

  const seed = options.seed ?? (secretFile === undefined && round === undefined ? kept.seed : undefined);
  if (seed !== undefined) {
    if (seed !== kept.seed && kept.rounds.length === 0) await remember({ seed });
    return { origin: { seed }, seed, carried: { seed } };
  }
  const name = round ?? kept.rounds[0]?.name ?? '1';
  const drawn = ofSecret(await secretOf(options, kept), assignment, name);
  const { fingerprint } = drawn.origin.round;
  const before = kept.rounds.find((asked) => asked.name === name);
  if (before === undefined) await remember({ rounds: [...kept.rounds, { name, fingerprint }] });
  else if (before.fingerprint !== fingerprint) {
    throw new SecretError(
      `${outDir} was graded with another secret: give that one with --secret-file, or grade into another folder.`,
    );
  }
  return drawn;
}

/** Whether the folder still knows what it was asked, as it does from the beginning of a batch on. */
export const isRemembered = (outDir: string): Promise<boolean> =>
  access(memoryOf(outDir)).then(
    () => true,
    () => false,
  );

const memoryOf = (outDir: string) => join(outDir, 'batch.json');

async function secretOf({ outDir, secretFile }: RoundOptions, { rounds }: Kept): Promise<string> {
  if (secretFile !== undefined) return readSecret(secretFile);
  if (outDir === undefined) return freshSecret();
  const own = await secretIn(outDir);
  if (own === undefined && rounds.length > 0) {
    throw new SecretError(
      `${outDir} was graded with a secret that is not in it: give it again with --secret-file, or grade into another folder.`,
    );
  }
  return own ?? makeSecret(outDir);
}

/**
 * The probes of one round. Each stream has a seed of its own that tells nothing of another's: a program may print the numbers
 * that it is given, and the generator behind them can be run backwards. The fingerprint follows from the secret and not from
 * any seed, so that no seed can be found by trying.
 */
export function ofSecret(secret: string, assignment: string, round: string): Drawn & { origin: { round: Round } } {
  return ofKey(hmac(secret, `gradmark probes\n${assignment}\n${round}`).toString('hex'), round);
}

/** The probes of what was carried to this machine. */
export const ofCarried = (carried: Carried): Drawn =>
  'seed' in carried
    ? { origin: { seed: carried.seed }, seed: carried.seed, carried }
    : ofKey(carried.key, carried.round);

function ofKey(key: string, round: string): Drawn & { origin: { round: Round } } {
  const bytes = Buffer.from(key, 'hex');
  const fingerprint = hmac(bytes, 'fingerprint').toString('hex').slice(0, 8);
  return {
    origin: { round: { name: round, fingerprint: `${fingerprint.slice(0, 4)}-${fingerprint.slice(4)}` } },
    // As many bits as a number holds exactly.
    seed: (stream) => Number(hmac(bytes, `stream\n${stream}`).readBigUInt64BE() >> 11n),
    carried: { key, round },
  };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** What the folder was asked before in this coursework: nothing where there is none, and where the file is damaged. */
async function recall(path: string | undefined, assignment: string): Promise<Kept> {
  const nothing: Kept = { schema: 'gradmark/batch/v1', assignment, rounds: [] };
  let kept: Partial<Kept> | null;
  try {
    kept = path === undefined ? null : (JSON.parse(await readPlainText(path)) as Partial<Kept> | null);
  } catch {
    return nothing;
  }
  if (kept?.schema !== nothing.schema || kept.assignment !== assignment) return nothing;
  const { seed, rounds = [] } = kept;
  const isWhole =
    Array.isArray(rounds) &&
    rounds.every((round) => typeof round?.name === 'string' && typeof round.fingerprint === 'string');
  return { ...nothing, rounds: isWhole ? rounds : [], ...(Number.isSafeInteger(seed) && { seed: seed! }) };
}
