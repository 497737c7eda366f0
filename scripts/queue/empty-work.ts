/** A worker without work: it claims, keeps nothing ready, and settles a result of usual size, until there is no job left. */
import { randomBytes } from 'node:crypto';
import { connect } from '../../graders/queue/postgres/connect.ts';
import { postgresQueue } from '../../graders/queue/postgres/queue.ts';

const [address, most] = process.argv.slice(2);
const connection = await connect(address!, { connections: 2 });
const queue = postgresQueue(connection, 30);
/** A grade of 34 kB, as it is stored: deflated and closed, a quarter of that, in which nothing repeats. */
const body = randomBytes(8500);
let done = 0;
const begun = performance.now();
while (done < Number(most)) {
  const claim = await queue.claim('bench');
  if (claim === undefined) break;
  await queue.renew(claim);
  await queue.settle(claim, { body, digest: 'd', worker: 'bench', ms: { waited: 1, graded: 1 } });
  done++;
}
const seconds = (performance.now() - begun) / 1000;
await connection.close();
process.stdout.write(JSON.stringify({ done, seconds }));
