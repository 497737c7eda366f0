import { describe, expect, it } from 'vitest';
import { ATTEMPTS } from './attempts.ts';
import { levelCommand, type CommandInput } from '../contain/level-command.ts';
import { holes, levelLabel, LEVELS, refuseLevel } from './levels.ts';
import type { RuntimeProcess } from '../contain/runtime-process.ts';
import { nodeProcess } from '../../runtimes/node/process.ts';
import type { Tried } from './probe.ts';

const tools = { bwrap: '/bin/bwrap', prlimit: '/bin/prlimit', unshare: '/bin/unshare', setpriv: '/bin/setpriv' };
const guest = {
  dir: '/cache/app',
  binary: '/usr/bin/node',
  entry: '/cache/app/guest.cjs',
  files: ['guest.cjs'],
  filter: '/cache/syscalls.bpf',
  libraries: ['/lib/libc.so.6'],
};
const limits = { callMs: 3000, submissionMs: 10_000, memoryMb: 700 };
const plain = nodeProcess({ backend: 'cpu', precision: 'single' });
const native = nodeProcess({ backend: 'node', precision: 'single' }, '/cache/native');
/** What another runtime would say of itself. */
const python: RuntimeProcess = {
  name: 'Python',
  at: '/python',
  flags: () => ['-S', '-s', '-P', '-B'],
  args: ['numpy'],
  mounts: [{ from: '/usr/lib/python3', at: '/python-lib' }],
  env: { PYTHONHASHSEED: '0' },
  addressMb: () => 2048,
};
const input: CommandInput = { guest, process: plain, limits, tools };

function words(level: (typeof LEVELS)[number], change: Partial<CommandInput> = {}): string {
  const command = levelCommand(level, { ...input, ...change });
  return 'missing' in command ? command.missing : [command.file, ...command.args].join(' ');
}

/** To the last word, in order: what is missing here is a hole there. */
const box = (closed: boolean, more = '') =>
  '/bin/bwrap --unshare-all --unshare-user --die-with-parent --new-session --clearenv --cap-drop ALL ' +
  `--uid 65534 --gid 65534 --hostname sandbox --seccomp 4 ${closed ? '--disable-userns ' : ''}` +
  '--ro-bind /usr/bin/node /node --ro-bind /bin/prlimit /prlimit --ro-bind /cache/app /app ' +
  `--ro-bind /lib/libc.so.6 /lib/libc.so.6 ${more}--dir /tmp --chdir /tmp --remount-ro / -- ` +
  '/prlimit --nproc=64 ';
const kernel = (address: number) => `--nofile=64 --core=0 --fsize=0 --cpu=30 --as=${address} `;
const flags = (folder: string) =>
  `--max-old-space-size=256 --min-semi-space-size=16 --permission --allow-fs-read=${folder} --no-experimental-sqlite `;
const addons = '--allow-addons --disable-warning=SecurityWarning ';
const unshare =
  '/bin/setpriv --no-new-privs --pdeathsig KILL /bin/unshare --user --map-current-user --net --pid --ipc --uts --fork --kill-child -- ';
const permissions = '/bin/setpriv --no-new-privs --pdeathsig KILL ';
const around =
  '--ro-bind /cache/native /native --ro-bind /cache/native/seed-bytes /dev/urandom --symlink /node /proc/self/exe ' +
  '--setenv TF_NUM_INTRAOP_THREADS 1 --setenv TF_NUM_INTEROP_THREADS 1 --setenv OMP_NUM_THREADS 1 ' +
  '--setenv TF_ENABLE_ONEDNN_OPTS 0 --setenv ONEDNN_MAX_CPU_ISA AVX2 --setenv TF_CPP_MIN_LOG_LEVEL 3 ';

