/** Commands by which people say something of a whole class, killed while they say it, and given once more. */
import { join } from 'node:path';
import type { Random } from '../../graders/numerics/random.ts';
import { changesOf, drawStrike, strikeAt, type Changes } from './at-change.ts';
import { copyRoom } from './class-of-people.ts';
import { startProgram } from './command.ts';
import { differences } from './same.ts';
import { halfFiles, saidIn } from './whole.ts';

export interface Saying {
  name: string;
  words: readonly string[];
  /** How it ends when it is given once more: 2 where nothing is left to say. */
  ends: readonly number[];
  /** Whether it is said once more by saying it once more; anything else may be said once only. */
  again: boolean;
}

export const sayings: readonly Saying[] = [
  { name: 'import', words: ['marks', 'out', 'import', 'marks.csv'], ends: [0], again: false },
  { name: 'regrade', words: ['regrade', 'out', '--approve', 'all'], ends: [0, 2], again: false },
  { name: 'publish', words: ['publish', 'out', '--to', 'given'], ends: [0], again: true },
];

export interface Killed {
  struck: boolean;
  faults: string[];
}

/** A command that was not disturbed in a room of its own, and what it said and changed there. */
export interface Calm {
  room: string;
  before: readonly string[];
  said: readonly string[];
  changes: Changes;
}

/** Gives the command to the end in a copy of the class. */
export async function calmly({ words }: Saying, base: string, room: string): Promise<Calm> {
  await copyRoom(base, room);
  const before = saidIn(join(room, 'out'), room);
  const run = startProgram([...words, ...signed], { cwd: room });
  const changes = await changesOf(run, room);
  const { code } = await run.ended;
  if (code !== 0) throw new Error(`gradmark ${words.join(' ')} ended with ${code}: ${run.said()}`);
  return { room, before, said: saidIn(join(room, 'out'), room), changes };
}

/** Kills the command in a copy of the class, looks, gives it once more, and compares the end with the calm one. */
export async function killSaying(
  saying: Saying,
  base: string,
  room: string,
  calm: Calm,
  random: Random,
): Promise<Killed> {
  await copyRoom(base, room);
  const out = join(room, 'out');
  const run = startProgram([...saying.words, ...signed], { cwd: room });
  const strike = drawStrike(calm.changes, random);
  if (!(await strikeAt(run, room, strike))) return { struck: false, faults: [] };
  const faults = await halfFiles(room, run.pid);
  const then = saidIn(out, room);
  if (!isSame(then, calm.before) && !isSame(then, calm.said)) faults.push('it said a part of what it had to say');
  const once = startProgram([...saying.words, ...signed], { cwd: room });
  const { code } = await once.ended;
  if (code === undefined || !saying.ends.includes(code))
    faults.push(`given again it ended with ${code}: ${once.said()}`);
  const end = saidIn(out, room);
  const wanted =
    saying.again && isSame(then, calm.said) ? [...calm.said, ...calm.said.slice(calm.before.length)] : calm.said;
  if (!isSame(end, wanted)) faults.push('in the end something is lost or said twice');
  faults.push(...(await differences(room, calm.room)));
  const words = `${saying.name} killed at ${strike.what} ${strike.after}`;
  return { struck: true, faults: faults.map((fault) => `${words}: ${fault}`) };
}

const signed = ['--as', 'kim'];

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((said, i) => said === other[i]);
