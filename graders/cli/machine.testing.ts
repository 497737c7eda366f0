/** Another system's machine, made of namespaces: its folders where it has them, programs of this machine to read, no network. */
import { existsSync } from 'node:fs';
import { execaSync } from 'execa';

interface Machine {
  /** In the words of bwrap, e.g. `--bind <here> <there>`. */
  places: readonly string[];
  cwd: string;
  env?: Record<string, string>;
}

const system = ['/usr', '/etc', '/lib', '/lib64', '/bin', '/sbin'].filter((path) => existsSync(path));

/** Runs a program there, with the environment of the machine alone. */
export function onMachine({ places, cwd, env = {} }: Machine, command: readonly string[]) {
  const args = [
    ...['--tmpfs', '/', ...system.flatMap((path) => ['--ro-bind', path, path]), '--proc', '/proc', '--dev', '/dev'],
    ...['--tmpfs', '/tmp', ...places, '--unshare-pid', '--unshare-net', '--die-with-parent', '--chdir', cwd],
  ];
  return execaSync('bwrap', [...args, ...command], {
    env: { PATH: process.env['PATH'], ...env },
    ...{ extendEnv: false, reject: false },
  });
}
