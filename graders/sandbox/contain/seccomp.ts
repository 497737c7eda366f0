/**
 * The system-call filter of a student's process, assembled as classic BPF for `seccomp(2)`: no compiler and no libseccomp.
 * Everything that is not named as needed is refused; calls that would reach outside the process are refused by name.
 */
import { ALLOWED, ARCHITECTURES, DENIED, type Architecture } from './seccomp-calls.ts';

/** One `struct sock_filter`: operation, jumps relative to the next instruction, operand. */
export interface Instruction {
  code: number;
  jt: number;
  jf: number;
  k: number;
}

// Operations of <linux/bpf_common.h>.
export const LOAD_WORD = 0x20;
export const JUMP_IF_EQUAL = 0x15;
export const JUMP_IF_AT_LEAST = 0x35;
export const JUMP_IF_ANY_BIT = 0x45;
export const RETURN = 0x06;

// Answers of <linux/seccomp.h>; the low half of ERRNO is the error number.
export const KILL_PROCESS = 0x80000000;
export const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
export const EPERM = ERRNO | 1;
export const ENOSYS = ERRNO | 38;

// Offsets in `struct seccomp_data`. Arguments are 64 bits wide; both architectures are little-endian, so the low half comes first.
const NUMBER = 0;
const ARCH = 4;
const lowHalf = (argument: number) => 16 + 8 * argument;

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET: a namespace of one's own is a way to new privileges. */
const CLONE_NEW = 0x7e020000;
const CLONE_THREAD = 0x00010000;
/** TIOCSTI, TIOCLINUX, TIOCSETD: type into, or change, the terminal of whoever started the grader. */
const TERMINAL_TRICKS = [0x5412, 0x541c, 0x5423];
/** PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_SET_VMA: what Node's start and thread names use. */
const PRCTL_NEEDED = [3, 15, 16, 0x53564d41];
/** PR_SET_SECCOMP: for a guest that closes itself further, see `closingBytes`. Another filter can only take away. */
const PRCTL_FILTER = 22;
/** F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW, F_SETLEASE, F_NOTIFY: locks on shared read-only files are a channel between sandboxes. */
const FCNTL_LOCKS = [6, 7, 37, 38, 1024, 1026];

const load = (k: number): Instruction => ({ code: LOAD_WORD, jt: 0, jf: 0, k });
const answer = (k: number): Instruction => ({ code: RETURN, jt: 0, jf: 0, k });
/** `if (A == k) return value`, else go on. */
const when = (k: number, value: number) => [{ code: JUMP_IF_EQUAL, jt: 0, jf: 1, k }, answer(value)];
/** `if (A == call) { …body }`; every body ends in an answer, because it overwrites the call number in A. */
const onCall = (call: number, body: Instruction[]) => [
  { code: JUMP_IF_EQUAL, jt: 0, jf: body.length, k: call },
  ...body,
];

/**
 * The filter for an architecture as `process.arch` names it; undefined where no table of call numbers exists. `closesItself` is
 * said of a guest that puts a second filter over itself.
 */
export function filterProgram(arch: string, closesItself = false): Instruction[] | undefined {
  const table = ARCHITECTURES[arch];
  return table && assemble(table, closesItself ? [...PRCTL_NEEDED, PRCTL_FILTER] : PRCTL_NEEDED);
}

/** The same as bytes in the layout that `bwrap --seccomp` reads. */
export function filterBytes(arch: string, closesItself = false): Buffer | undefined {
  const program = filterProgram(arch, closesItself);
  return program && bytesOf(program);
}

/** What a guest whose runtime has no permissions of its own refuses itself once it is ready: new programs, signals, limits, filters. */
const CLOSED = ['execve', 'kill', 'tkill', 'tgkill', 'rt_sigqueueinfo', 'prctl'];

/** The second filter, which a guest installs before any code of a student's runs; everything else is the first one's to say. */
export function closingProgram(arch: string): Instruction[] | undefined {
  const table = ARCHITECTURES[arch];
  if (table === undefined) return undefined;
  const number = (name: string) => numberOf(table.calls, name);
  const unlessZero = (skip: number): Instruction => ({ code: JUMP_IF_EQUAL, jt: 0, jf: skip, k: 0 });
  return [
    load(NUMBER),
    ...CLOSED.flatMap((name) => when(number(name), EPERM)),
    // Asking for a limit is needed by libc; setting one is not.
    ...onCall(number('prlimit64'), [
      ...[load(lowHalf(2)), unlessZero(3)],
      ...[load(lowHalf(2) + 4), unlessZero(1), answer(ALLOW)],
      answer(EPERM),
    ]),
    answer(ALLOW),
  ];
}

/** The same as bytes in the layout that `prctl(PR_SET_SECCOMP)` reads. */
export function closingBytes(arch: string): Buffer | undefined {
  const program = closingProgram(arch);
  return program && bytesOf(program);
}

function bytesOf(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(({ code, jt, jf, k }, i) => {
    bytes.writeUInt16LE(code, i * 8);
    bytes.writeUInt8(jt, i * 8 + 2);
    bytes.writeUInt8(jf, i * 8 + 3);
    bytes.writeUInt32LE(k >>> 0, i * 8 + 4);
  });
  return bytes;
}

function assemble({ audit, calls, foreignFrom }: Architecture, prctls: readonly number[]): Instruction[] {
  const special = (name: string, body: Instruction[]) => onCall(numberOf(calls, name), body);
  const list = (names: readonly string[], value: number) =>
    names.flatMap((name) => (calls.has(name) ? when(numberOf(calls, name), value) : []));
  return [
    load(ARCH),
    // A call made in another architecture's convention (32-bit on x64) has other numbers: nothing below would mean anything.
    { code: JUMP_IF_EQUAL, jt: 1, jf: 0, k: audit },
    answer(KILL_PROCESS),
    load(NUMBER),
    ...(foreignFrom === undefined
      ? []
      : [{ code: JUMP_IF_AT_LEAST, jt: 0, jf: 1, k: foreignFrom }, answer(KILL_PROCESS)]),
    // Threads yes, processes and namespaces no.
    ...special('clone', [
      load(lowHalf(0)),
      { code: JUMP_IF_ANY_BIT, jt: 0, jf: 1, k: CLONE_NEW },
      answer(EPERM),
      { code: JUMP_IF_ANY_BIT, jt: 0, jf: 1, k: CLONE_THREAD },
      answer(ALLOW),
      answer(EPERM),
    ]),
    // clone3's flags lie behind a pointer that a filter cannot follow; ENOSYS makes libc fall back to clone.
    ...special('clone3', [answer(ENOSYS)]),
    ...special('ioctl', [load(lowHalf(1)), ...TERMINAL_TRICKS.flatMap((k) => when(k, EPERM)), answer(ALLOW)]),
    ...special('prctl', [load(lowHalf(0)), ...prctls.flatMap((k) => when(k, ALLOW)), answer(EPERM)]),
    ...special('fcntl', [load(lowHalf(1)), ...FCNTL_LOCKS.flatMap((k) => when(k, EPERM)), answer(ALLOW)]),
    ...list(DENIED, EPERM),
    ...list(ALLOWED, ALLOW),
    answer(ENOSYS),
  ];
}

function numberOf(calls: ReadonlyMap<string, number>, name: string): number {
  const number = calls.get(name);
  if (number === undefined) throw new Error(`seccomp: no number for the system call ${name} on this architecture.`);
  return number;
}
