/** The profile for containers allows what gradmark needs in one, and nothing that reaches the host. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../graders/package-root.ts';
import { ALLOWED, ARCHITECTURES } from '../graders/sandbox/contain/seccomp-calls.ts';

interface Profile {
  defaultAction: string;
  archMap: { architecture: string; subArchitectures: string[] }[];
  syscalls: { names: string[]; action: string; args?: { index: number; value: number; op: string }[] }[];
}
const read = (file: string) => readFileSync(join(packageRoot, 'docs', file), 'utf8');
const profile = JSON.parse(read('container-seccomp.json')) as Profile;
const allowed = profile.syscalls.filter(({ args }) => args === undefined).flatMap(({ names }) => names);

test('it refuses what it does not name, in every convention of the two architectures', () => {
  expect(profile.defaultAction).toBe('SCMP_ACT_ERRNO');
  expect(new Set(profile.syscalls.map(({ action }) => action))).toEqual(new Set(['SCMP_ACT_ALLOW']));
  expect(profile.archMap).toEqual([
    { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
    { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
  ]);
  expect(allowed.length).toBe(new Set(allowed).size);
});

test('it allows what bubblewrap makes a sandbox of, and whatever our own filter lets a program do', () => {
  const bubblewrap =
    'clone clone3 unshare setns mount umount2 pivot_root sethostname seccomp capset prctl setresuid fork';
  // By number of memory nodes: asked for by libraries, which do without.
  const without = ['get_mempolicy', 'set_mempolicy_home_node'];
  const needed = [...bubblewrap.split(' '), ...ALLOWED.filter((name) => !without.includes(name))];
  expect(needed.filter((name) => !allowed.includes(name))).toEqual([]);
  for (const name of ['socket', 'socketpair', 'connect', 'bind', 'listen', 'accept4'])
    expect(profile.syscalls.some(({ names }) => names.includes(name))).toBe(true);
});

test('it refuses what belongs to the host or to other processes', () => {
  const host =
    'acct add_key bpf chroot clock_settime delete_module fanotify_init finit_module fsconfig fsmount fsopen fspick init_module ' +
    'io_uring_setup ioperm iopl kcmp kexec_file_load kexec_load keyctl lookup_dcookie mount_setattr move_mount open_by_handle_at ' +
    'open_tree perf_event_open pidfd_getfd process_vm_readv process_vm_writev ptrace quotactl reboot request_key setdomainname ' +
    'settimeofday swapoff swapon syslog userfaultfd vhangup';
  expect(host.split(' ').filter((name) => allowed.includes(name))).toEqual([]);
  const socket = profile.syscalls.find(({ names }) => names.includes('socket'))!;
  expect(socket.args).toEqual([{ index: 0, value: 40, op: 'SCMP_CMP_NE' }]);
});

test('every call that it names exists', () => {
  // Node starts on numbers that our tables do not hold; those they hold are spelt as they spell them.
  const known = new Set(Object.values(ARCHITECTURES).flatMap(({ calls }) => [...calls.keys()]));
  expect(allowed.filter((name) => known.has(name)).length).toBeGreaterThan(200);
  expect(allowed.filter((name) => !/^[a-z][a-z0-9_]+$/.test(name))).toEqual([]);
});

test('the page about containers names each file and option as it is', () => {
  const page = read('containers.md');
  for (const part of [
    '--security-opt seccomp=docs/container-seccomp.json',
    '--contained-by container',
    '"containedBy"',
  ])
    expect(page).toContain(part);
});
