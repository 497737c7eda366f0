/** A class is graded by graders that are killed, one after the other, until one comes to the end. */
import { join } from 'node:path';
import type { Random } from '../../graders/numerics/random.ts';
import { gradeSettled, gradeWhole, startGrading } from './command.ts';
import { onlooker } from './look.ts';
import { drawMoments, pageMoment, strike } from './moments.ts';
import { differences } from './same.ts';
import { hashesOf, writeClass } from './submissions.ts';

interface Outcome {
  /** Kills after which all was as it must be, and kills. */
  held: number;
  kills: number;
  faults: string[];
  /** How many kills struck in each phase. */
  struck: Map<string, number>;
}

/** Kills so many graders of a class of `count`, looks after each, and compares the end with a grading that nothing disturbed. */
export async function killAgainAndAgain(home: string, kills: number, count: number, random: Random): Promise<Outcome> {
  const [folder, out, calm] = ['class', 'out', 'calm'].map((name) => join(home, name)) as [string, string, string];
  await writeClass(folder, count);
  const hashes = await hashesOf(folder);
  const ids = [...hashes.keys()].sort();
  const look = onlooker(out, hashes);
  const outcome: Outcome = { held: 0, kills: 0, faults: [], struck: new Map() };
  const planned = drawMoments(kills, count, random);
  let writers: number[] = [];
  while (outcome.kills < kills) {
    const moment = planned.shift() ?? pageMoment(count, random);
    const run = startGrading(folder, out);
    const struck = await strike(run, out, moment, ids);
    // It clears away what others left before it says how many it found.
    writers = run.said().includes('found.') ? [run.pid] : [...writers, run.pid];
    if (!struck && moment.phase === 'pages')
      outcome.faults.push(`ended before it could be killed: ${run.said().slice(-300)}`);
    if (!struck) {
      if (outcome.faults.length > kills) break;
      continue;
    }
    outcome.kills++;
    outcome.struck.set(moment.phase, (outcome.struck.get(moment.phase) ?? 0) + 1);
    const faults = await look.faults(writers);
    if (faults.length === 0) outcome.held++;
    outcome.faults.push(...faults.map((fault) => `killed ${moment.phase} ${moment.after}: ${fault}`));
  }
  const end = await gradeSettled(folder, out);
  if (end.code !== 0) outcome.faults.push(`the last run ended with ${end.code}: ${end.said.slice(-500)}`);
  outcome.faults.push(...(await look.faults([])));
  await gradeWhole(folder, calm, ['--secret-file', join(out, 'secret')]);
  outcome.faults.push(...(await differences(out, calm)));
  return outcome;
}
