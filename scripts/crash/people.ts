/** What people say of a class, killed while they say it: marks, a table of marks, an approval, a publication. */
import { join } from 'node:path';
import type { Random } from '../../graders/numerics/random.ts';
import { writeGraded } from './class-of-people.ts';
import { killMarkings, markCalmly } from './markers.ts';
import { calmly, killSaying, sayings, type Killed, type Saying } from './sayings.ts';

interface Outcome {
  /** Kills after which nothing was lost or doubled, by command. */
  held: Map<string, number>;
  kills: Map<string, number>;
  faults: string[];
}

/** Kills so many commands in a class of `count`, each kind as often as the others. */
export async function killPeople(home: string, kills: number, count: number, random: Random): Promise<Outcome> {
  const base = join(home, 'base');
  await writeGraded(base, count);
  const outcome: Outcome = { held: new Map(), kills: new Map(), faults: [] };
  const names = ['mark', ...sayings.map(({ name }) => name)];
  const share = (name: string) => Math.floor(kills / names.length) + Number(names.indexOf(name) < kills % names.length);
  const add = (name: string, killed: readonly Killed[]) => {
    outcome.kills.set(name, killed.length);
    outcome.held.set(name, killed.filter(({ faults }) => faults.length === 0).length);
    outcome.faults.push(...killed.flatMap(({ faults }) => faults));
  };
  const marked = join(home, 'marked');
  outcome.faults.push(...(await markCalmly(base, marked)));
  add('mark', await killMarkings(base, join(home, 'mark'), marked, share('mark'), random));
  for (const saying of sayings) add(saying.name, await killOften(saying, base, home, share(saying.name), random));
  return outcome;
}

async function killOften(saying: Saying, base: string, home: string, kills: number, random: Random): Promise<Killed[]> {
  const calm = await calmly(saying, base, join(home, `${saying.name}-calm`));
  const killed: Killed[] = [];
  // Who has ended before the kill comes is not counted, and tried again.
  for (let i = 0; killed.length < kills && i < 4 * kills; i++) {
    const one = await killSaying(saying, base, join(home, `${saying.name}-${i}`), calm, random);
    if (one.struck) killed.push(one);
  }
  return killed;
}
