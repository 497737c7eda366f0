/** Attacks in Python: read, loaded and called as in grading, in a process that was started and in one that was copied. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAccount } from '../../graders/model/account.ts';
import type { PythonRuntime } from '../../graders/runtimes/python/stage-python.ts';
import { openCopies } from '../../graders/sandbox/session/copies.ts';
import type { LaunchOptions } from '../../graders/sandbox/session/launch.ts';
import { readIn } from '../../graders/sandbox/session/read-inside.ts';
import { openSession, warmGuest } from '../../graders/sandbox/session/session.ts';
import { startHere } from '../../graders/sandbox/session/start-here.ts';
import { endingOfError, inWords, record } from './asked.ts';
import type { Attack, Told } from './attack.ts';

/** A call may take this long: most attacks that have to be ended from outside are ended by it. */
const callMs = 700;

/** Runs `f(bait)` of the attack in both kinds of process; what came of the first in which it did not end as it must, or of both. */
export async function inPython(
  attack: Attack,
  runtime: PythonRuntime,
  bait: object,
  isWell: (told: Told) => boolean,
): Promise<Told> {
  const started = await inProcess(attack, launchOf(attack, runtime), bait);
  if (!isWell(started)) return started;
  const copies = openCopies(startHere);
  try {
    const alike = { ...runtime, processFor: (wanted: never) => ({ ...runtime.processFor(wanted), copies: onlyOne }) };
    const copied = await inProcess(attack, { ...launchOf(attack, alike as never), copies }, bait);
    const chargedMs = Math.max(started.chargedMs, copied.chargedMs);
    return isWell(copied) ? { ...copied, output: `${started.output}${copied.output}`, chargedMs } : copied;
  } finally {
    await copies.close();
  }
}

const onlyOne = { many: 1, args: ['--copies', '1'] };

const launchOf = ({ limits }: Attack, runtime: PythonRuntime): LaunchOptions => ({
  runtime,
  level: 'A',
  limits: { callMs, submissionMs: 4 * callMs, memoryMb: 400, ...limits },
  precision: 'double',
  backend: 'cpu',
});

async function inProcess(attack: Attack, launch: LaunchOptions, bait: object): Promise<Told> {
  const code = attack.code ?? (await readFile(join(attack.folder, attack.file), 'utf8'));
  const modules = [{ path: 'attack.py', code }];
  const account = openAccount();
  try {
    const warm = await warmGuest(launch, 'none');
    await readIn(warm, modules, ['f'], account);
    const session = await openSession({ account, launch, warm, modules, imports: ['numpy'], asked: ['f'] });
    const ask = (name: string) =>
      session
        .call({ module: 'attack.py', name }, [record(bait)])
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
    return { ...endingOfError(error), chargedMs: account.usedMs, output: '' };
  }
}
