/** A connection to the database of a queue, by way of pg-boss, which is loaded for whoever asks for it and nobody else. */
import { pathToFileURL } from 'node:url';
import { importModule } from '../../own-module.ts';
import type { Boss, BossModule } from './boss.ts';
import { bossPath } from './boss.ts';
import { assertAddress, inSentences, QueueError } from './trouble.ts';

/** In which schema pg-boss keeps its jobs; ours is `gradmark`. */
export const bossSchema = 'gradmark_boss';

export interface Connection {
  boss: Boss;
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

interface ConnectOptions {
  /** Make or renew the tables. */
  install?: boolean;
  /** Look for jobs whose workers were not heard of, that often. */
  superviseSeconds?: number;
  connections?: number;
  /** Told what goes wrong beside the work. */
  tell?: (error: Error) => void;
}

/** Connects. Throws QueueError in a sentence where that fails. */
export async function connect(address: string, options: ConnectOptions = {}): Promise<Connection> {
  assertAddress(address);
  const { install = false, superviseSeconds, connections = 4, tell = () => undefined } = options;
  const { PgBoss } = await load();
  const boss = new PgBoss({
    ...{ connectionString: address, schema: bossSchema, application_name: 'gradmark', max: connections },
    ...{ connectionTimeoutMillis: 10_000, migrate: install, createSchema: install, schedule: false },
    ...{ registerInstance: false, reindex: false, monitorVacuum: false, openTelemetry: { enabled: false } },
    ...(superviseSeconds === undefined
      ? { supervise: false }
      : { supervise: true, superviseIntervalSeconds: superviseSeconds, monitorIntervalSeconds: superviseSeconds }),
  });
  boss.on('error', tell);
  try {
    await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw inSentences(error, address);
  }
  return {
    boss,
    async sql(text, values = []) {
      const { rows } = await boss.getDb().executeSql(text, [...values]);
      return rows as Record<string, unknown>[];
    },
    close: () => boss.stop({ graceful: false }),
  };
}

async function load(): Promise<BossModule> {
  const path = bossPath();
  if (path === undefined) {
    throw new QueueError(
      'A queue on PostgreSQL needs one package more: npm install pg-boss@12.38.0, beside gradmark (in a checkout: npm ci --prefix scripts/pg-boss).',
    );
  }
  return (await importModule(pathToFileURL(path).href)) as BossModule;
}
