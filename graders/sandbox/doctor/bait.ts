/** Puts out what a hostile program would reach for: a file, listeners, a folder. Everything is taken back by `remove`. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bait } from './attempts.ts';
import type { StagedRuntime } from '../stage/stage.ts';
import { asUnusable } from '../stage/unusable-folder.ts';

interface LaidBait {
  bait: Bait;
  /** Connections and packets that got through. */
  visits(): number;
  remove(): Promise<void>;
}

/** Of the name of a socket in the file system, which the kernel keeps in 108 bytes, with one for its end. */
const LONGEST_NAME = 107;

/** Listeners and files of this machine that a contained program cannot reach. */
export async function layBait(runtime: StagedRuntime): Promise<LaidBait> {
  try {
    const openFolder = await mkdtemp(join(tmpdir(), 'gradmark-bait-'));
    // What was laid before it failed would keep this process from ending.
    const undo: (() => Promise<unknown>)[] = [() => rm(openFolder, { recursive: true, force: true })];
    const remove = async () => void (await Promise.all(undo.map((take) => take())));
    return await layIn(openFolder, runtime, undo).then(
      (laid) => ({ ...laid, remove }),
      async (error: unknown) => {
        await remove();
        throw error;
      },
    );
  } catch (error) {
    // Whatever the network refuses has an address, and the folder no part in it.
    if (error instanceof Error && 'address' in error) throw error;
    const there = Object.assign(error as NodeJS.ErrnoException, { path: tmpdir() });
    throw asUnusable(there, tmpdir(), 'Set TMPDIR to a folder that you may write to.');
  }
}

async function layIn(
  openFolder: string,
  runtime: StagedRuntime,
  undo: (() => Promise<unknown>)[],
): Promise<Omit<LaidBait, 'remove'>> {
  await chmod(openFolder, 0o777);
  const canary = join(openFolder, 'canary');
  // Readable for everybody: what keeps a program away from it is the sandbox, not the file's permissions.
  await writeFile(canary, 'canary', { mode: 0o644 });
  await chmod(canary, 0o644);
  let visits = 0;
  const listen = async (where: { port: number; host: string } | { path: string }): Promise<Server> => {
    const server = createServer((socket) => {
      visits++;
      socket.destroy();
    });
    undo.push(() => new Promise((resolve) => server.close(resolve)));
    server.listen(where);
    await once(server, 'listening');
    return server;
  };
  const unixPath = join(openFolder, 'socket');
  if (Buffer.byteLength(unixPath) > LONGEST_NAME)
    throw Object.assign(new Error(`${unixPath} is too long`), { code: 'ENAMETOOLONG' });
  const abstractName = `gradmark-bait-${process.pid}-${performance.now()}`;
  const tcp = await listen({ port: 0, host: '127.0.0.1' });
  await listen({ path: unixPath });
  await chmod(unixPath, 0o777);
  if (process.platform === 'linux') await listen({ path: `\0${abstractName}` });
  const packets = createSocket('udp4').bind(0, '127.0.0.1');
  undo.push(async () => packets.close());
  await once(packets, 'listening');
  packets.on('message', () => visits++);
  const bait: Bait = {
    canary,
    openFolder,
    unixPath,
    abstractName,
    tcpPort: (tcp.address() as AddressInfo).port,
    udpPort: packets.address().port,
    graderPid: process.pid,
    node: runtime.binary,
    library: runtime.libraries.find((path) => path.includes('libm.')) ?? runtime.libraries[0] ?? '/nothing',
  };
  return { bait, visits: () => visits };
}
