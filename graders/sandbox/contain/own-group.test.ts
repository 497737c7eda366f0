import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { programGroup } from './group-limits.ts';
import { THREADS } from './limits.ts';
import { groupInWords, ownGroup } from './own-group.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** A machine as files: process 30 is the grader, started by 20, started by 1; 99 is somebody else. */
function machine({ name = '/user/scope', limits = 'cpu memory pids', procs = '30\n20\n', version2 = true } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'gradmark-groups-'));
  made.push(root);
  const [groups, proc] = [join(root, 'cgroup'), join(root, 'proc')];
  const folder = join(groups, name);
  mkdirSync(folder, { recursive: true });
  for (const [pid, parent] of [
    ['30', '20'],
    ['20', '1'],
    ['1', '0'],
    ['99', '1'],
  ]) {
    // prettier-ignore
    mkdirSync(join(proc, pid!), { recursive: true });
    writeFileSync(join(proc, pid!, 'stat'), `${pid} (a (name) of it) S ${parent} 0 0`);
  }
  mkdirSync(join(proc, 'self'));
  writeFileSync(join(proc, 'self', 'cgroup'), version2 ? `0::${name}\n` : '4:memory:/x\n1:cpu:/y\n');
  if (version2) writeFileSync(join(groups, 'cgroup.controllers'), 'cpuset cpu io memory pids\n');
  writeFileSync(join(folder, 'cgroup.controllers'), `${limits}\n`);
  writeFileSync(join(folder, 'cgroup.procs'), procs);
  writeFileSync(join(folder, 'cgroup.subtree_control'), '');
  const text = (path: string) => readFileSync(join(folder, path), 'utf8');
  return { kernel: { groups, proc, pid: 30 }, folder, text };
}

describe('a delegated group', () => {
  it('is left by the grader and by those that started it, and may then limit what is made in it', () => {
    const { kernel, folder, text } = machine();
    expect(ownGroup(kernel)).toEqual({ folder, limits: ['memory', 'pids', 'cpu'] });
    expect(text('gradmark-grader/cgroup.procs')).toBe('30\n20\n');
    expect(text('cgroup.subtree_control')).toBe('+memory +pids +cpu');
    expect(groupInWords(ownGroup(kernel))).toBe(
      'version 2, delegated: the kernel limits memory, pids, cpu of every program',
    );
  });

  it('is found again by a grader that has moved already', () => {
    const { kernel, folder } = machine({ procs: '' });
    writeFileSync(join(kernel.proc, 'self', 'cgroup'), '0::/user/scope/gradmark-grader\n');
    expect(ownGroup(kernel)).toMatchObject({ folder });
  });

  it('limits what it may, and no more', () => {
    const { kernel, text } = machine({ limits: 'io pids' });
    expect(ownGroup(kernel)).toMatchObject({ limits: ['pids'] });
    expect(text('cgroup.subtree_control')).toBe('+pids');
  });
});

describe('without a delegated group', () => {
  const words = (given: Parameters<typeof machine>[0]) => groupInWords(ownGroup(machine(given).kernel));

  it('the reason is said, and what is there instead', () => {
    expect(words({ version2: false })).toBe(
      'no control groups of version 2: memory and time are watched from outside instead',
    );
    expect(words({ limits: 'io' })).toMatch(/may limit nothing: memory and time are watched from outside instead$/);
  });

  it("programs of others in the grader's group are not moved", () => {
    const { kernel, text } = machine({ procs: '30\n99\n' });
    expect(groupInWords(ownGroup(kernel))).toMatch(/other programs run in the grader's group \("systemd-run --user/);
    expect(text('cgroup.subtree_control')).toBe('');
    expect(() => text('gradmark-grader/cgroup.procs')).toThrow();
  });

  it.skipIf(process.geteuid?.() === 0)('a group that this user may not write to is none', () => {
    const { kernel, folder } = machine();
    chmodSync(join(folder, 'cgroup.procs'), 0o400);
    expect(groupInWords(ownGroup(kernel))).toMatch(/not delegated to this user/);
  });

  it('no program gets a group', () => {
    expect(programGroup({ says: 'none' }, 41, 100)).toBeUndefined();
  });
});

describe('the group of a program', () => {
  /** Of a shell that has started another program. */
  async function grouped(limits: string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'gradmark-groups-'));
    made.push(folder);
    const shell = spawn('/bin/sh', ['-c', '/bin/sleep 60 & echo $!; wait'], { detached: true });
    started.push(shell.pid!);
    const [line] = (await once(shell.stdout, 'data')) as [Buffer];
    const name = `gradmark-${process.pid}-${shell.pid}`;
    const program = programGroup({ folder, limits }, shell.pid!, 600)!;
    const text = (file: string) => readFileSync(join(folder, name, file), 'utf8');
    return { program, folder, name, text, pids: [shell.pid!, Number(line)] };
  }
  const started: number[] = [];
  afterEach(() => started.splice(0).forEach((pid) => process.kill(-pid, 'SIGKILL')));

  it('holds all of it, under limits a little wider than those that are watched', async () => {
    const { program, text, pids } = await grouped(['memory', 'pids', 'cpu']);
    expect(text('cgroup.procs')).toBe(`${pids.join('\n')}\n`);
    expect(text('memory.max')).toBe(String(664 * 2 ** 20));
    expect([text('memory.swap.max'), text('memory.oom.group')]).toEqual(['0', '1']);
    expect(text('pids.max')).toBe(String(THREADS + 8));
    expect(text('cpu.max')).toBe('200000 100000');
    program.end();
    expect(text('cgroup.kill')).toBe('1');
  });

  it('has no file of a limit that is not delegated', async () => {
    const { text } = await grouped(['pids']);
    expect(() => text('memory.max')).toThrow();
    expect(() => text('cpu.max')).toThrow();
  });

  it('tells whether the kernel ran out of its memory', async () => {
    const { program, folder, name } = await grouped(['memory']);
    const events = (count: number) =>
      writeFileSync(join(folder, name, 'memory.events'), `max 12\noom 1\noom_kill ${count}\noom_group_kill 3\n`);
    expect(program.ranOutOfMemory()).toBe(false);
    events(0);
    expect(program.ranOutOfMemory()).toBe(false);
    events(10);
    expect(program.ranOutOfMemory()).toBe(true);
  });

  it('is not made twice of one process', async () => {
    const { folder, pids } = await grouped(['pids']);
    expect(programGroup({ folder, limits: ['pids'] }, pids[0]!, 600)).toBeUndefined();
  });
});
