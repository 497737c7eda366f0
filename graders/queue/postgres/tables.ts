/** The tables of a queue on PostgreSQL beside those of pg-boss: made once, renewed in place, given to the role that workers have. */
import type { Connection } from './connect.ts';
import { bossSchema } from './connect.ts';
import { QueueError } from './trouble.ts';

/** From version i to i + 1; what stands here is never changed, only added to. */
const steps: readonly string[] = [
  `CREATE TABLE gradmark.courses (
     course text PRIMARY KEY, weight float8 NOT NULL DEFAULT 1, cap int, pass float8 NOT NULL DEFAULT 0);
   CREATE TABLE gradmark.turn (virtual float8 NOT NULL);
   INSERT INTO gradmark.turn VALUES (0);
   CREATE TABLE gradmark.lanes (
     name text PRIMARY KEY, urgency int NOT NULL, course text NOT NULL, sheet text NOT NULL, demands text NOT NULL,
     since timestamptz NOT NULL DEFAULT now(), used timestamptz NOT NULL DEFAULT now());
   CREATE TABLE gradmark.shelf (name text PRIMARY KEY, bytes bytea NOT NULL, used timestamptz NOT NULL DEFAULT now());
   ALTER TABLE gradmark.shelf ALTER bytes SET STORAGE EXTERNAL;
   CREATE TABLE gradmark.results (
     name text PRIMARY KEY, lane text NOT NULL, body bytea NOT NULL, digest text NOT NULL, worker text NOT NULL,
     ms jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now(), heard timestamptz);
   ALTER TABLE gradmark.results ALTER body SET STORAGE EXTERNAL;
   CREATE INDEX results_by_time ON gradmark.results (at);
   CREATE TABLE gradmark.alarms (
     name text NOT NULL, body bytea NOT NULL, digest text NOT NULL, worker text NOT NULL, ms jsonb NOT NULL,
     at timestamptz NOT NULL DEFAULT now());
   CREATE TABLE gradmark.troubles (
     name text PRIMARY KEY, reason text NOT NULL, body bytea, worker text NOT NULL, at timestamptz NOT NULL DEFAULT now());
   CREATE TABLE gradmark.workers (
     name text PRIMARY KEY, seen timestamptz NOT NULL DEFAULT now(), since timestamptz NOT NULL DEFAULT now(),
     doing int NOT NULL DEFAULT 0, done int NOT NULL DEFAULT 0, state text NOT NULL, is_like text NOT NULL,
     refuses jsonb NOT NULL DEFAULT '[]');
   CREATE INDEX gradmark_students ON ${bossSchema}.job_common (name, group_id) WHERE state < 'completed';`,
];

/** What all who use one queue have to agree on. */
interface Agreed {
  /** Of the key that everything is closed with. */
  key: string;
  heartbeatSeconds: number;
}

/** Makes the tables, or brings them up to date, and says what was agreed on. Throws QueueError where another key was. */
export async function initialise({ sql, boss }: Connection, wanted: Agreed, grantTo?: string): Promise<Agreed> {
  await sql('CREATE SCHEMA IF NOT EXISTS gradmark');
  await sql('CREATE TABLE IF NOT EXISTS gradmark.agreed (what text PRIMARY KEY, value text NOT NULL)');
  const version = Number((await agreed(sql)).get('version') ?? 0);
  if (version > steps.length) throw new QueueError(newer(version));
  for (const [i, step] of steps.entries()) {
    if (i < version) continue;
    await sql(`BEGIN; ${step} INSERT INTO gradmark.agreed VALUES ('version', '${i + 1}')
      ON CONFLICT (what) DO UPDATE SET value = excluded.value; COMMIT`);
  }
  await sql(`INSERT INTO gradmark.agreed VALUES ('key', $1), ('heartbeat', $2) ON CONFLICT DO NOTHING`, [
    wanted.key,
    String(wanted.heartbeatSeconds),
  ]);
  // What was put aside stays for a year, or until somebody looks after it.
  await boss.createQueue('dead', { retentionSeconds: 365 * 86_400, deleteAfterSeconds: 86_400 });
  for (const schema of ['gradmark', bossSchema]) {
    await sql(`REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`);
    if (grantTo === undefined) continue;
    const role = `"${grantTo.replaceAll('"', '""')}"`;
    await sql(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    await sql(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`);
    await sql(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${role}`);
  }
  return assertAgreed({ sql }, wanted.key);
}

/** The fingerprint of the key of a queue that is there already. */
export const keyOfQueue = async ({ sql }: Pick<Connection, 'sql'>): Promise<string | undefined> => {
  const [there] = await sql(`SELECT to_regclass('gradmark.agreed') IS NOT NULL AS there`);
  return there!['there'] === true ? (await agreed(sql)).get('key') : undefined;
};

/** What was agreed on. Throws QueueError where the tables are of another version, or everything is closed with another key. */
export async function assertAgreed({ sql }: Pick<Connection, 'sql'>, key: string): Promise<Agreed> {
  const said = await agreed(sql);
  const version = Number(said.get('version') ?? 0);
  if (version > steps.length) throw new QueueError(newer(version));
  if (version < steps.length) {
    throw new QueueError(
      'The queue was made by an older gradmark: bring it up to date with gradmark queue init and its address.',
    );
  }
  const theirs = said.get('key');
  if (theirs !== key) {
    throw new QueueError(
      `This machine has another key (${key}) than the queue (${theirs}): copy the file with the key from the machine that made the queue.`,
    );
  }
  return { key, heartbeatSeconds: Number(said.get('heartbeat')) };
}

async function agreed(sql: Connection['sql']): Promise<Map<string, string>> {
  const rows = await sql('SELECT what, value FROM gradmark.agreed');
  return new Map(rows.map(({ what, value }) => [String(what), String(value)]));
}

const newer = (version: number) =>
  `The queue was made by a newer gradmark (version ${version} of its tables): use that one.`;
