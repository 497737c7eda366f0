/** A queue on PostgreSQL that has been made before, opened with its key. */
import type { Patience } from '../patience.ts';
import { patience } from '../patience.ts';
import type { Oversight, Queue, Shelf } from '../port.ts';
import { sealWith } from '../seal.ts';
import type { Seal } from '../seal.ts';
import type { Connection } from './connect.ts';
import { connect } from './connect.ts';
import { postgresQueue } from './queue.ts';
import { postgresOversight, postgresShelf } from './shelf.ts';
import { assertAgreed } from './tables.ts';
import { inSentences } from './trouble.ts';

export interface Opened {
  /** Every verb waits for a database that is away; but `renew` does not, since its job may be lost meanwhile. */
  queue: Queue & Shelf & Oversight;
  seal: Seal;
  heartbeatMs: number;
  connection: Connection;
  patiently: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Throws QueueError where it cannot be reached, was not made, or was made with another key. */
export async function openQueue(
  address: string,
  key: Uint8Array,
  { connections = 4, ...waiting }: Patience & { connections?: number },
): Promise<Opened> {
  const seal = sealWith(key);
  const first = await connect(address, { connections: 1 });
  const { heartbeatSeconds } = await assertAgreed(first, seal.fingerprint)
    .catch((error: unknown) => {
      throw inSentences(error, address);
    })
    .finally(() => first.close());
  // Whoever works also looks for others that are not heard of any more.
  const connection = await connect(address, { connections, superviseSeconds: Math.max(5, heartbeatSeconds / 3) });
  const patiently = patience(waiting);
  const all = {
    ...postgresQueue(connection, heartbeatSeconds),
    ...postgresShelf(connection),
    ...postgresOversight(connection),
  };
  const { renew, close } = all;
  const patient = Object.fromEntries(
    Object.entries(all).map(([verb, act]) => [
      verb,
      (...args: never[]) => patiently(() => (act as (...args: never[]) => Promise<unknown>)(...args)),
    ]),
  ) as unknown as typeof all;
  return { queue: { ...patient, renew, close }, seal, heartbeatMs: heartbeatSeconds * 1000, connection, patiently };
}
