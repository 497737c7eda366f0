/** Marking pages that are killed while two markers save: what was told to be saved is there, and nothing is there twice. */
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openGradebook } from '../../graders/gradebook/store.ts';
import { openDesk } from '../../graders/marking/desk.ts';
import type { Random } from '../../graders/numerics/random.ts';
import { copyRoom } from './class-of-people.ts';
import { startProgram, type Run } from './command.ts';
import { differences } from './same.ts';
import type { Killed } from './sayings.ts';
import { halfFiles } from './whole.ts';

interface Unmarked {
  student: string;
  task: string;
  path: string;
  /** What stood there when the form was opened. */
  version: number;
}

/** Every answer of the class to which nothing was given. */
function unmarkedIn(out: string): Unmarked[] {
  const book = openGradebook(out);
  const desk = openDesk(book, () => new Date(0));
  const found = desk.look().tasks.flatMap(({ id, answers }) =>
    answers
      .filter(({ task }) => task.marked === undefined)
      .map(({ key, student }) => ({
        student,
        task: id,
        path: `/task/${id}/${key}`,
        version: desk.version(student, id),
      })),
  );
  book.close();
  return found;
}

/** How often each answer was marked. */
function timesMarked(out: string): Map<string, number> {
  const book = openGradebook(out);
  const times = new Map<string, number>();
  for (const event of book.events({ kind: 'marked' })) {
    if (event.kind === 'marked')
      times.set(`${event.student} ${event.task}`, (times.get(`${event.student} ${event.task}`) ?? 0) + 1);
  }
  book.close();
  return times;
}

const nameOf = ({ student, task }: Unmarked) => `${student} ${task}`;

/** The marking pages of a folder, and a browser's way of saving a form there. */
async function openMarking(room: string) {
  const run = startProgram(['mark', 'out', '--as', 'kim'], { cwd: room });
  const address = await addressOf(run);
  const asked = await fetch(address, { redirect: 'manual' });
  const cookie = (asked.headers.get('set-cookie') ?? '').split(';')[0]!;
  const origin = new URL(address).origin;
  const page = await (await fetch(origin, { headers: { cookie } })).text();
  const key = /name="form-key" value="([^"]+)"/.exec(page)![1]!;
  return {
    run,
    /** The status of the answer; undefined where none came. */
    async save({ path, version }: Unmarked): Promise<number | undefined> {
      const body = new URLSearchParams({
        'form-key': key,
        version: String(version),
        beside: '1',
        comment: 'Clear.',
        note: '',
        then: 'stay',
      });
      return statusOf(
        request(`${origin}${path}`, { ...posting, headers: { ...posting.headers, cookie, origin } }),
        body,
      );
    },
    /** Ends them as a marker does. */
    async end(): Promise<number | undefined> {
      process.kill(-run.pid, 'SIGINT');
      return (await run.ended).code;
    },
  };
}

/** A connection for each form: one that the server is about to close would look like a kill. */
const posting = { method: 'POST', agent: false, headers: { 'content-type': 'application/x-www-form-urlencoded' } };

async function statusOf(sent: ClientRequest, body: URLSearchParams): Promise<number | undefined> {
  sent.end(body.toString());
  try {
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  } catch {
    return undefined;
  } finally {
    sent.on('error', () => undefined);
  }
}

async function addressOf(run: Run): Promise<string> {
  let hasEnded = false;
  void run.ended.then(() => (hasEnded = true));
  for (;;) {
    const address = /http:\S+/.exec(run.told())?.[0];
    if (address !== undefined && run.told().includes('Ctrl C')) return address;
    if (hasEnded) throw new Error(`gradmark mark has ended: ${run.said()}`);
    await sleep(5);
  }
}

/** Marks the whole class without being disturbed. */
export async function markCalmly(base: string, room: string): Promise<string[]> {
  await copyRoom(base, room);
  return markRest(room);
}

/** Marks what is left, and ends as a marker does. */
async function markRest(room: string): Promise<string[]> {
  const out = join(room, 'out');
  const pages = await openMarking(room);
  const faults: string[] = [];
  for (const answer of unmarkedIn(out)) {
    const status = await pages.save(answer);
    if (status !== 303) faults.push(`${nameOf(answer)} was answered with ${status}`);
  }
  const code = await pages.end();
  return code === 0 ? faults : [...faults, `the marking pages ended with ${code}`];
}

/** Kills so many markings of one class, one after the other, then marks the rest and compares with a calm marking. */
export async function killMarkings(
  base: string,
  room: string,
  calm: string,
  kills: number,
  random: Random,
): Promise<Killed[]> {
  await copyRoom(base, room);
  const killed: Killed[] = [];
  let unsure: Unmarked[] = [];
  while (killed.length < kills && unmarkedIn(join(room, 'out')).length > 0) {
    const { faults, left } = await killMarking(room, unsure, random);
    killed.push({ struck: true, faults });
    unsure = left;
  }
  const end = [...(await markRest(room)), ...(await differences(room, calm))];
  killed.at(-1)?.faults.push(...end);
  return killed.length < kills
    ? [...killed, ...(await killMarkings(base, `${room}-`, calm, kills - killed.length, random))]
    : killed;
}

/** One marking that is killed while the last two forms are on their way; those without an answer are sent again by the next. */
async function killMarking(
  room: string,
  unsure: readonly Unmarked[],
  random: Random,
): Promise<{ faults: string[]; left: Unmarked[] }> {
  const out = join(room, 'out');
  const pages = await openMarking(room);
  const before = timesMarked(out);
  const faults: string[] = [];
  for (const answer of unsure) {
    const wanted = before.has(nameOf(answer)) ? 409 : 303;
    const status = await pages.save(answer);
    if (status !== wanted) faults.push(`${nameOf(answer)}, sent again, was answered with ${status} and not ${wanted}`);
  }
  const open = unmarkedIn(out);
  const order = random.permutation(open.length).map((i) => open[i]!);
  const sent = order.slice(0, 2 + random.integer(2));
  const told: [Unmarked, number | undefined][] = [];
  for (const answer of sent.slice(0, -2)) told.push([answer, await pages.save(answer)]);
  const last = sent.slice(-2);
  const answered = Promise.all(last.map((answer) => pages.save(answer)));
  await sleep(random.uniform(0, 25));
  pages.run.kill();
  told.push(...(await answered).map((status, i): [Unmarked, number | undefined] => [last[i]!, status]));
  await pages.run.ended;
  const now = timesMarked(out);
  faults.push(...(await halfFiles(room, pages.run.pid)));
  for (const [name, times] of now) if (times !== 1) faults.push(`${name} was marked ${times} times`);
  for (const [name] of before) if (!now.has(name)) faults.push(`the mark of ${name} is lost`);
  const saved = [...unsure, ...told.filter(([, status]) => status === 303).map(([answer]) => answer)];
  for (const answer of saved) if (!now.has(nameOf(answer))) faults.push(`${nameOf(answer)} was saved and is lost`);
  return {
    faults: faults.map((fault) => `mark killed: ${fault}`),
    left: told.filter(([, status]) => status === undefined).map(([answer]) => answer),
  };
}
