/** The level for one's own work: proven once for a machine as it runs now, and known to later processes of this program. */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { release } from 'node:os';
import type { SandboxLevel } from '../../model/guest.ts';
import { forget, keep, known } from '../../remembered.ts';
import { fileIdentity, findTools } from '../contain/host-tools.ts';
import { bestLevel, LEVELS } from './levels.ts';

interface OwnLevel {
  level: SandboxLevel;
  /** Proves it anew the next time; for when a sandbox did not behave. */
  distrust(): void;
}

/** For work of one's own only: whoever grades others' has the level proven by every process. */
export async function levelForOwnWork(): Promise<OwnLevel> {
  const of = machineAsItRuns();
  if (of === undefined) return { level: await bestLevel(), distrust: () => undefined };
  const found = known(of);
  const level = LEVELS.find((name) => name === found) ?? (await bestLevel());
  if (level !== found) keep(of, level);
  return { level, distrust: () => forget(of) };
}

/** Everything known to decide what a sandbox can do here, and until when: undefined where the machine does not tell its start. */
function machineAsItRuns(): string | undefined {
  const boot = read('/proc/sys/kernel/random/boot_id');
  if (boot === undefined) return undefined;
  const rules = ['kernel/unprivileged_userns_clone', 'kernel/apparmor_restrict_unprivileged_userns'];
  const spaces = ['user/max_user_namespaces', 'user/max_pid_namespaces', 'user/max_net_namespaces'];
  const rights = (read('/proc/self/status') ?? '')
    .split('\n')
    .filter((line) => /^(Uid|Gid|Cap|NoNew|Seccomp)/.test(line));
  const binaries = [process.execPath, ...Object.values(findTools())];
  const facts = [
    ...[boot, release(), process.version],
    ...[...rules, ...spaces].map((name) => read(`/proc/sys/${name}`)),
    ...['user', 'mnt', 'pid', 'net'].map((name) => link(`/proc/self/ns/${name}`)),
    ...[read('/proc/self/attr/current'), read('/proc/self/uid_map'), ...rights],
    ...binaries.map((path) => [path, ...fileIdentity(path)]),
  ];
  return `level ${createHash('sha256').update(JSON.stringify(facts)).digest('hex')}`;
}

const read = (path: string) => orNothing(() => readFileSync(path, 'utf8'));
const link = (path: string) => orNothing(() => readlinkSync(path));

function orNothing<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
