/** Runs an attack and says in what it did not end as it must. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { knownReadingMs } from '../../graders/runtimes/node/inspect/reading-speed.ts';
import { stageNode } from '../../graders/runtimes/node/stage-node.ts';
import { NoPython } from '../../graders/runtimes/python/no-python.ts';
import { stagePython, type PythonRuntime } from '../../graders/runtimes/python/stage-python.ts';
import type { StagedRuntime } from '../../graders/sandbox/stage/stage.ts';
import { stageProbe } from '../../graders/sandbox/doctor/probe.ts';
import { OUTPUT_KEPT_BYTES } from '../../graders/sandbox/contain/limits.ts';
import type { Attack, Told } from './attack.ts';
import { layCanaries, type Canaries } from './canaries.ts';
import { inSession } from './in-session.ts';
import { bareNode, nativeCode } from './in-sandbox.ts';
import { inPython } from './in-python.ts';
import { onHost } from './on-host.ts';

export interface Range {
  /** What came of the attack, and what is wrong with that; no faults where it ended as it must. */
  run(attack: Attack): Promise<{ told: Told; faults: string[] }>;
  close(): Promise<void>;
}

/** Stages what attacks run in and lays the canaries; one for all attacks of a run. */
export async function openRange(): Promise<Range> {
  const runtimes = {
    plain: await stageNode('cpu'),
    withProcess: await stageNode('cpu', { keepProcess: true }),
    little: await stageProbe(),
    python: await stagePython(['numpy']).catch(noPython),
  };
  const canaries = await layCanaries(runtimes.little);
  const reader = new URL('../../graders/runtimes/node/inspect/inspect-worker.ts', import.meta.url);
  const slowness = Math.max(1, (await knownReadingMs(new Worker(reader))) / usualMs);
  return {
    run: async (attack) => {
      await canaries.arm();
      const late = monitorEventLoopDelay();
      late.enable();
      const told = await start(attack, runtimes, canaries).catch((error: unknown): Told => ({
        ending: 'broken',
        says: String(error),
        output: '',
        chargedMs: 0,
      }));
      late.disable();
      const touched = await canaries.faults(`${told.says} ${told.after ?? ''} ${told.output}`);
      return { told, faults: [...faultsOf(attack, told, { slowness, lateMs: late.max / 1e6 }), ...touched] };
    },
    close: () => canaries.remove(),
  };
}

type Runtimes = Record<'plain' | 'withProcess' | 'little', StagedRuntime> & { python: PythonRuntime | undefined };

function start(attack: Attack, runtimes: Runtimes, { bait }: Canaries): Promise<Told> {
  switch (attack.runs) {
    case 'student':
    case 'node':
      return inSession(attack, runtimes, bait);
    case 'python':
      if (runtimes.python === undefined) throw new NoPython('There is no Python with numpy here.');
      return inPython(attack, runtimes.python, bait, (told) => faultsOf(attack, told).length === 0);
    case 'bare':
      // Inside, the programs of the host lie elsewhere.
      return bareNode(attack, runtimes.little, attack.without ? { ...bait, node: '/node' } : bait);
    case 'native':
      return nativeCode(attack, runtimes.little);
    case 'host':
      return onHost(attack, bait);
  }
}

/** Without one the attacks in it cannot be tried, which each of them tells. */
function noPython(error: unknown): undefined {
  if (!(error instanceof NoPython)) throw error;
}

/** The clock that ends a call, the end itself and its telling: each may come so late as this program is kept waiting. */
const turns = 4;

/** What the known text takes where the bounds are what they say. */
const usualMs = 250;

/** How busy the machine is: how many times dearer its seconds are, and for how long at most it kept this program waiting. */
interface Busy {
  slowness: number;
  lateMs: number;
}

const idle: Busy = { slowness: 1, lateMs: 0 };

/** In what the end differs from the one that is written down. */
export function faultsOf(attack: Attack, told: Told, { slowness, lateMs }: Busy = idle): string[] {
  const faults: string[] = [];
  if (told.ending !== attack.ending) faults.push(`it ended as ${told.ending}, not ${attack.ending}`);
  if (!new RegExp(attack.says, 's').test(told.says)) faults.push(`it is told "${told.says.slice(0, 300)}"`);
  if (attack.after !== undefined && !new RegExp(attack.after, 's').test(told.after ?? '')) {
    faults.push(`afterwards it is told "${(told.after ?? '').slice(0, 300)}"`);
  }
  if (told.chargedMs > attack.boundMs * slowness + turns * lateMs) {
    faults.push(`it cost ${Math.round(told.chargedMs)} ms, more than ${attack.boundMs}`);
  }
  const processes = attack.runs === 'python' ? 2 : 1;
  if (told.output.length > processes * (OUTPUT_KEPT_BYTES + 200))
    faults.push(`${told.output.length} bytes of its output were kept`);
  return faults;
}
