import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTools } from './host-tools.ts';
import { ALLOWED, ARCHITECTURES, DENIED } from './seccomp-calls.ts';
import * as bpf from './seccomp.ts';

const X64 = 0xc000003e;

/** What the kernel's interpreter does with the few operations that the filter uses. */
function answerOf(program: bpf.Instruction[], { nr = 0, arch = X64, args = [] as number[] }): number {
  const data = Buffer.alloc(64);
  data.writeInt32LE(nr, 0);
  data.writeUInt32LE(arch, 4);
  args.forEach((arg, i) => data.writeBigUInt64LE(BigInt.asUintN(64, BigInt(arg)), 16 + 8 * i));
  let a = 0;
  for (let pc = 0; pc < program.length; pc++) {
    const { code, jt, jf, k } = program[pc]!;
    if (code === bpf.LOAD_WORD) a = data.readUInt32LE(k);
    else if (code === bpf.RETURN) return k;
    else if (code === bpf.JUMP_IF_EQUAL) pc += a === k ? jt : jf;
    else if (code === bpf.JUMP_IF_AT_LEAST) pc += a >= k ? jt : jf;
    else if (code === bpf.JUMP_IF_ANY_BIT) pc += (a & k) !== 0 ? jt : jf;
    else throw new Error(`unknown operation ${code}`);
  }
  throw new Error('the program ran off its end');
}

describe.each(['x64', 'arm64'])('the filter for %s', (arch) => {
  const program = bpf.filterProgram(arch)!;
  const { audit, calls } = ARCHITECTURES[arch]!;
  const ask = (name: string, ...args: number[]) => answerOf(program, { nr: calls.get(name)!, arch: audit, args });

  it('fits the kernel and jumps only forward inside the program', () => {
    expect(program.length).toBeLessThan(4096);
    program.forEach(({ jt, jf, code, k }, i) => {
      expect(Math.max(jt, jf)).toBeLessThan(256);
      if (code !== bpf.RETURN) expect(i + 1 + Math.max(jt, jf)).toBeLessThan(program.length);
      if (code === bpf.LOAD_WORD) expect(k % 4).toBe(0);
    });
  });

  it('allows every call that is needed and refuses every call that is named', () => {
    for (const name of ALLOWED.filter((name) => calls.has(name))) expect([name, ask(name)]).toEqual([name, bpf.ALLOW]);
    for (const name of DENIED.filter((name) => calls.has(name))) expect([name, ask(name)]).toEqual([name, bpf.EPERM]);
    expect(ALLOWED.filter((name) => DENIED.includes(name))).toEqual([]);
  });

  it('answers ENOSYS to whatever is in no list', () => {
    for (const name of [
      'io_uring_setup',
      'bpf',
      'userfaultfd',
      'keyctl',
      'add_key',
      'perf_event_open',
      'fsopen',
      'memfd_secret',
    ])
      expect([name, ask(name)]).toEqual([name, bpf.ENOSYS]);
    expect(answerOf(program, { nr: 9999, arch: audit })).toBe(bpf.ENOSYS);
  });

  it('lets threads start but neither processes nor namespaces', () => {
    const thread = 0x3d0f00;
    expect(ask('clone', thread)).toBe(bpf.ALLOW);
    expect(ask('clone', 17)).toBe(bpf.EPERM);
    for (const space of [0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000])
      expect(ask('clone', thread | space)).toBe(bpf.EPERM);
    expect(ask('clone3')).toBe(bpf.ENOSYS);
  });

  it('refuses terminal injection even with the high half of the argument set', () => {
    expect(ask('ioctl', 1, 0x5401)).toBe(bpf.ALLOW);
    expect(ask('ioctl', 1, 0x5412)).toBe(bpf.EPERM);
    expect(ask('ioctl', 1, 0x1_0000_5412)).toBe(bpf.EPERM);
  });

  it('leaves prctl its thread names and fcntl everything but locks', () => {
    expect([ask('prctl', 15), ask('prctl', 0x53564d41)]).toEqual([bpf.ALLOW, bpf.ALLOW]);
    expect([ask('prctl', 4), ask('prctl', 22), ask('prctl', 38)]).toEqual([bpf.EPERM, bpf.EPERM, bpf.EPERM]);
    expect([ask('fcntl', 0, 4), ask('fcntl', 0, 6), ask('fcntl', 0, 37)]).toEqual([bpf.ALLOW, bpf.EPERM, bpf.EPERM]);
  });

  it("kills a process that speaks another architecture's convention", () => {
    expect(answerOf(program, { nr: 20, arch: 0x40000003 })).toBe(bpf.KILL_PROCESS);
    expect(answerOf(program, { nr: 0, arch: arch === 'x64' ? 0xc00000b7 : X64 })).toBe(bpf.KILL_PROCESS);
  });
});

