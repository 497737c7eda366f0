/** What the tests of containment share: a guest with a name of its own, so that whatever is left of it can be found. */
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { layBait } from '../doctor/bait.ts';
import { findTools } from './host-tools.ts';
import { levelCommand, type LevelCommand } from './level-command.ts';
import { probe, PROBE_LIMITS, stageProbe, type ProbeOptions } from '../doctor/probe.ts';
import type { StagedRuntime } from '../stage/stage.ts';

/** Words in the command line of everything that these tests start. */
export const MARK = `hostile-${process.pid}`;

export interface Ground {
  runtime: StagedRuntime;
  laid: Awaited<ReturnType<typeof layBait>>;
}

/** Stages and lays bait before the tests, clears up after them, and after each test expects that no process is left. */
export function useGround(): Ground {
  const ground = {} as Ground;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gradmark-test-'));
    await chmod(folder, 0o755);
    ground.runtime = await stageProbe(`${MARK}.cjs`, folder);
    ground.laid = await layBait(ground.runtime);
  });
  afterEach(async () => expect(await survivors()).toEqual([]));
  afterAll(async () => {
    await ground.laid.remove();
    await rm(folder, { recursive: true });
  });
  return ground;
}

/** Command lines of marked processes that do not go away: on a busy machine a dead process waits for its parent. */
export async function survivors(mark = MARK): Promise<string[]> {
  for (let waited = 0; ; waited += 20) {
    const left = marked(mark);
    if (left.length === 0 || waited > 60_000) return left;
    await sleep(20);
  }
}

/** Command lines of all processes that carry the mark; a zombie has none. */
export function marked(mark = MARK): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(mark));
}

/** Level A's command with some of its words changed, to see what the layers behind them hold. */
export function commandA(
  { runtime }: Ground,
  change: (args: string[]) => string[],
  limits = PROBE_LIMITS,
): LevelCommand {
  const command = levelCommand('A', {
    guest: runtime,
    process: runtime.processFor({ backend: 'cpu', precision: 'single' }),
    limits,
    tools: findTools(),
  });
  if ('missing' in command) throw new Error(command.missing);
  return { ...command, args: change(command.args) };
}

export const withoutPermissions = (args: string[]) =>
  args.filter((word) => !/^--(permission|allow-fs-read|no-experimental)/.test(word));

/** Runs one program at level A. */
export function tryOne({ runtime, laid }: Ground, body: string, options: Partial<ProbeOptions> = {}) {
  return probe({ runtime, level: 'A', attempts: [{ id: 'it', body }], bait: laid.bait, ...options });
}