describe('the command line', () => {
  const outside = `/bin/prlimit ${kernel(12_884_901_888)}/usr/bin/node ${flags('/cache/app/')}/cache/app/guest.cjs cpu single`;
  const inside = `${kernel(12_884_901_888)}/node ${flags('/app/')}/app/guest.cjs cpu single`;
  it.each([
    ['A', box(true) + inside],
    ['A-', box(false) + inside],
    ['C', unshare + outside],
    ['D', permissions + outside],
  ] as const)('of level %s is this, to the last word', (level, line) => {
    expect(words(level)).toBe(line);
  });

  const outsideNative = `/bin/prlimit ${kernel(15_032_385_536)}/usr/bin/node ${flags('/cache/app/')}${addons}/cache/app/guest.cjs node single /cache/native`;
  const insideNative = `${kernel(15_032_385_536)}/node ${flags('/app/')}${addons}/app/guest.cjs node single /native`;
  it.each([
    ['A', box(true, around) + insideNative],
    ['A-', box(false, around) + insideNative],
    ['C', unshare + outsideNative],
    ['D', permissions + outsideNative],
  ] as const)('of level %s opens the gate for addons to tfjs-node alone, with its libraries', (level, line) => {
    expect(words(level, { process: native })).toBe(line);
  });

  it('of level A closes the root after its last mount and has nothing that can be written to', () => {
    for (const process of [plain, native, python]) {
      const line = words('A', { process });
      expect(line.indexOf('--remount-ro /')).toBeGreaterThan(line.lastIndexOf('--ro-bind'));
      expect(line).not.toMatch(/ --(bind|tmpfs|proc|dev|dev-bind|share-net)/);
    }
  });

  it('of every level ends the program with the grader', () => {
    for (const level of LEVELS) expect(words(level)).toMatch(/--die-with-parent|--pdeathsig KILL/);
  });

  it('tells what the process needs that its words do not set', () => {
    const D = levelCommand('D', { ...input, process: native });
    expect(D).toMatchObject({ env: { TF_NUM_INTRAOP_THREADS: '1' }, besidesMb: 360 });
    const A = levelCommand('A', { ...input, process: native });
    expect(A).toMatchObject({ besidesMb: 360 });
    expect(A).not.toHaveProperty('env');
    for (const level of LEVELS) expect(levelCommand(level, input)).not.toHaveProperty('besidesMb');
  });

  it('is made of what a runtime says, whichever it is', () => {
    const change = { guest: { ...guest, binary: '/usr/bin/python3', entry: '/cache/app/guest.py' }, process: python };
    expect(words('A', change)).toBe(
      box(true, '--ro-bind /usr/lib/python3 /python-lib --setenv PYTHONHASHSEED 0 ').replace(
        '/usr/bin/node /node',
        '/usr/bin/python3 /python',
      ) + `${kernel(2 ** 31)}/python -S -s -P -B /app/guest.py numpy`,
    );
    expect(words('C', change)).toBe(
      `${unshare}/bin/prlimit ${kernel(2 ** 31)}/usr/bin/python3 -S -s -P -B /cache/app/guest.py numpy`,
    );
    expect(levelCommand('D', { ...input, ...change })).toMatchObject({ env: { PYTHONHASHSEED: '0' } });
    expect(words('A', { ...change, guest: { ...guest, libraries: [] } })).toBe(
      'the libraries of Python could not be listed (ldd)',
    );
  });

  it('names what is missing for it', () => {
    expect(words('A', { tools: { ...tools, bwrap: undefined } })).toMatch(/bubblewrap/);
    expect(words('A', { tools: { ...tools, prlimit: undefined } })).toMatch(/prlimit/);
    expect(words('A-', { guest: { ...guest, filter: undefined } })).toMatch(/system-call filter/);
    expect(words('A', { guest: { ...guest, libraries: [] } })).toBe('the libraries of Node could not be listed (ldd)');
    expect(words('C', { tools: {} })).toMatch(/unshare/);
    // The last resort runs on systems that have none of the tools.
    expect(words('D', { tools: {} })).toMatch(
      /^\/usr\/bin\/node --max-old-space-size=256 --min-semi-space-size=16 --permission/,
    );
  });
});

describe("Node's process", () => {
  it('loads tfjs-node in single precision only, and where it was staged for it', () => {
    expect(() => nodeProcess({ backend: 'node', precision: 'single' })).toThrow('not staged for tfjs-node');
    const double = nodeProcess({ backend: 'node', precision: 'double' }, '/cache/native');
    expect(words('A', { process: double })).not.toMatch(/native|TF_|addons/);
  });

  it('has limits that grow with what the assignment asks for and never fall below what it needs', () => {
    const small = { ...limits, memoryMb: 64 };
    expect([plain.flags(small, '/app/')[0], plain.addressMb(small)]).toEqual(['--max-old-space-size=256', 12_288]);
    const large = { ...limits, memoryMb: 6000, submissionMs: 60_000 };
    expect([plain.flags(large, '/app/')[0], plain.addressMb(large)]).toEqual(['--max-old-space-size=2160', 14_600]);
    expect(words('D', { limits: large })).toContain(`--cpu=130 --as=${14_600 * 2 ** 20} `);
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
