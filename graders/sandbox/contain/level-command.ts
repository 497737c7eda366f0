/** The command line that contains a student's process at each level. */
import { basename } from 'node:path';
import type { Limits } from '../../model/assignment.ts';
import type { SandboxLevel } from '../../model/guest.ts';
import type { StagedGuest } from '../stage/stage.ts';
import type { HostTools } from './host-tools.ts';
import { cpuSeconds, OPEN_FILES, THREADS } from './limits.ts';
import type { OutOfMemory, RuntimeProcess } from './runtime-process.ts';

/** The descriptor on which bwrap reads the system-call filter. 3 is the channel to the guest. */
export const FILTER_FD = 4;

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
  outOfMemory?: OutOfMemory;
  /** The command line of one of which copies can be made, each of which then closes itself, and how many. */
  original?: { args: readonly string[]; many: number };
}

export interface CommandInput {
  guest: StagedGuest;
  process: RuntimeProcess;
  limits: Limits;
  tools: HostTools;
}

/** The command line of a level, or the sentence that names what is missing for it. */
export function levelCommand(level: SandboxLevel, input: CommandInput): LevelCommand | { missing: string } {
  const command = commandOf(level, input);
  if ('missing' in command) return command;
  const { env, besidesMb, outOfMemory } = input.process;
  return {
    ...command,
    ...(!command.filter && env && { env }),
    ...(besidesMb !== undefined && { besidesMb }),
    ...(outOfMemory && { outOfMemory }),
  };
}

function commandOf(level: SandboxLevel, input: CommandInput): LevelCommand | { missing: string } {
  if (level === 'C') return unshared(input);
  if (level === 'D') return { ...limitsOnly(input), filter: false, tied: input.tools.setpriv !== undefined };
  const command = boxed(input, { closed: level === 'A' });
  const { copies } = input.process;
  if ('missing' in command || copies === undefined) return command;
  const process = { ...input.process, args: [...copies.args, ...input.process.args] };
  const original = boxed({ ...input, process }, { closed: false, copied: true });
  return 'missing' in original ? command : { ...command, original: { args: original.args, many: copies.many } };
}

/** `copied` is said of a process that makes copies of itself: what only they can have is left to them. */
function boxed(
  { guest, process: inside, limits, tools }: CommandInput,
  { closed, copied = false }: { closed: boolean; copied?: boolean },
): LevelCommand | { missing: string } {
  const { bwrap, prlimit } = tools;
  if (!bwrap) return { missing: 'bubblewrap (bwrap) is not installed' };
  if (!prlimit) return { missing: 'prlimit (of util-linux) is not installed' };
  if (!guest.filter) return { missing: `there is no system-call filter for the architecture ${process.arch}` };
  if (guest.libraries.length === 0) return { missing: `the libraries of ${inside.name} could not be listed (ldd)` };
  const { at, beside, mounts = [], links = [], env = {} } = inside;
  const args = [
    ...['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session', '--clearenv', '--cap-drop', 'ALL'],
    ...['--uid', '65534', '--gid', '65534', '--hostname', 'sandbox'],
    ...(copied ? [] : ['--seccomp', String(FILTER_FD)]),
    ...(closed ? ['--disable-userns'] : []),
    // No /proc and no /dev: what is not there cannot be attacked.
    ...['--ro-bind', guest.binary, at, '--ro-bind', prlimit, '/prlimit', '--ro-bind', guest.dir, '/app'],
    ...guest.libraries.flatMap((library) => ['--ro-bind', library, library]),
    ...[...(beside ? [beside] : []), ...mounts].flatMap((mount) => ['--ro-bind', mount.from, mount.at]),
    ...links.flatMap((link) => ['--symlink', link.to, link.at]),
    ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
    // The root is a tmpfs that a program could fill: it is closed after the last mount, and there is no writable folder at all.
    ...['--dir', '/tmp', '--chdir', '/tmp', '--remount-ro', '/', '--'],
    // Counted per user namespace when set inside, so that the user's other processes do not matter.
    ...['/prlimit', ...(copied ? [] : [`--nproc=${THREADS}`]), ...kernelLimits(limits, inside)],
    ...[at, ...inside.flags(limits, '/app/'), `/app/${basename(guest.entry)}`, ...inside.args],
    ...(beside ? [beside.at] : []),
  ];
  return { file: bwrap, args, filter: true, tied: true };
}

function unshared(input: CommandInput): LevelCommand | { missing: string } {
  const { unshare, setpriv } = input.tools;
  if (!unshare) return { missing: 'unshare (of util-linux) is not installed' };
  if (!setpriv) return { missing: 'setpriv (of util-linux) is not installed' };
  const namespaces = ['--user', '--map-current-user', '--net', '--pid', '--ipc', '--uts', '--fork', '--kill-child'];
  const inner = limitsOnly({ ...input, tools: { ...input.tools, setpriv: undefined } });
  const args = [...DIE_WITH_GRADER, unshare, ...namespaces, '--', inner.file, ...inner.args];
  return { file: setpriv, args, filter: false, tied: true };
}

/** setpriv's share where there is no bwrap: the kernel ends the process with its parent, and exec gains no privileges. */
const DIE_WITH_GRADER = ['--no-new-privs', '--pdeathsig', 'KILL'];

/** The kernel's limits, and what the runtime closes by its own flags. */
function limitsOnly({ guest, process: inside, limits, tools }: CommandInput): { file: string; args: string[] } {
  const words = [
    ...(tools.setpriv ? [tools.setpriv, ...DIE_WITH_GRADER] : []),
    ...(tools.prlimit ? [tools.prlimit, ...kernelLimits(limits, inside)] : []),
    ...[guest.binary, ...inside.flags(limits, `${guest.dir}/`), guest.entry, ...inside.args],
    ...(inside.beside ? [inside.beside.from] : []),
  ];
  const [file = guest.binary, ...args] = words;
  return { file, args };
}

const kernelLimits = (limits: Limits, inside: RuntimeProcess): string[] => [
  ...[`--nofile=${OPEN_FILES}`, '--core=0', '--fsize=0'],
  ...[`--cpu=${cpuSeconds(limits)}`, `--as=${inside.addressMb(limits) * 2 ** 20}`],
];
