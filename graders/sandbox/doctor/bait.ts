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

/** Listeners and files of this machine that a contained program cannot reach; `visits` counts connections that got through. */
export async function layBait(
  runtime: StagedRuntime,
): Promise<{ bait: Bait; visits(): number; remove(): Promise<void> }> {
  const openFolder = await mkdtemp(join(tmpdir(), 'gradmark-bait-')).catch((error: NodeJS.ErrnoException) => {
    throw asUnusable(
      Object.assign(error, { path: tmpdir() }),
      tmpdir(),
      'Set TMPDIR to a folder that you may write to.',
    );
  });
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
    server.listen(where);
    await once(server, 'listening');
    return server;
  };
  const unixPath = join(openFolder, 'socket');
  const abstractName = `gradmark-bait-${process.pid}-${performance.now()}`;
  const servers = [await listen({ port: 0, host: '127.0.0.1' }), await listen({ path: unixPath })];
  await chmod(unixPath, 0o777);
  if (process.platform === 'linux') servers.push(await listen({ path: `\0${abstractName}` }));
  const packets = createSocket('udp4').bind(0, '127.0.0.1');
  await once(packets, 'listening');
  packets.on('message', () => visits++);
  const bait: Bait = {
    canary,
    openFolder,
    unixPath,
    abstractName,
    tcpPort: (servers[0]!.address() as AddressInfo).port,
    udpPort: packets.address().port,
    graderPid: process.pid,
    node: runtime.binary,
    library: runtime.libraries.find((path) => path.includes('libm.')) ?? runtime.libraries[0] ?? '/nothing',
  };
  const remove = async () => {
    packets.close();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    await rm(openFolder, { recursive: true, force: true });
  };
  return { bait, visits: () => visits, remove };
}
