/**
 * Every attack of `fixtures/attacks` at level A: as root, who drops the program to a user of its own, and as an ordinary user.
 * `--few` tries some of each kind, `--only <parts of names>` those alone, `--as root` and `--as user` one of the two, `--show` prints
 * what came of each.
 */
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { bestLevel } from '../graders/sandbox/doctor/best-level.ts';
import { attacksFolder, fewOf, loadAttacks } from './hostile/attack.ts';
import { openRange } from './hostile/judge.ts';
import { pythonForAll } from './hostile/python-for-all.ts';
import { misused, scriptOptions } from './script-options.ts';

/** Nobody on a machine has this id. */
const ordinaryUser = 65533;

const usage = `npm run test:hostile -- [options]

  --few         some attacks of each kind
  --only <parts> attacks whose names have one of these parts, with commas between them
  --as <who>    root or user, where both would be tried
  --show        what came of each`;
const { values: options } = scriptOptions(usage, {
  options: { few: { type: 'boolean' }, only: { type: 'string' }, show: { type: 'boolean' }, as: { type: 'string' } },
});
const say = (text: string) => process.stdout.write(`${text}\n`);
if (options.as !== undefined && options.as !== 'root' && options.as !== 'user')
  misused(`There is no --as ${options.as}.`, usage);
const isRoot = process.geteuid?.() === 0;

if (options.as === 'user' && isRoot) process.exit(await asOrdinaryUser());

const level = await bestLevel();
if (level !== 'A') {
  say(`This machine reaches level ${level}; attacks are tried at level A. "gradmark doctor" says why.`);
  process.exit(1);
}

const parts = options.only?.split(',') ?? [''];
const all = loadAttacks().filter(({ name }) => parts.some((part) => name.includes(part)));
if (all.length === 0) misused(`No attack has ${options.only} in its name.`, usage);
const attacks = options.few ? fewOf(all) : all;
const range = await openRange();
let contained = 0;
for (const attack of attacks) {
  const { told, faults } = await range.run(attack);
  if (faults.length === 0) contained++;
  else say(`${attack.name}: ${faults.join('; ')}`);
  if (options.show) say(`${attack.name} -> ${JSON.stringify({ ...told, output: told.output.slice(0, 200) })}`);
}
await range.close();
say(`${contained} of ${attacks.length} attacks ended as they must, as ${isRoot ? 'root' : 'an ordinary user'}`);

const user = isRoot && options.as !== 'root' ? await asOrdinaryUser() : 0;
process.exit(contained === attacks.length && user === 0 ? 0 : 1);

/** The same run as somebody without any rights, with a folder of their own for what is staged. */
async function asOrdinaryUser(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'gradmark-user-'));
  chownSync(home, ordinaryUser, ordinaryUser);
  try {
    const python = await pythonForAll(join(home, 'python'));
    const script = fileURLToPath(import.meta.url);
    const { exitCode, stdout } = await execa(process.execPath, [script, ...process.argv.slice(2)], {
      cwd: '/',
      stdin: 'ignore',
      stdout: ['pipe', 'inherit'],
      stderr: 'inherit',
      uid: ordinaryUser,
      gid: ordinaryUser,
      extendEnv: false,
      env: { PATH: '/usr/bin:/bin', HOME: home, XDG_CACHE_HOME: home, ...python },
      reject: false,
    });
    if (stdout === '')
      say(`${attacksFolder} cannot be read by an ordinary user: try in a checkout that everybody may read.`);
    return exitCode ?? 1;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
