/** The command line that contains a student's process at each level. */
import { basename, join } from 'node:path';
import type { Limits } from '../../model/assignment.ts';
import type { SandboxLevel } from '../../model/guest.ts';
import type { HostTools } from './host-tools.ts';
import { NATIVE_RESIDENT_MB, OPEN_FILES, processLimits, THREADS } from './limits.ts';
import { NATIVE_ENV, SEED_BYTES } from '../../runtimes/node/native.ts';
import type { StagedRuntime } from '../stage/stage.ts';

/** The descriptor on which bwrap reads the system-call filter. 3 is the channel to the guest. */
export const FILTER_FD = 4;

/** Where tfjs-node lies inside. */
const NATIVE_FOLDER = '/native';

export interface LevelCommand {
  file: string;
  args: string[];
  /** True when the filter has to be open as FILTER_FD. */
  filter: boolean;
  /** True when the kernel ends the process with the grader, however the grader ends. */
  tied: boolean;
  /** What the process has to find in its environment, where `args` do not set it. */
  env?: Readonly<Record<string, string>>;
  /** Resident megabytes of the runtime itself that come on top of the assignment's limit. */
  besidesMb?: number;
}

export interface CommandInput {
  runtime: StagedRuntime;
  limits: Limits;
  tools: HostTools;
  guestArgs: string[];
  /** The process loads tfjs-node. */
  native?: boolean;
}

/** The command line of a level, or the sentence that names what is missing for it. */
export function levelCommand(level: SandboxLevel, input: CommandInput): LevelCommand | { missing: string } {
  if (input.native && !input.runtime.native) return { missing: 'it was not staged for tfjs-node' };
  const command = commandOf(level, input);
  if ('missing' in command || !input.native) return command;
  return { ...command, ...(!command.filter && { env: NATIVE_ENV }), besidesMb: NATIVE_RESIDENT_MB };
}

function commandOf(level: SandboxLevel, input: CommandInput): LevelCommand | { missing: string } {
  if (level === 'C') return unshared(input);
  if (level === 'D') return { ...permissionsOnly(input), filter: false, tied: input.tools.setpriv !== undefined };
  return boxed(input, level === 'A');
}

function boxed(
  { runtime, limits, tools, guestArgs, native }: CommandInput,
  closed: boolean,
): LevelCommand | { missing: string } {
  const { bwrap, prlimit } = tools;
  if (!bwrap) return { missing: 'bubblewrap (bwrap) is not installed' };
  if (!prlimit) return { missing: 'prlimit (of util-linux) is not installed' };
  if (!runtime.filter) return { missing: `there is no system-call filter for the architecture ${process.arch}` };
  if (runtime.libraries.length === 0) return { missing: 'the libraries of Node could not be listed (ldd)' };
  const entry = `/app/${basename(runtime.entry)}`;
  const args = [
    ...['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session', '--clearenv', '--cap-drop', 'ALL'],
    ...['--uid', '65534', '--gid', '65534', '--hostname', 'sandbox', '--seccomp', String(FILTER_FD)],
    ...(closed ? ['--disable-userns'] : []),
    // No /proc and no /dev: Node and tfjs run without them, and what is not there cannot be attacked.
    ...['--ro-bind', runtime.node, '/node', '--ro-bind', prlimit, '/prlimit', '--ro-bind', runtime.dir, '/app'],
    ...runtime.libraries.flatMap((library) => ['--ro-bind', library, library]),
    ...(native ? ['--ro-bind', runtime.native!, NATIVE_FOLDER] : []),
    // A plain file and a link: TensorFlow asks for a few bytes once, and for the name of its program, and stops without.
    ...(native ? ['--ro-bind', join(runtime.native!, SEED_BYTES), '/dev/urandom'] : []),
    ...(native ? ['--symlink', '/node', '/proc/self/exe'] : []),
    ...(native ? Object.entries(NATIVE_ENV).flatMap(([name, value]) => ['--setenv', name, value]) : []),
    // The root is a tmpfs that a program could fill: it is closed after the last mount, and there is no writable folder at all.
    ...['--dir', '/tmp', '--chdir', '/tmp', '--remount-ro', '/', '--'],
    // Counted per user namespace when set inside, so that the user's other processes do not matter.
    ...['/prlimit', `--nproc=${THREADS}`, ...kernelLimits(limits, native)],
    ...['/node', ...nodeFlags(limits, '/app/', native), entry, ...guestArgs, ...(native ? [NATIVE_FOLDER] : [])],
  ];
  return { file: bwrap, args, filter: true, tied: true };
}

function unshared(input: CommandInput): LevelCommand | { missing: string } {
  const { unshare, setpriv } = input.tools;
  if (!unshare || !setpriv) return { missing: 'unshare and setpriv (of util-linux) are not installed' };
  const namespaces = ['--user', '--map-current-user', '--net', '--pid', '--ipc', '--uts', '--fork', '--kill-child'];
  const inner = permissionsOnly({ ...input, tools: { ...input.tools, setpriv: undefined } });
  const args = [...DIE_WITH_GRADER, unshare, ...namespaces, '--', inner.file, ...inner.args];
  return { file: setpriv, args, filter: false, tied: true };
}

/** setpriv's share where there is no bwrap: the kernel ends the process with its parent, and exec gains no privileges. */
const DIE_WITH_GRADER = ['--no-new-privs', '--pdeathsig', 'KILL'];

function permissionsOnly(input: CommandInput): { file: string; args: string[] } {
  const { runtime, limits, tools, guestArgs, native } = input;
  const words = [
    ...(tools.setpriv ? [tools.setpriv, ...DIE_WITH_GRADER] : []),
    ...(tools.prlimit ? [tools.prlimit, ...kernelLimits(limits, native)] : []),
    ...[runtime.node, ...nodeFlags(limits, `${runtime.dir}/`, native), runtime.entry, ...guestArgs],
    ...(native ? [runtime.native!] : []),
  ];
  const [file = runtime.node, ...args] = words;
  return { file, args };
}

function kernelLimits(limits: Limits, native = false): string[] {
  const { addressSpaceBytes, cpuSeconds } = processLimits(limits, native);
  return [`--nofile=${OPEN_FILES}`, '--core=0', '--fsize=0', `--cpu=${cpuSeconds}`, `--as=${addressSpaceBytes}`];
}

/**
 * Node's permission model closes files, processes, workers, addons and the inspector; it leaves the network open, and sqlite
 * around it. tfjs-node is an addon: for it this one gate has to be open, so that a program that gets hold of Node's loader
 * may load what libraries it finds. It finds those of the runtime, because it has no place to put one of its own.
 */
function nodeFlags(limits: Limits, readable: string, native = false): string[] {
  const heap = `--max-old-space-size=${processLimits(limits).heapMb}`;
  const addons = native ? ['--allow-addons', '--disable-warning=SecurityWarning'] : [];
  return [heap, '--permission', `--allow-fs-read=${readable}`, '--no-experimental-sqlite', ...addons];
}
