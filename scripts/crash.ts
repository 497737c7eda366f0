/**
 * Graders that are killed, disks that are full, folders that vanish: what was graded stays whole, and the next run goes on. `--kills`
 * says how many are killed, `--seed` repeats the moments, `--few` kills some in a small class.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../graders/numerics/random.ts';
import { fillDisks } from './crash/full-disk.ts';
import { killAgainAndAgain } from './crash/killed.ts';
import { takeAway } from './crash/taken-away.ts';
import { misused, scriptOptions } from './script-options.ts';

const usage = `npm run test:crash -- [options]

  --kills <n> how many graders are killed (60)
  --seed <n>  the moments of an earlier run
  --few       some, in a small class`;
const { values } = scriptOptions(usage, {
  options: { kills: { type: 'string' }, seed: { type: 'string' }, few: { type: 'boolean' } },
});
const kills = Number(values.kills ?? (values.few ? 3 : 60));
const seed = Number(values.seed ?? Date.now() % 100_000);
for (const [name, value] of Object.entries({ kills, seed }))
  if (!Number.isInteger(value) || value < 0) misused(`--${name} is a whole number.`, usage);
const say = (text: string) => process.stdout.write(`${text}\n`);

const home = await mkdtemp(join(tmpdir(), 'gradmark-crash-'));
let isWhole = true;
const tell = (faults: readonly string[]) => {
  if (faults.length > 0) isWhole = false;
  for (const fault of faults) say(`  ${fault}`);
};
try {
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
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exit(isWhole ? 0 : 1);
