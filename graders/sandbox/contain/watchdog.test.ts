import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { findTools, librariesOf, parseLdd } from './host-tools.ts';
import { OUTPUT_CAP_BYTES, OUTPUT_KEPT_BYTES, WATCH_EVERY_MS } from './limits.ts';
import { cpuMsOf } from '../../cpu-time.testing.ts';
import { nodeProcess } from '../../runtimes/node/process.ts';
import { pythonProcess } from '../../runtimes/python/process.ts';
import { collectOutput } from '../session/output.ts';
import { processTree, residentMb, watchTree } from './watchdog.ts';

describe('the memory of a process tree', () => {
  it('counts grandchildren', async () => {
    const grow = 'const kept = Buffer.alloc(150e6, 1); console.log(kept.length); setInterval(() => kept, 1e6)';
    // The shell's own memory is next to nothing: what is seen is the memory of its child.
    const shell = spawn('/bin/sh', ['-c', `"${process.execPath}" -e '${grow}'; true`], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    try {
      await once(shell.stdout!, 'data');
      expect(processTree(shell.pid!).length).toBe(2);
      expect(residentMb(shell.pid!)).toBeLessThan(20);
      let seen = false;
      await new Promise<void>((resolve) => {
        const watch = watchTree(shell.pid!, 150, () => {
          seen = true;
          resolve();
        });
        // Nobody looks at a process that waits; whoever takes it wakes the watch, which looks at once.
        watch.rest();
        setTimeout(() => {
          expect(seen).toBe(false);
          watch.wake();
          expect(seen).toBe(true);
        }, 10 * WATCH_EVERY_MS);
      });
    } finally {
      process.kill(-shell.pid!, 'SIGKILL');
    }
  });

  it('of a process that is gone is nothing, and is watched without complaint', async () => {
    const child = spawn('/bin/true');
    await once(child, 'exit');
    expect(residentMb(child.pid!)).toBe(0);
    expect(processTree(child.pid!)).toEqual([child.pid]);
  });
});

describe('collected output', () => {
  it('keeps the beginning of each stream, one after the other, and calls once when there is too much', () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    let calls = 0;
    const collected = collectOutput([out, err], () => calls++);
    out.emit('data', Buffer.from('first '));
    err.emit('data', Buffer.from('second '));
    out.emit('data', Buffer.from('third '));
    expect(collected.text()).toBe('first third second ');
    out.emit('data', Buffer.alloc(OUTPUT_CAP_BYTES - 19, 'x'));
    expect(calls).toBe(0);
    err.emit('data', Buffer.alloc(10, 'y'));
    err.emit('data', Buffer.alloc(10, 'y'));
    expect(calls).toBe(1);
    const text = collected.text();
    expect(text).toMatch(/^first third x+\n… and more\nsecond y{20}$/);
    expect(text.indexOf('\n')).toBe(OUTPUT_KEPT_BYTES);
  });

  it('of a call that was stopped is left out, unless it is more than is kept', () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const collected = collectOutput([out, err], () => undefined);
    out.emit('data', Buffer.from('before\n'));
    collected.settle();
    err.emit('data', Buffer.from('step 1\nstep 2\n'));
    expect(collected.text()).toBe('before\nstep 1\nstep 2\n');
    const rest = '\n… and what was printed in the call that was stopped, which differs from run to run\n';
    expect(collected.settledText()).toBe(`before\n${rest}`);
    err.emit('data', Buffer.alloc(OUTPUT_KEPT_BYTES, 'x'));
    expect(collected.settledText()).toBe(collected.text());
  });

  it('leaves out what the engine says of its last collections: addresses, sizes and times', async () => {
    const err = new PassThrough();
    const { outOfMemory } = nodeProcess({ backend: 'cpu', precision: 'single' });
    const collected = collectOutput([err], () => undefined, outOfMemory);
    err.emit(
      'data',
      Buffer.from('mine\n\n<--- Last few GCs --->\n\n[3:0x55]     1234 ms: Mark-Compact 250.3 (260.1) MB\n'),
    );
    err.emit(
      'data',
      Buffer.from(
        '\n<--- JS stacktrace --->\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb8',
      ),
    );
    expect(collected.text()).toBe('mine\nJavaScript heap out of memory\n');
  });

  it('looks for the report once, however many empty lines are printed', async () => {
    const python = pythonProcess({ interpreter: '/python', packages: '/packages', names: [], devices: [] } as never);
    for (const { outOfMemory } of [nodeProcess({ backend: 'cpu', precision: 'single' }), python]) {
      const out = new PassThrough();
      const collected = collectOutput([out], () => undefined, outOfMemory);
      out.emit('data', Buffer.alloc(OUTPUT_KEPT_BYTES, '\n'));
      expect(await cpuMsOf(() => collected.text())).toBeLessThan(200);
    }
  });
});

describe('what a binary needs', () => {
  it('is read from lines with and without an arrow, but not from those without a file', () => {
    const lines = [
      '\tlinux-vdso.so.1 (0x00007ffe)',
      '\tlibm.so.6 => /lib/x/libm.so.6 (0x00007f)',
      '\t/lib64/ld.so.2 (0x00007f)',
      '\tlibgone.so => not found',
    ];
    expect(parseLdd(lines.join('\n'))).toEqual(['/lib/x/libm.so.6', '/lib64/ld.so.2']);
  });

  it('includes the loader of this Node', async () => {
    expect((await librariesOf([process.execPath], findTools())).some((path) => /ld-(linux|musl)/.test(path))).toBe(
      true,
    );
  });

  it('is looked for in the folders of the system before those of PATH', () => {
    expect(findTools('/planted')).toEqual(findTools(''));
  });
});
