/**
 * Graders that are killed, and people who are while they mark, import, approve and publish; disks that are full, folders that vanish:
 * nothing is lost or doubled, and the next run goes on. `--kills` says how many are killed of either, `--seed` repeats the moments,
 * `--few` kills some in a small class, `--only people` leaves the grading alone.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../graders/numerics/random.ts';
import { fillDisks } from './crash/full-disk.ts';
import { killAgainAndAgain } from './crash/killed.ts';
import { killPeople } from './crash/people.ts';
import { takeAway } from './crash/taken-away.ts';
import { misused, scriptOptions } from './script-options.ts';

const usage = `npm run test:crash -- [options]

  --kills <n>      how many graders are killed, and how many commands of people (60)
  --seed <n>       the moments of an earlier run
  --few            some, in a small class
  --only <which>   graders or people`;
const { values } = scriptOptions(usage, {
  options: {
    ...{ kills: { type: 'string' }, seed: { type: 'string' }, few: { type: 'boolean' }, only: { type: 'string' } },
  },
});
const kills = Number(values.kills ?? (values.few ? 3 : 60));
const seed = Number(values.seed ?? Date.now() % 100_000);
for (const [name, value] of Object.entries({ kills, seed }))
  if (!Number.isInteger(value) || value < 0) misused(`--${name} is a whole number.`, usage);
if (![undefined, 'graders', 'people'].includes(values.only)) misused('--only takes graders or people.', usage);
const say = (text: string) => process.stdout.write(`${text}\n`);

const home = await mkdtemp(join(tmpdir(), 'gradmark-crash-'));
let isWhole = true;
const tell = (faults: readonly string[]) => {
  if (faults.length > 0) isWhole = false;
  for (const fault of faults) say(`  ${fault}`);
};
try {
  if (values.only !== 'graders') {
    const people = await killPeople(join(home, 'people'), kills, values.few ? 6 : 24, createRandom(seed, 'people'));
    const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, n) => all + n, 0);
    const each = [...people.kills].map(([name, n]) => `${name} ${people.held.get(name)} of ${n}`).join(', ');
    say(`${sum(people.held)} of ${sum(people.kills)} kills lost and doubled nothing, with the seed ${seed} (${each})`);
    tell(people.faults);
    if (sum(people.held) < kills) isWhole = false;
  }
  if (values.only !== 'people') await killGraders();
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exit(isWhole ? 0 : 1);

async function killGraders(): Promise<void> {
  const killed = await killAgainAndAgain(
    join(home, 'killed'),
    kills,
    values.few ? 10 : 200,
    createRandom(seed, 'crash'),
  );
  const where = [...killed.struck].map(([phase, times]) => `${phase} ${times}`).join(', ');
  say(`${killed.held} of ${killed.kills} kills left everything whole, with the seed ${seed} (${where})`);
  tell(killed.faults);
  if (killed.held < kills) isWhole = false;
  for (const { says, cases } of [
    await fillDisks(join(home, 'disk'), values.few ? 1 : 4),
    await takeAway(join(home, 'taken'), values.few === true),
  ]) {
    say(`${cases.filter(({ faults }) => faults.length === 0).length} of ${cases.length} ${says}`);
    for (const { name, faults } of cases) tell(faults.map((fault) => `${name}: ${fault}`));
  }
}
