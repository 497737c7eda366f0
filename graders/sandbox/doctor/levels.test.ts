import { describe, expect, it } from 'vitest';
import { ATTEMPTS } from './attempts.ts';
import { levelCommand, type CommandInput } from '../contain/level-command.ts';
import { bestLevel, holes, levelLabel, LEVELS, refuseLevel } from './levels.ts';
import { processLimits } from '../contain/limits.ts';
import type { Tried } from './probe.ts';

const tools = { bwrap: '/bin/bwrap', prlimit: '/bin/prlimit', unshare: '/bin/unshare', setpriv: '/bin/setpriv' };
const runtime = {
  dir: '/cache/app',
  node: '/usr/bin/node',
  entry: '/cache/app/guest.cjs',
  files: ['guest.cjs'],
  filter: '/cache/syscalls.bpf',
  libraries: ['/lib/libc.so.6'],
};
const limits = { callMs: 3000, submissionMs: 10_000, memoryMb: 700 };
const input: CommandInput = { runtime, limits, tools, guestArgs: ['cpu'] };

function words(level: (typeof LEVELS)[number], change: Partial<CommandInput> = {}): string {
  const command = levelCommand(level, { ...input, ...change });
  return 'missing' in command ? command.missing : [command.file, ...command.args].join(' ');
}

describe('the command line', () => {
  it('of level A closes the root after its last mount and has nothing that can be written to', () => {
    const line = words('A');
    expect(line.indexOf('--remount-ro /')).toBeGreaterThan(line.lastIndexOf('--ro-bind'));
    for (const word of ['--unshare-all', '--clearenv', '--cap-drop ALL', '--new-session']) expect(line).toContain(word);
    expect(line).not.toMatch(/ --(bind|tmpfs|proc|dev|dev-bind|share-net)/);
    expect(line).toMatch(
      /--disable-userns.* -- \/prlimit --nproc=64 .*\/node .*--permission --allow-fs-read=\/app\/ .*\/app\/guest.cjs cpu$/,
    );
  });

  it('of level A- differs by further user namespaces alone', () => {
    expect(words('A-')).toBe(words('A').replace(' --disable-userns', ''));
  });

  it('of every level ends the program with the grader, limits it and keeps the permissions of Node', () => {
    for (const level of LEVELS) {
      expect(words(level)).toMatch(/--die-with-parent|--pdeathsig KILL/);
      expect(words(level)).toMatch(/--nofile=64 --core=0 --fsize=0 --cpu=30 --as=12884901888/);
      expect(words(level)).toMatch(/--max-old-space-size=256 --permission .*--no-experimental-sqlite/);
      expect(words(level)).not.toMatch(/--allow-(fs-write|child-process|worker|addons|wasi)/);
    }
  });

  it('opens the gate for addons, with the libraries and one thread each, to tfjs-node alone', () => {
    const native = { native: true, runtime: { ...runtime, native: '/cache/native' } };
    const line = words('A', native);
    expect(line).toContain('--ro-bind /cache/native /native');
    expect(line).toContain('--setenv TF_NUM_INTRAOP_THREADS 1');
    expect(line).toMatch(/--permission --allow-fs-read=\/app\/ .*--allow-addons .*\/app\/guest.cjs cpu \/native$/);
    expect(line.indexOf('--remount-ro /')).toBeGreaterThan(line.lastIndexOf('--ro-bind'));
    expect(line).not.toMatch(/--allow-(fs-write|child-process|worker|wasi)/);
    expect(levelCommand('D', { ...input, ...native })).toMatchObject({ env: { TF_NUM_INTRAOP_THREADS: '1' } });
    for (const level of LEVELS) {
      expect(words(level)).not.toMatch(/native|TF_/);
      expect(words(level, { native: true })).toBe('it was not staged for tfjs-node');
    }
  });

  it('names what is missing for it', () => {
    expect(words('A', { tools: { ...tools, bwrap: undefined } })).toMatch(/bubblewrap/);
    expect(words('A', { tools: { ...tools, prlimit: undefined } })).toMatch(/prlimit/);
    expect(words('A-', { runtime: { ...runtime, filter: undefined } })).toMatch(/system-call filter/);
    expect(words('C', { tools: {} })).toMatch(/unshare/);
    // The last resort runs on systems that have none of the tools.
    expect(words('D', { tools: {} })).toMatch(/^\/usr\/bin\/node --max-old-space-size=256 --permission/);
  });
});

describe('the policy', () => {
  it('grades at A and A-, and below only when told to', () => {
    expect(LEVELS.map((level) => refuseLevel(level, false) === undefined)).toEqual([true, true, false, false]);
    expect(LEVELS.map((level) => refuseLevel(level, true))).toEqual([undefined, undefined, undefined, undefined]);
    expect(refuseLevel('D', false)).toMatch(/UNSAFE.*gradmark doctor.*--allow-unsafe/);
  });

  it('tells readers which levels isolate', () => {
    expect(LEVELS.map(levelLabel)).toEqual(['isolated', 'isolated', 'partial', 'UNSAFE: run only code you trust']);
  });

  it('counts an attempt without an answer as a hole', () => {
    const stopped = new Map<string, Tried>(ATTEMPTS.map(({ id }) => [id, { open: false, said: 'EPERM' }]));
    expect(holes('A', stopped)).toEqual([]);
    stopped.delete('tcp');
    expect(holes('A', stopped)).toEqual(['tcp']);
    expect(holes('D', stopped)).toEqual([]);
    stopped.set('read-passwd', { open: true, said: '' });
    expect([holes('A', stopped), holes('D', stopped)]).toEqual([['read-passwd', 'tcp'], ['read-passwd']]);
  });
});

it('limits grow with what the assignment asks for and never fall below what Node needs', () => {
  expect(processLimits({ ...limits, memoryMb: 64 })).toEqual({
    heapMb: 256,
    addressSpaceBytes: 12_288 * 2 ** 20,
    cpuSeconds: 30,
  });
  const large = processLimits({ ...limits, memoryMb: 6000, submissionMs: 60_000 });
  expect(large.heapMb).toBe(2160);
  expect(large.addressSpaceBytes / 2 ** 20).toBe(14_600);
  expect(large.cpuSeconds).toBe(130);
});

it('this machine isolates, and says so without being asked twice', async () => {
  expect(['A', 'A-']).toContain(await bestLevel());
  expect(bestLevel()).toBe(bestLevel());
});
