/**
 * What no attack may touch, laid out where an attack would look: files, listening sockets, an environment, a secret in the
 * grader's memory, a gradebook. `faults` tells what an attack has touched all the same, or brought out.
 */
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import type { Bait } from '../../graders/sandbox/doctor/attempts.ts';
import { layBait } from '../../graders/sandbox/doctor/bait.ts';
import { processTree } from '../../graders/sandbox/contain/watchdog.ts';
import type { StagedRuntime } from '../../graders/sandbox/stage/stage.ts';

export interface Canaries {
  bait: Bait & { gradebook: string };
  /** To be called before each attack. */
  arm(): Promise<void>;
  /** What the attack has reached; `told` is everything that came back from it. */
  faults(told: string): Promise<string[]>;
  remove(): Promise<void>;
}

/** Lays everything out; one for all attacks of a run. */
export async function layCanaries(runtime: StagedRuntime): Promise<Canaries> {
  const laid = await layBait(runtime);
  const secrets = { memory: secret(), environment: secret(), file: secret(), gradebook: secret() };
  process.env['GRADMARK_CANARY'] = secrets.environment;
  // Kept alive by the closure below: it is to be found in this process as long as attacks run.
  const inMemory = Buffer.from(secrets.memory);
  await writeFile(laid.bait.canary, secrets.file);
  const private_ = await mkdtemp(join(tmpdir(), 'gradmark-gradebook-'));
  await chmod(private_, 0o711);
  const gradebook = join(private_, 'records');
  await mkdir(gradebook, { mode: 0o700 });
  await writeFile(join(gradebook, 'mallory.json'), JSON.stringify({ points: 0, note: secrets.gradebook }), {
    mode: 0o600,
  });

  const state = async () => [await fingerprint(laid.bait.openFolder), await fingerprint(private_)].join();
  const untouched = await state();
  let visitsBefore = 0;
  let ownBefore = new Map<number, string>();
  const seen = new Map<number, string>();
  let watch: NodeJS.Timeout | undefined;
  let looks = 0;
  // An attack on the grader is charged for this process, and so for every look.
  const look = () => {
    const alive = looks++ % fullLookEvery === 0 ? ownProcesses() : withStarts(startedByMainThreads());
    for (const [pid, since] of alive) if (!ownBefore.has(pid)) seen.set(pid, since);
  };

  return {
    bait: { ...laid.bait, gradebook },
    arm: async () => {
      visitsBefore = laid.visits();
      ownBefore = ownProcesses();
      seen.clear();
      watch = setInterval(look, 50);
    },
    async faults(told) {
      clearInterval(watch);
      const faults: string[] = [];
      if (laid.visits() !== visitsBefore) faults.push('a socket of the host was reached');
      if ((await state()) !== untouched) faults.push('files of the host were changed');
      const alive = await stillAlive(seen);
      if (alive.length > 0) faults.push(`processes live on: ${alive.join(', ')}`);
      for (const [where, value] of Object.entries({ ...secrets, memory: inMemory.toString() })) {
        if (told.includes(value)) faults.push(`the secret in the ${where} came out`);
      }
      return faults;
    },
    remove: async () => {
      clearInterval(watch);
      await laid.remove();
      await rm(private_, { recursive: true, force: true });
    },
  };
}

const secret = () => `canary-${randomBytes(12).toString('hex')}`;

/** Names, contents and modes of a folder, as one digest. */
async function fingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${entry.name}\0`);
    if (entry.isFile()) hash.update(await readFile(join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex');
}

/** A walk over all threads costs ten times what one over the first threads does, and hardly anything is started by others. */
const fullLookEvery = 20;

/** Every process below this one, with the time of its start. */
const ownProcesses = () => withStarts(processTree(process.pid));

/** Those below this one that the first thread of a process has started, and theirs. */
function startedByMainThreads(): number[] {
  const found = [process.pid];
  // `found` grows while it is walked.
  for (const pid of found) found.push(...childrenOfMainThread(pid));
  return found;
}

function childrenOfMainThread(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Each with the time of its start, since ids are used again. */
function withStarts(pids: readonly number[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const pid of pids) {
    const since = startOf(pid);
    if (pid !== process.pid && since !== undefined) found.set(pid, since);
  }
  return found;
}

/** When a process started, in the kernel's count; undefined for one that is gone or waits to be buried. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Processes of the attack that do not go away, however long a busy machine takes. */
async function stillAlive(seen: ReadonlyMap<number, string>): Promise<number[]> {
  for (let tries = 0; ; tries++) {
    const alive = [...seen].filter(([pid, since]) => startOf(pid) === since).map(([pid]) => pid);
    if (alive.length === 0 || tries > 250) return alive;
    await sleep(20);
  }
}
