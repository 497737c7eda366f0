/** A PostgreSQL of a test's own: in a temporary folder, on a free port, as an ordinary user. */
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { bossPath } from './boss.ts';

const programs = '/usr/lib/postgresql';

/** Where the newest PostgreSQL of Debian's packages has its programs; undefined where there is none. */
function postgresPrograms(): string | undefined {
  if (!existsSync(programs)) return undefined;
  const newest = readdirSync(programs).sort((a, b) => Number(b) - Number(a))[0];
  const found = newest === undefined ? undefined : join(programs, newest, 'bin');
  return found !== undefined && existsSync(join(found, 'initdb')) ? found : undefined;
}

/** Whether tests that need PostgreSQL run here; says loudly where they do not. */
export const hasPostgres = (() => {
  if (postgresPrograms() !== undefined && bossPath() !== undefined) return true;
  process.stderr.write(
    '\nNOT TESTED: PostgreSQL or pg-boss is not installed, so nothing of the queue on it was tried. node scripts/install-tools.ts --tests installs it.\n\n',
  );
  return false;
})();

export interface Cluster {
  /** With the password in it. */
  address: string;
  port: number;
  folder: string;
  sql(text: string, database?: string): Promise<string>;
  start(): Promise<void>;
  /** As a machine that loses its power would. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Whom the cluster runs as, where a test is root: PostgreSQL refuses to be. */
const ordinary = 65_534;
const password = 'a password of tests';

/** Makes and starts one; `safe` keeps what was committed when it is stopped at once. */
export async function openCluster({
  safe = false,
  settings = [] as string[],
  port = 0,
  within = tmpdir(),
} = {}): Promise<Cluster> {
  const bin = postgresPrograms()!;
  const folder = mkdtempSync(join(within, 'gradmark-postgres-'));
  const isRoot = process.geteuid?.() === 0;
  const as = isRoot
    ? ['setpriv', `--reuid=${ordinary}`, `--regid=${ordinary}`, '--clear-groups', '--no-new-privs']
    : ['env'];
  const run = async (...args: string[]) => {
    const [first, ...rest] = [...as, ...args];
    return execa(first!, rest, { cwd: folder, env: { LC_ALL: 'C.UTF-8' } });
  };
  writeFileSync(join(folder, 'password'), `${password}\n`, { mode: 0o600 });
  if (isRoot) for (const path of [folder, join(folder, 'password')]) chownSync(path, ordinary, ordinary);
  const data = join(folder, 'data');
  const auth = [
    '--auth=scram-sha-256',
    `--pwfile=${join(folder, 'password')}`,
    '--username=staff',
    '--no-instructions',
  ];
  await run(join(bin, 'initdb'), '--pgdata', data, '--encoding=UTF8', '--no-sync', ...auth);
  const at = port === 0 ? await freePort() : port;
  const quick = safe ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const set = [...quick, 'shared_buffers=32MB', 'max_connections=100', 'logging_collector=off', ...settings];
  const options = [
    ...[`-p ${at}`, '-c listen_addresses=127.0.0.1', `-c unix_socket_directories=${folder}`],
    ...set.map((one) => `-c ${one}`),
  ].join(' ');
  const control = (verb: string, ...rest: string[]) => run(join(bin, 'pg_ctl'), verb, '-D', data, ...rest);
  const start = async () => {
    await control('start', '-w', '-l', join(folder, 'log'), '-o', options);
  };
  await start();
  return {
    ...{ port: at, folder, start },
    address: `postgres://staff:${encodeURIComponent(password)}@127.0.0.1:${at}/postgres`,
    async sql(text, database = 'postgres') {
      const { stdout } = await execa(
        join(bin, 'psql'),
        ['-h', '127.0.0.1', '-p', String(at), '-U', 'staff', '-d', database, '-Atc', text],
        {
          env: { PGPASSWORD: password },
        },
      );
      return stdout;
    },
    stop: async () => void (await control('stop', '-m', 'immediate')),
    async remove() {
      await control('stop', '-m', 'immediate').catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
