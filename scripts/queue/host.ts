/**
 * A host of namespaces: its own processes, network, name, home and temporary folder, and programs of this machine to read. It reaches
 * the database under the name that the documentation has, by a wire that can be cut.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { descendants } from '../../graders/sandbox/contain/descendants.testing.ts';
import { packageRoot } from '../../graders/package-root.ts';

export interface Running {
  pid: number;
  said(): string;
  ended: Promise<{ code: number | undefined; stdout: string; stderr: string }>;
  /** SIGTERM to the command, as an operator would send it. */
  terminate(): void;
  /** The whole host loses its power. */
  kill(): void;
  /** All its processes stand still. */
  pause(): void;
  resume(): void;
}

export interface Host {
  home: string;
  /** Runs a line of a shell there, in its home. */
  run(line: string, options?: { clockAhead?: boolean; env?: Record<string, string> }): Running;
  cut(): void;
  mend(): void;
  remove(): Promise<void>;
}

/** Under which name the documentation has the database. */
export const databaseName = 'db.example.org';

const system = ['/usr', '/etc', '/lib', '/lib64', '/bin', '/sbin'].filter((path) => existsSync(path));

/** A host whose home is a new folder; `port` is the database's, outside. */
export async function openHost(folder: string, name: string, port: number, cache: string): Promise<Host> {
  const home = join(folder, name);
  const wires = join(folder, `${name}-wire`);
  for (const path of [join(home, 'bin'), wires]) mkdirSync(path, { recursive: true, mode: 0o700 });
  const node = process.execPath;
  writeFileSync(join(home, 'bin/gradmark'), `#!/bin/sh\nexec ${node} ${join(packageRoot, 'bin/gradmark.js')} "$@"\n`);
  chmodSync(join(home, 'bin/gradmark'), 0o755);
  writeFileSync(join(wires, 'hosts'), `127.0.0.1 localhost ${databaseName}\n`);
  const wire = await openWire(join(wires, 'database'), port);
  const places = [
    ...['--tmpfs', '/', ...system.flatMap((path) => ['--ro-bind', path, path]), '--proc', '/proc', '--dev', '/dev'],
    ...[
      '--tmpfs',
      '/tmp',
      '--ro-bind',
      packageRoot,
      packageRoot,
      '--bind',
      home,
      '/home/staff',
      '--bind',
      wires,
      '/run/wire',
    ],
    ...['--bind', cache, '/home/staff/.cache', '--ro-bind', join(wires, 'hosts'), '/etc/hosts'],
    ...['--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-ipc', '--hostname', name],
    ...['--die-with-parent', '--chdir', '/home/staff'],
  ];
  return {
    home,
    run(line, { clockAhead = false, env = {} } = {}) {
      const relay = `${node} ${join(packageRoot, 'scripts/queue/relay.ts')} 5432 /run/wire/database`;
      const ready = `until (: < /dev/tcp/127.0.0.1/5432) 2>/dev/null; do sleep 0.05; done`;
      const ahead = `--import=${join(packageRoot, 'scripts/queue/clock-ahead.ts')}`;
      const child = execa(
        'bwrap',
        [...places, 'bash', '-c', `${relay} & ${ready}; trap '' TERM; (trap - TERM; exec ${line})`],
        {
          env: {
            ...{ HOME: '/home/staff', PATH: `/home/staff/bin:${process.env['PATH']}`, LANG: 'C.UTF-8' },
            ...{ PGPASSWORD: 'a password of tests', ...(clockAhead && { NODE_OPTIONS: ahead }), ...env },
          },
          ...{ extendEnv: false, reject: false, stdin: 'ignore' },
        },
      );
      let said = '';
      child.stderr!.on('data', (data: Buffer) => (said += data.toString()));
      const all = (signal: NodeJS.Signals) => {
        for (const pid of [child.pid!, ...descendants(child.pid!)]) send(pid, signal);
      };
      return {
        pid: child.pid!,
        said: () => said,
        ended: child.then(({ exitCode, stdout, stderr }) => ({ code: exitCode, stdout, stderr })),
        terminate: () => {
          for (const pid of descendants(child.pid!)) if (isCommand(pid)) send(pid, 'SIGTERM');
        },
        kill() {
          // What stands still starts nothing that would be left over.
          send(child.pid!, 'SIGSTOP');
          for (const pid of [...descendants(child.pid!), child.pid!]) send(pid, 'SIGKILL');
        },
        pause: () => all('SIGSTOP'),
        resume: () => all('SIGCONT'),
      };
    },
    cut: wire.cut,
    mend: wire.mend,
    async remove() {
      await wire.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A socket that leads to a port, until it is cut: then it leads nowhere, and what went through it hangs. */
async function openWire(path: string, port: number) {
  const through = new Set<Socket>();
  let isCut = false;
  const server = createServer((inside) => {
    const outside = isCut ? undefined : createConnection(port, '127.0.0.1');
    through.add(inside);
    inside.on('close', () => through.delete(inside)).on('error', () => outside?.destroy());
    outside?.on('error', () => inside.destroy()).on('close', () => inside.destroy());
    if (outside === undefined) return;
    inside.pipe(outside).pipe(inside);
    inside.on('close', () => outside.destroy());
  });
  await new Promise<void>((done) => void server.listen(path, done));
  return {
    cut() {
      isCut = true;
      for (const socket of through) socket.unpipe().pause();
    },
    mend() {
      isCut = false;
      // What was on its way is lost, as on a wire that was plugged in again elsewhere.
      for (const socket of through) socket.destroy();
    },
    close: () =>
      new Promise<void>((done) => {
        for (const socket of through) socket.destroy();
        server.close(() => done());
      }),
  };
}

const isCommand = (pid: number): boolean => {
  try {
    return /gradmark\.js\0(work|grade|queue)/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
  } catch {
    return false;
  }
};

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
