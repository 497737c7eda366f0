/** Everything known to decide what a sandbox can do on this machine, and until when: what was proven holds as long as it is the same. */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { release } from 'node:os';
import { fileIdentity, findTools } from '../contain/host-tools.ts';

/** A digest of all that; undefined where the machine does not tell its start. */
export function machineAsItRuns(): string | undefined {
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
    ...['attr/current', 'uid_map', 'limits'].map((name) => read(`/proc/self/${name}`)),
    ...rights,
    ...binaries.map((path) => [path, ...fileIdentity(path)]),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
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
