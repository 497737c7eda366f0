/** Attacks by a student's module: inspected, compiled and run as in grading; for the walls behind the guest, with Node's process in reach. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAccount } from '../../graders/model/account.ts';
import { createInspector } from '../../graders/runtimes/node/inspect/inspector.ts';
import { openSession } from '../../graders/sandbox/session/session.ts';
import type { StagedRuntime } from '../../graders/sandbox/stage/stage.ts';
import { endingOfError, inWords, record } from './asked.ts';
import type { Attack, Told } from './attack.ts';

/** A call may take this long: most attacks that have to be ended from outside are ended by it. */
const callMs = 700;

/** Runs `f(bait)` of the attack's module in a sandbox of its own at level A. */
export async function inSession(
  attack: Attack,
  { plain, withProcess }: { plain: StagedRuntime; withProcess: StagedRuntime },
  bait: object,
): Promise<Told> {
  const files = [{ path: 'attack.ts', text: await readFile(join(attack.folder, attack.file), 'utf8') }];
  const policy = attack.policy ?? 'free';
  const usesLibrary = files[0]!.text.includes('@tensorflow/tfjs');
  const imports = usesLibrary ? ['@tensorflow/tfjs'] : [];
  const inspector = createInspector();
  try {
    const inspected = await inspector.inspect({ files, module: 'attack.ts', policy, imports, given: [] });
    const account = openAccount();
    const session = await openSession({
      account,
      launch: {
        runtime: attack.runs === 'node' ? withProcess : plain,
        level: 'A',
        limits: { callMs, submissionMs: 4 * callMs, memoryMb: 300, ...attack.limits },
        precision: 'single',
        backend: 'cpu',
      },
      modules: inspected.modules,
      imports,
    });
    const ask = (name: string) =>
      session
        .call({ module: 'attack.ts', name }, [record(bait)], { policy })
        .then((reply) => ({ ending: 'answer' as const, says: inWords(reply) }), endingOfError);
    try {
      const first = await ask('f');
      const after = attack.after === undefined ? undefined : await ask('after');
      const chargedMs = account.usedMs;
      await session.close();
      return { ...first, ...(after && { after: after.says }), chargedMs, output: session.output() };
    } finally {
      await session.close();
    }
  } catch (error) {
    return { ...endingOfError(error), chargedMs: 0, output: '' };
  } finally {
    inspector.close();
  }
}
