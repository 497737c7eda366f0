/**
 * A user of its own for each student's process, where the grader runs as root. Processes of one user may signal each other, and
 * what the kernel counts per user, such as processes, they use up for each other.
 */
import { createServer } from 'node:net';

/** Of users to whom no file, no process and no privilege belongs. */
export const ownIds = { first: 64_001, count: 1000 };

export interface OwnUser {
  /** Of the user, and of the group of the same number. */
  id: number;
  /** To be called once nothing of its process is left. */
  release(): void;
}

/**
 * Takes a number that nobody on this machine uses now, another grader included; rejects when all are taken. A socket bearing the
 * number is what holds it: the kernel gives such a name to one process only, and takes it back whichever way that one ends.
 */
export async function takeOwnUser({ first, count } = ownIds): Promise<OwnUser> {
  // From anywhere in the range, so that graders that begin at once do not try the same ones in turn.
  const start = Math.floor(Math.random() * count);
  for (let i = 0; i < count; i++) {
    const id = first + ((start + i) % count);
    const release = await hold(`\0gradmark user ${id}`);
    if (release !== undefined) return { id, release };
  }
  throw new Error(`All users from ${first} to ${first + count - 1} run programs already.`);
}

/** Undefined where somebody holds the name. */
function hold(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(name, () => resolve(() => void server.close()));
  });
}
