/**
 * Installs what npm cannot: bubblewrap, which isolates students' programs, and with `--tests` Chromium, in which the pages
 * are tested, and PostgreSQL, on which the queue is. Does nothing where they are present; says what follows where they cannot be installed.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';

interface Tool {
  command: string;
  /** What does as well where it is there. */
  or?: string;
  debianPackage: string;
  without: string;
}

const tools: Tool[] = [
  {
    command: 'bwrap',
    debianPackage: 'bubblewrap',
    without:
      'Without bubblewrap a student’s program is not isolated on this machine: gradmark then refuses submissions of others unless told --allow-unsafe.',
  },
];
if (process.argv.includes('--tests')) {
  tools.push({
    command: 'chromium-headless-shell',
    or: 'chromium',
    debianPackage: 'chromium-headless-shell',
    without: 'Without Chromium the tests of the pages cannot run.',
  });
  tools.push({
    command: 'python3',
    debianPackage: 'python3-venv',
    without: 'Without Python the tests of programs in Python are skipped.',
  });
  tools.push({
    command: 'pg_ctlcluster',
    debianPackage: 'postgresql',
    without: 'WITHOUT POSTGRESQL NOTHING OF THE QUEUE ON IT IS TRIED: those tests are skipped.',
  });
}

/** What the tests of the queue take besides, by npm, from a lock file of its own. */
function installPgBoss(): void {
  const folder = fileURLToPath(new URL('pg-boss', import.meta.url));
  if (existsSync(join(folder, 'node_modules/pg-boss'))) return;
  const { failed } = execaSync('npm', ['ci'], { cwd: folder, reject: false, stdio: ['ignore', 'ignore', 'inherit'] });
  if (failed)
    process.stderr.write('pg-boss could not be installed: THE TESTS OF THE QUEUE ON POSTGRESQL ARE SKIPPED.\n');
}

const present = (command: string) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));

/** The words that start a command as root, or undefined where that needs a password. */
function asRoot(): string[] | undefined {
  if (process.geteuid?.() === 0) return [];
  return present('sudo') && !execaSync('sudo', ['-n', 'true'], { reject: false }).failed ? ['sudo', '-n'] : undefined;
}

const isMissing = ({ command, or }: Tool) => !present(command) && (or === undefined || !present(or));
const missing = tools.filter(isMissing);
if (missing.length > 0) {
  const packages = missing.map((tool) => tool.debianPackage);
  const root = asRoot();
  if (root !== undefined && present('apt-get')) {
    process.stderr.write(`Installing ${packages.join(' and ')} …\n`);
    const run = (...args: string[]) => {
      const [file, ...rest] = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
      execaSync(file!, rest, { stdio: ['ignore', 'ignore', 'inherit'], reject: false });
    };
    run('update');
    run('install', '-y', '--no-install-recommends', ...packages);
  }
  for (const tool of missing.filter(isMissing)) {
    process.stderr.write(
      `${tool.debianPackage} is not installed and could not be installed from here. ${tool.without}\n` +
        `Install it with: sudo apt-get install -y ${tool.debianPackage}\n`,
    );
  }
}
if (process.argv.includes('--tests')) installPgBoss();