it('x32 numbers are killed on x64', () => {
  expect(answerOf(bpf.filterProgram('x64')!, { nr: 0x40000000 })).toBe(bpf.KILL_PROCESS);
});

it('an architecture without a table of numbers has no filter', () => {
  expect(bpf.filterBytes('riscv64')).toBeUndefined();
});

// ---- For real: a program that is not Node, under the filter alone ---------------------------------------------------

const { bwrap } = findTools();
const here = ARCHITECTURES[process.arch];

/** Runs a command in bwrap with everything readable and no namespace but the user's, so that only the filter can refuse. */
function underFilter(command: string[], filtered = true) {
  const folder = mkdtempSync(join(tmpdir(), 'filter-'));
  const file = join(folder, 'filter');
  writeFileSync(file, bpf.filterBytes(process.arch)!);
  const fd = openSync(file, 'r');
  try {
    const args = ['--dev-bind', '/', '/', ...(filtered ? ['--seccomp', '3'] : []), '--', ...command];
    return spawnSync(bwrap!, args, { stdio: ['ignore', 'pipe', 'pipe', filtered ? fd : 'ignore'], encoding: 'utf8' });
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(process.platform !== 'linux' || !bwrap || !here)('the filter in the kernel', () => {
  const probes: [call: string, ...args: number[]][] = [
    ['socket', 2, 1, 0],
    ['socket', 40, 1, 0], // AF_VSOCK: the hypervisor, which no network namespace hides
    ['ptrace', 0, 0, 0, 0],
    ['unshare', 0x10000000],
    ['clone', 0x10000011, 0, 0, 0, 0],
    ['mount', 0, 0, 0, 0, 0],
    ['memfd_create', 0, 0],
    ['setsid'],
    ['pidfd_open', 1, 0],
    ['ioctl', 0, 0x5412, 0],
    ['prctl', 38, 1, 0, 0, 0],
    ['keyctl', 0, -3, 0],
    ['io_uring_setup', 1, 0],
    ['bpf', 0, 0, 0],
    ['clone3', 0, 0],
    ['getpid'],
  ];

  it('refuses the raw calls that it names, and only those', () => {
    const lines = probes.map(
      ([name, ...args]) => `$! = 0; syscall(${[here!.calls.get(name), ...args].join(',')}); print $!+0, " ";`,
    );
    const { stdout, stderr } = underFilter(['perl', '-e', lines.join('\n')]);
    const errors = stdout.trim().split(' ').map(Number);
    const expected = probes.map(([name]) => (name === 'getpid' ? 0 : /keyctl|io_uring|bpf|clone3/.test(name) ? 38 : 1));
    expect({ stderr, got: probes.map(([name], i) => `${name} ${errors[i]}`) }).toEqual({
      stderr: '',
      got: probes.map(([name], i) => `${name} ${expected[i]}`),
    });
  });

  it.skipIf(process.arch !== 'x64')('kills a program that enters the kernel through the 32-bit gate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gate-'));
    try {
      const program = join(folder, 'gate');
      writeFileSync(program, gateProgram(), { mode: 0o755 });
      const free = underFilter([program], false);
      expect(free.status).toBe(7);
      // bwrap reports a death by SIGSYS (31) as 128 + 31.
      expect(underFilter([program]).status).toBe(159);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A whole ELF program: getpid by `int 0x80` (number 20 there), then exit(7) by `syscall`. */
function gateProgram(): Buffer {
  const code = Buffer.from('b814000000cd80bf07000000b83c0000000f05', 'hex');
  const elf = Buffer.alloc(120);
  elf.write('7f454c46020101', 0, 'hex');
  elf.writeUInt16LE(2, 16); // ET_EXEC
  elf.writeUInt16LE(62, 18); // EM_X86_64
  elf.writeUInt32LE(1, 20);
  elf.writeBigUInt64LE(0x400078n, 24); // entry, behind the headers
  elf.writeBigUInt64LE(64n, 32); // program headers
  elf.writeUInt16LE(64, 52);
  elf.writeUInt16LE(56, 54);
  elf.writeUInt16LE(1, 56);
  elf.writeUInt32LE(1, 64); // PT_LOAD
  elf.writeUInt32LE(5, 68); // readable, executable
  elf.writeBigUInt64LE(0x400000n, 80);
  elf.writeBigUInt64LE(0x400000n, 88);
  elf.writeBigUInt64LE(BigInt(120 + code.length), 96);
  elf.writeBigUInt64LE(BigInt(120 + code.length), 104);
  elf.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([elf, code]);
}
