/** Attacks by a program that nothing of the guest stands in the way of: Node's own powers, or native code, at level A. */
import { mkdtemp, chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTools } from '../../graders/sandbox/contain/host-tools.ts';
import { levelCommand, type LevelCommand } from '../../graders/sandbox/contain/level-command.ts';
import { probe, PROBE_LIMITS } from '../../graders/sandbox/doctor/probe.ts';
import { launchCommand, type Launched, type Stop } from '../../graders/sandbox/session/launch.ts';
import type { StagedRuntime } from '../../graders/sandbox/stage/stage.ts';
import type { Attack, Told } from './attack.ts';

/** No attack here has to be ended by a clock: on a busy machine one that is slow must not look as if it were. */
const wallMs = 60_000;

/** The attack as the body of an async function in a bare Node inside; each way it tries ends with a word on what came of it. */
export async function bareNode(attack: Attack, runtime: StagedRuntime, bait: object): Promise<Told> {
  const body = await readFile(join(attack.folder, attack.file), 'utf8');
  const limits = { ...PROBE_LIMITS, memoryMb: 300, ...attack.limits };
  const command = commandAtA(runtime, limits, (args) =>
    attack.without === 'permissions'
      ? args.filter((word) => !/^--(permission|allow-fs-read|no-experimental)/.test(word))
      : args,
  );
  let launched: Launched | undefined;
  const start = async () => (launched = await launchCommand(command, runtime, limits));
  const attempts = [{ id: 'it', body }];
  const result = await probe({ runtime, level: 'A', attempts, bait: bait as never, wallMs, start });
  const tried = result.tried.get('it');
  const ending = tried === undefined ? endingOf(result.stop.why) : tried.open ? 'answer' : 'stopped';
  const says = tried?.said ?? result.stop.detail;
  return { ending, says, output: result.output, chargedMs: launched!.cpuMs() };
}

/** Native code in the place of Node: a Perl program that makes raw system calls, or a whole ELF file written in hex. */
export async function nativeCode(attack: Attack, runtime: StagedRuntime): Promise<Told> {
  const folder = await mkdtemp(join(tmpdir(), 'gradmark-native-'));
  try {
    const [text] = [await readFile(join(attack.folder, attack.file), 'utf8')];
    const program = join(folder, 'program');
    const isElf = attack.file.endsWith('.hex');
    await writeFile(program, isElf ? Buffer.from(text.replace(/#.*|\s/g, ''), 'hex') : text);
    await chmod(folder, 0o755);
    await chmod(program, 0o755);
    const limits = { ...PROBE_LIMITS, memoryMb: 300, ...attack.limits };
    const perl = ['--ro-bind', '/usr', '/usr', '--symlink', 'usr/lib', '/lib', '--symlink', 'usr/lib64', '/lib64'];
    const command = commandAtA(runtime, limits, (args) => {
      const [end, node] = [args.indexOf('--remount-ro'), args.indexOf('/node', args.indexOf('--'))];
      // Perl brings the system's folders, libraries included; those of Node would stand in their way.
      const mounts = isElf ? args.slice(0, end) : [...withoutLibraries(args.slice(0, end), runtime), ...perl];
      const run = isElf ? ['/program'] : ['/usr/bin/perl', '/program'];
      return [...mounts, '--ro-bind', program, '/program', ...args.slice(end, node), ...run];
    });
    const launched = await launchCommand(command, runtime, limits);
    const late = setTimeout(() => launched.kill('timeout', `ran for ${wallMs / 1000} s`), wallMs);
    launched.channel.resume();
    const stop = await launched.stopped;
    clearTimeout(late);
    await sleep(0);
    const says = `${stop.detail}: ${launched.output()}`;
    return { ending: endingOf(stop.why), says, output: launched.output(), chargedMs: launched.cpuMs() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function commandAtA(
  runtime: StagedRuntime,
  limits: typeof PROBE_LIMITS,
  change: (args: string[]) => string[],
): LevelCommand {
  const command = levelCommand('A', {
    guest: runtime,
    process: runtime.processFor({ backend: 'cpu', precision: 'single' }),
    limits,
    tools: findTools(),
  });
  if ('missing' in command) throw new Error(`Level A is not available: ${command.missing}.`);
  return { ...command, args: change(command.args) };
}

function withoutLibraries(args: readonly string[], { libraries }: StagedRuntime): string[] {
  const kept: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--ro-bind' && libraries.includes(args[i + 1]!)) i += 2;
    else kept.push(args[i]!);
  }
  return kept;
}

const endingOf = (why: Stop['why']): Told['ending'] => (why === 'killed' || why === 'lost' ? 'crash' : why);
