/** What `gradmark mark` does: the marking pages of a folder, until the marker has enough. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { markingApp } from '../../reports/marking/app.ts';
import { UserError } from './exit-codes.ts';
import { atDesk, signedAs, tellViews } from './open-desk.ts';

export interface MarkOptions {
  port?: string;
  as?: string;
}

/** Serves the marking pages and says where; when the marker ends it, writes the marks into pages and tables and returns the exit code. */
export async function runMark(dir: string, options: MarkOptions): Promise<number> {
  const port = options.port === undefined ? 0 : Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UserError(`--port takes a number from 1 to 65535, not ${options.port}.`);
  }
  await atDesk(dir, async (desk) => {
    const token = randomBytes(24).toString('base64url');
    let host = '';
    const app = markingApp({ desk, token, host: () => host, who: signedAs(options.as) });
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port });
    await new Promise<void>((listens, fails) => {
      server.once('listening', listens);
      server.once('error', (error: NodeJS.ErrnoException) => {
        fails(
          new UserError(`Port ${port} cannot be used (${error.code}): leave --port away, and a free one is found.`),
        );
      });
    });
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    // Before it is said how it ends: somebody may be quick.
    const ended = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
    process.stdout.write(`Marking pages: http://${host}/?token=${token}\nEnd with Ctrl C; what is saved is kept.\n`);
    await ended;
    server.close();
  });
  return tellViews(dir);
}
