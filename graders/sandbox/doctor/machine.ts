/** What the machine is like, as far as it matters for containing a program. */
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import { cacheFolder } from '../stage/cache-folder.ts';
import { leakedDescriptors, tooFewDescriptors } from '../contain/descriptors.ts';
import { allowedOf } from '../contain/own-limits.ts';
import { findTools, toolVersion, type HostTools } from '../contain/host-tools.ts';
import { BUILD_COMMAND, nativeWords } from '../../runtimes/node/native.ts';
import { groupInWords, ownGroup } from '../contain/own-group.ts';
import { ownIds } from '../contain/own-user.ts';
import { INSTALL_BWRAP } from '../contain/remedies.ts';
import { filterProgram } from '../contain/seccomp.ts';

export interface Fact {
  item: string;
  value: string;
  /** False when it keeps the machine from level A, or from grading at all. */
  ok: boolean;
  mend?: string;
}

/** Looks at everything that needs no sandbox. */
export async function machineFacts(): Promise<Fact[]> {
  const tools = findTools();
  return [
    nodeFact(),
    filterFact(),
    userFact(),
    await bwrapFact(tools.bwrap),
    utilLinuxFact(tools),
    namespacesFact(),
    { item: 'control groups', value: groupInWords(ownGroup()), ok: true },
    descriptorsFact(),
    await backendsFact(),
    await folderFact(),
    memoryFact(),
  ];
}

function nodeFact(): Fact {
  const ok = Number(process.versions.node.split('.')[0]) >= 24;
  const { node } = process.versions;
  return { item: 'Node', value: node, ok, mend: ok ? undefined : `install Node 24 or later: ${node} is too old` };
}

function filterFact(): Fact {
  const ok = process.platform === 'linux' && filterProgram(process.arch) !== undefined;
  const value = `${process.platform} ${process.arch}${ok ? '' : ', for which there is no system-call filter'}`;
  return {
    item: 'system',
    value,
    ok,
    mend: ok ? undefined : 'grade on Linux (x64 or arm64), or in a Linux virtual machine',
  };
}

function userFact(): Fact {
  const uid = process.geteuid?.();
  const { first, count } = ownIds;
  const value =
    uid === 0
      ? `root; each student's program runs as a user of its own, ${first} to ${first + count - 1}`
      : `user ${uid ?? 'unknown'}`;
  return { item: 'user', value, ok: true };
}

async function bwrapFact(bwrap: string | undefined): Promise<Fact> {
  const item = 'bubblewrap';
  if (!bwrap) return { item, value: 'not installed', ok: false, mend: INSTALL_BWRAP.mend };
  const setuid = (statSync(bwrap).mode & 0o4000) !== 0;
  const version = await toolVersion(bwrap);
  const value = `${bwrap}, ${version ?? 'does not run'}${setuid ? ', setuid root' : ''}`;
  return version === undefined
    ? { item, value, ok: false, mend: 'sudo apt-get install --reinstall -y bubblewrap' }
    : { item, value, ok: true };
}

function utilLinuxFact(tools: HostTools): Fact {
  const [there, missing] = [true, false].map((wanted) =>
    (['prlimit', 'setpriv', 'unshare'] as const).filter((tool) => (tools[tool] !== undefined) === wanted).join(', '),
  );
  const value = [there, missing && `without ${missing}`].filter(Boolean).join(', ');
  // Level A is made with prlimit alone; the others serve the levels below it.
  const ok = tools.prlimit !== undefined;
  return { item: 'util-linux', value, ok, mend: ok ? undefined : 'sudo apt-get install -y util-linux' };
}

/** The switches by which distributions forbid user namespaces; whether they work is for the levels to show. */
function namespacesFact(): Fact {
  const switches: [path: string, bad: string, mend: string][] = [
    [
      'kernel/apparmor_restrict_unprivileged_userns',
      '1',
      'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
    ],
    ['kernel/unprivileged_userns_clone', '0', 'sudo sysctl -w kernel.unprivileged_userns_clone=1'],
    ['user/max_user_namespaces', '0', 'sudo sysctl -w user.max_user_namespaces=15000'],
  ];
  const shut = switches.filter(([path, bad]) => sysctl(path) === bad);
  const value = shut.map(([path, bad]) => `${path.replace('/', '.')}=${bad}`).join(', ') || 'not restricted';
  return {
    item: 'user namespaces',
    value,
    ok: shut.length === 0,
    mend: shut.map(([, , mend]) => mend).join('; ') || undefined,
  };
}

function sysctl(path: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${path}`, 'latin1').trim();
  } catch {
    return undefined;
  }
}

function descriptorsFact(): Fact {
  const few = tooFewDescriptors();
  if (few) return { item: 'descriptors', value: few.because, ok: false, mend: few.mend };
  const leaked = leakedDescriptors();
  const value = leaked.length === 0 ? 'none inherited' : `${leaked.join(', ')} inherited; covered by /dev/null inside`;
  return { item: 'descriptors', value, ok: true };
}

async function backendsFact(): Promise<Fact> {
  const { resolve } = createRequire(import.meta.url);
  const has = (backend: string) => {
    try {
      return Boolean(resolve(`@tensorflow/tfjs-backend-${backend}`));
    } catch {
      return false;
    }
  };
  const present = ['wasm', 'cpu'].filter(has);
  // Wanting the folder is another fact's matter.
  const nodeWords = await nativeWords().catch(() => `node is not built (${BUILD_COMMAND})`);
  const ok = present.length === 2;
  return { item: 'backends', value: [...present, nodeWords].join(', '), ok, mend: ok ? undefined : 'npm install' };
}

async function folderFact(): Promise<Fact> {
  const item = 'folder';
  return cacheFolder().then(
    (value) => ({ item, value, ok: true }),
    (error: Error) => unusable(error),
  );
}

/** The fact of a folder that cannot be used, however late that shows. */
export const unusable = ({ message }: Error): Fact => ({ item: 'folder', value: message, ok: false });

/** Node and its WebAssembly set aside far more addresses than they use. */
function memoryFact(): Fact {
  const [free, total] = [process.availableMemory(), totalmem()].map(gigabytes);
  const addresses = allowedOf('Max address space');
  if (addresses < Infinity) {
    const value = `${free} of ${total} GB free, but this shell allows gradmark ${gigabytes(addresses)} GB of addresses (ulimit -v)`;
    return { item: 'memory', value, ok: false, mend: 'start gradmark where "ulimit -v" shows unlimited' };
  }
  const ok = process.availableMemory() > 2 ** 30;
  return { item: 'memory', value: `${free} of ${total} GB free`, ok, mend: ok ? undefined : 'use --jobs 1' };
}

const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
