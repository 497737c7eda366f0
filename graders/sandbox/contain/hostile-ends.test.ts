import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { launch, launchCommand } from '../session/launch.ts';
import { LEVELS } from '../doctor/levels.ts';
import { OUTPUT_KEPT_BYTES } from './limits.ts';
import {
  commandA,
  MARK,
  marked,
  survivors,
  tryOne,
  useGround,
  withoutPermissions,
} from './containment-fixture.testing.ts';
import { PROBE_LIMITS } from '../doctor/probe.ts';

// Every test ends with: no process is left.
const ground = useGround();

describe('a program that does not end', () => {
  it.each([
    ['loops', 'for (;;);'],
    [
      'ignores every signal that it can and loops in its exit handler',
      'for (const s of ["SIGTERM","SIGINT","SIGHUP"]) process.on(s, () => {}); process.on("exit", () => { for (;;); }); process.exit(0)',
    ],
    ['queues microtasks', 'const again = () => Promise.resolve().then(again); await again()'],
    ['queues turns of the event loop', 'const again = () => setImmediate(again); again(); await new Promise(() => {})'],
    ['waits on an atomic', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'],
    ['stops itself', 'process.kill(process.pid, "SIGSTOP"); for (;;);'],
    ['backtracks in a regular expression', '/^(a+)+$/.test("a".repeat(40) + "b")'],
  ])('and %s is ended at its time', async (_, body) => {
    const { stop } = await tryOne(ground, body, { wallMs: 400 });
    expect(stop).toMatchObject({ why: 'timeout', signal: 'SIGKILL', detail: 'gave no answer within 0.4 s' });
  });
});

describe('a program that ends itself', () => {
  it.each([
    ['exits', 'process.exit(3)', { code: 3, signal: null }],
    ['aborts', 'process.abort()', { code: null, signal: 'SIGABRT' }],
    ['kills itself', 'process.kill(process.pid, "SIGKILL"); for (;;);', { code: null, signal: 'SIGKILL' }],
    ['throws late', 'setTimeout(() => { throw 1 }); await new Promise(() => {})', { code: 1, signal: null }],
    [
      'kills whom it may',
      'for (const s of ["SIGTERM", "SIGKILL"]) { try { process.kill(-1, s) } catch {} try { process.kill(1, s) } catch {} try { process.kill(process.ppid, s) } catch {} } process.exit(4)',
      { code: 4, signal: null },
    ],
  ])('and %s is reported as it was', async (_, body, expected) => {
    expect((await tryOne(ground, body)).stop).toMatchObject({ why: 'exit', ...expected });
  });
});

describe('a program that wants all memory', () => {
  const limits = { ...PROBE_LIMITS, memoryMb: 250 };
  /** The limit on memory is met first, however busy the machine is. */
  const patience = 120_000;
  it.each([
    ['objects', 'const kept = []; for (let i = 0; ; i++) kept.push({ i, text: "x" + i })'],
    ['buffers', 'const kept = []; for (;;) kept.push(Buffer.alloc(2e7, 1))'],
    [
      'shared buffers',
      'const kept = []; for (;;) { const a = new Uint8Array(new SharedArrayBuffer(2e7)); a.fill(1); kept.push(a) }',
    ],
    [
      'WebAssembly memory',
      'const m = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); for (;;) { m.grow(320); new Uint8Array(m.buffer).fill(1) }',
    ],
    [
      'strings',
      'const kept = []; for (let i = 0; ; i++) kept.push(Buffer.alloc(5e6, 97 + (i % 20)).toString("latin1"))',
    ],
  ])('as %s is ended', async (_, body) => {
    const { stop, tried } = await tryOne(ground, body, { limits, wallMs: patience });
    expect(tried.size).toBe(0);
    expect(stop.why).toBe('memory');
  });

  it('as lines that it prints faster than anybody reads is ended, by whichever limit it meets first', async () => {
    const body = 'const line = "x".repeat(100000); for (let i = 0; ; i++) console.log(i + line)';
    const { stop, tried } = await tryOne(ground, body, { limits, wallMs: patience });
    expect(tried.size).toBe(0);
    expect(['memory', 'output']).toContain(stop.why);
  });

  it('as address space that it never touches is refused', async () => {
    const { tried } = await tryOne(
      ground,
      'const kept = []; for (let i = 0; i < 20; i++) kept.push(new ArrayBuffer(1e9))',
    );
    expect(tried.get('it')).toMatchObject({ open: false, said: expect.stringMatching(/allocation failed/) });
  });

  it('as threads gets no more than its share, even with address space for more', async () => {
    const thread = '{ eval: true, stdout: true, resourceLimits: { maxOldGenerationSizeMb: 4, codeRangeSizeMb: 1 } }';
    const body = `let n = 0; try { for (; n < 100; n++) await settle(new workers.Worker("setInterval(() => {}, 1e6)", ${thread}), "online"); } catch {} send({ id: "threads", open: true, said: n })`;
    const roomy = (args: string[]) => withoutPermissions(args).filter((word) => !word.startsWith('--as='));
    const limits = { ...PROBE_LIMITS, memoryMb: 2000 };
    const start = () => launchCommand(commandA(ground, roomy), ground.runtime, limits);
    const { tried, stop } = await tryOne(ground, body, { start });
    // Node aborts when it may not start a thread that it counts on; either way there were no 64.
    const online = Number(tried.get('threads')?.said ?? 0);
    expect({ online: online < 64, stopped: online > 0 || stop.why === 'exit' }).toEqual({
      online: true,
      stopped: true,
    });
  });
});

describe('a program that prints without end', () => {
  it.each([
    ['on stdout', 'const chunk = "x".repeat(65536); for (;;) fs.writeSync(1, chunk)'],
    ['on stderr', 'const chunk = "x".repeat(65536); for (;;) fs.writeSync(2, chunk)'],
  ])('%s is ended, and the beginning is kept', async (_, body) => {
    const { stop, output } = await tryOne(ground, body);
    expect(stop).toMatchObject({ why: 'output', detail: 'printed more than 20 MB' });
    expect(output.startsWith('xxx')).toBe(true);
    expect(output.length).toBeGreaterThanOrEqual(OUTPUT_KEPT_BYTES);
    expect(output.length).toBeLessThan(OUTPUT_KEPT_BYTES + 100);
  });

  it('on the channel waits until somebody reads, and costs the grader nothing', async () => {
    const { runtime } = ground;
    const launched = await launch({ runtime, level: 'A', limits: PROBE_LIMITS, precision: 'single', backend: 'cpu' });
    const program = Buffer.from(
      JSON.stringify({
        attempts: [{ id: 'it', body: 'const chunk = "x".repeat(65536); for (;;) fs.writeSync(3, chunk)' }],
      }),
    );
    const length = Buffer.alloc(4);
    length.writeUInt32LE(program.length);
    launched.channel.write(Buffer.concat([length, program]));
    await sleep(400);
    expect(launched.channel.readableLength).toBeLessThan(1_000_000);
    launched.kill('timeout', 'enough');
    expect((await launched.stopped).why).toBe('timeout');
  });
});

it('what a program sends before anybody listens is kept for who listens later', async () => {
  const { runtime } = ground;
  const launched = await launch({ runtime, level: 'A', limits: PROBE_LIMITS, precision: 'single', backend: 'cpu' });
  const program = Buffer.from(JSON.stringify({ attempts: [{ id: 'it', body: 'await new Promise(() => {})' }] }));
  launched.channel.write(Buffer.concat([Buffer.from([program.length, 0, 0, 0]), program]));
  await sleep(300);
  expect(String((await once(launched.channel, 'data'))[0])).toBe('{"id":"ready"}\n');
  launched.kill('killed', 'enough');
  await launched.stopped;
});

it('the first reason to end a program is the one that is told', async () => {
  const { runtime } = ground;
  const launched = await launch({ runtime, level: 'A', limits: PROBE_LIMITS, precision: 'single', backend: 'cpu' });
  launched.kill('timeout', 'first');
  launched.kill('memory', 'second');
  expect(await launched.stopped).toMatchObject({ why: 'timeout', detail: 'first' });
  launched.kill('killed', 'third');
  expect(await launched.stopped).toMatchObject({ why: 'timeout' });
});

it('how long a program waited for a processor is known when it was ended for its memory, too', async () => {
  const { runtime } = ground;
  const launched = await launch({ runtime, level: 'A', limits: PROBE_LIMITS, precision: 'single', backend: 'cpu' });
  const program = Buffer.from(JSON.stringify({ attempts: [{ id: 'it', body: 'await new Promise(() => {})' }] }));
  launched.channel.write(Buffer.concat([Buffer.from([program.length, 0, 0, 0]), program]));
  await once(launched.channel, 'data');
  launched.kill('memory', 'enough');
  await launched.stopped;
  expect(Math.max(...launched.waits()!.values())).toBeGreaterThan(0);
});

it('what has lost its parent, as a start that is cut short may, is ended with its group', async () => {
  const orphan = ['-c', `(sh -c "sleep 300; : ${MARK}-orphan" &); sleep 300`];
  const command = { ...commandA(ground, (args) => args), file: '/bin/sh', args: orphan, filter: false };
  const launched = await launchCommand(command, ground.runtime, PROBE_LIMITS);
  while (marked(`sleep 300; : ${MARK}-orphan`).length < 2) await sleep(5);
  await sleep(50);
  launched.kill('killed', 'early');
  await launched.stopped;
  expect(await survivors()).toEqual([]);
});

it('a daemon that outlives its program ends with the sandbox, even with the filter and the permissions gone', async () => {
  const weak = (args: string[]) => withoutPermissions(args).filter((word) => word !== '--seccomp' && word !== '4');
  const body = `const c = child.spawn("/node", ["-e", "setInterval(() => {}, 1e6)", "${MARK}-daemon"], { detached: true, stdio: "inherit" }); await settle(c, "spawn"); c.unref(); await new Promise((r) => setTimeout(r, 700))`;
  const start = () => launchCommand({ ...commandA(ground, weak), filter: false }, ground.runtime, PROBE_LIMITS);
  let isOver = false;
  const ended = tryOne(ground, body, { start, wallMs: 120_000 }).finally(() => (isOver = true));
  let seen: string[] = [];
  // As long as the program lives: how long a start takes says nothing on a busy machine.
  while (!isOver && seen.length === 0) {
    seen = marked(`${MARK}-daemon`);
    await sleep(10);
  }
  expect(seen.length).toBeGreaterThan(0);
  expect((await ended).tried.get('it')?.open).toBe(true);
  expect(await survivors()).toEqual([]);
});

/** A grader of its own process group that runs an endless program at each of the levels, and what it prints. */
function startGrader(levels: readonly string[], then: string) {
  const launchUrl = new URL('../session/launch.ts', import.meta.url).href;
  const processUrl = new URL('../../runtimes/node/process.ts', import.meta.url).href;
  const code = `
    import { launch } from ${JSON.stringify(launchUrl)};
    import { nodeProcess } from ${JSON.stringify(processUrl)};
    const runtime = { ...${JSON.stringify(ground.runtime)}, processFor: (wanted) => nodeProcess(wanted) };
    const program = Buffer.from(JSON.stringify({ attempts: [{ id: 'it', body: 'send("looping"); for (;;);' }] }));
    const all = [];
    for (const level of ${JSON.stringify(levels)}) {
      const launched = await launch({ runtime, level, limits: ${JSON.stringify(PROBE_LIMITS)}, precision: 'single', backend: 'cpu' });
      launched.channel.write(Buffer.concat([Buffer.from([program.length, 0, 0, 0]), program]));
      await new Promise((go) => launched.channel.on('data', (text) => String(text).includes('looping') && go()));
      all.push(launched);
    }
    ${then}
    console.log('up');
    setInterval(() => {}, 1e6);`;
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const grader = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: '/',
    stdio: [...stdio],
    detached: true,
  });
  const says = async () => String((await once(grader.stdout!, 'data'))[0]).trim();
  return { grader, says };
}

it('a grader that is killed takes its sandboxes of every level with it', async () => {
  const { grader, says } = startGrader(LEVELS, '');
  try {
    expect(await says()).toBe('up');
    const guests = marked(`${MARK}.cjs`).filter((line) => line.includes('--permission'));
    expect(guests.length).toBeGreaterThanOrEqual(LEVELS.length);
  } finally {
    grader.kill('SIGKILL');
    await once(grader, 'exit');
  }
  expect(await survivors()).toEqual([]);
});

it('an interrupt from the keyboard reaches the grader alone, so that no program seems to crash', async () => {
  const watch = `
    const stops = [];
    for (const { stopped } of all) stopped.then((stop) => stops.push(stop));
    process.once('SIGINT', () => setTimeout(() => console.log('stopped ' + JSON.stringify(stops)), 300));`;
  const { grader, says } = startGrader(LEVELS, watch);
  try {
    expect(await says()).toBe('up');
    process.kill(-grader.pid!, 'SIGINT');
    expect(await says()).toBe('stopped []');
  } finally {
    grader.kill('SIGKILL');
    await once(grader, 'exit');
  }
});
