import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { afterEach, expect, test } from 'vitest';
import { descendants } from '../contain/descendants.testing.ts';
import { launch } from './launch.ts';
import { compile, launchOptions } from './session.testing.ts';
import { openSession } from './session.ts';
import { openStarter, type Starter } from './starter.ts';
import { ProgramStopped } from '../../stopped.ts';

let starter: Starter;
afterEach(() => starter.close());

const order = (script: string) => ({
  ...{ file: '/bin/sh', args: ['-c', script], env: { A: 'b' }, cwd: '/', detached: true },
});
/** What of the files that a process has open is neither nothing nor a way to whoever started it. */
const files = 'for fd in /proc/$$/fd/*; do readlink "$fd"; done | grep -cv -e null -e socket -e pipe';
/** What has ended stays a name until somebody asks how it ended, which nobody may do. */
const isRunning = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};
const isStarter = (pid: number): boolean =>
  isRunning(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('starter-process');
const all = async (stream: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(stream)).toString();

test('a command that another process starts is ours: what it prints, its channel, its end, and nothing that others have open', async () => {
  starter = openStarter();
  const script = `echo "$A" $(${files}); echo err >&2; read x <&3; echo "$x!" >&3; exit 7`;
  const started = await starter.start(order(script));
  if ('failed' in started) throw new Error(started.failed);
  started.channel.write('hello\n');
  const [out, err, said] = await Promise.all([all(started.stdout), all(started.stderr), all(started.channel)]);
  expect([out, err, said]).toEqual(['b 0\n', 'err\n', 'hello!\n']);
  expect(await started.ended).toEqual([7, null]);
  const missing = await starter.start({ ...order(''), file: '/nowhere' });
  expect(missing).toMatchObject({ failed: expect.stringContaining('/nowhere') });
});

test('a program is run by a process that another one started as by one of ours', async () => {
  starter = openStarter();
  const options = { ...(await launchOptions()), startedBy: starter.start };
  const modules = compile({ 'q.ts': 'export const f = (x: number) => { console.log(x); return 2 * x; };' });
  const session = await openSession({ launch: options, modules, imports: [] });
  expect((await session.call({ module: 'q.ts', name: 'f' }, [21])).value).toBe(42);
  await session.close();
  expect(session.output()).toBe('21\n');
});

test('whoever is killed or whose starter ends is gone, and the next command gets another starter', async () => {
  starter = openStarter();
  const options = { ...(await launchOptions()), startedBy: starter.start };
  const killed = await launch(options);
  killed.kill('timeout', 'too long');
  expect(await killed.stopped).toMatchObject({ why: 'timeout', signal: 'SIGKILL' });
  const left = await launch(options);
  starter.close();
  expect(await left.stopped).toMatchObject({ why: 'lost' });
  await expect.poll(() => isRunning(left.pid)).toBe(false);
  const next = await launch(options);
  next.kill('killed', '');
  await next.stopped;
});

test('a starter of which nothing is heard is ended, and the next command gets another', async () => {
  starter = openStarter(5000);
  const first = await starter.start(order('sleep 600'));
  if ('failed' in first) throw new Error(first.failed);
  const parent = Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${first.pid}/status`, 'utf8'))![1]);
  process.kill(parent, 'SIGSTOP');
  // What is on its way is started by another one.
  const next = await starter.start(order('exit 7'));
  if ('failed' in next) throw new Error(next.failed);
  expect([await first.ended, await next.ended]).toEqual(['lost', [7, null]]);
});

test('a program that is lost with its starter is no crash of its own: whoever asks it is told that it is ours', async () => {
  starter = openStarter();
  const options = { ...(await launchOptions()), startedBy: starter.start };
  const modules = compile({ 'q.ts': 'export const f = () => { for (;;); };' });
  const session = await openSession({ launch: options, modules, imports: [] });
  const answer = session.call({ module: 'q.ts', name: 'f' }, []);
  answer.catch(() => undefined);
  for (const pid of descendants(process.pid).filter(isStarter)) process.kill(pid, 'SIGKILL');
  await expect(answer).rejects.toThrow('The sandbox ended with the process that had started it.');
  await expect(answer).rejects.not.toBeInstanceOf(ProgramStopped);
  await session.close();
});

test('a grader goes on for as long as something that it had started runs, and no longer', async () => {
  const from = new URL('starter.ts', import.meta.url).href;
  const program = `const { openStarter } = await import(${JSON.stringify(from)});
    const started = await openStarter().start(${JSON.stringify(order('sleep 0.2; exit 7'))});
    console.log(await started.ended);`;
  const { stdout, exitCode } = await execa(process.execPath, ['--input-type=module', '-e', program]);
  expect([stdout, exitCode]).toEqual(['[ 7, null ]', 0]);
});

test('a grader that is killed takes along what it had started, at whatever moment, half a message included', async () => {
  const from = new URL('starter.ts', import.meta.url).href;
  const long = order(`sleep 600 # ${'x'.repeat(100_000)}`);
  const program = (ms: number) => `const { openStarter } = await import(${JSON.stringify(from)});
    import { readdirSync, readFileSync, writeSync } from 'node:fs';
    const starter = openStarter();
    const first = await starter.start(${JSON.stringify(order('sleep 600'))});
    const children = readdirSync('/proc/self/task').map((task) => readFileSync('/proc/self/task/' + task + '/children', 'utf8'));
    writeSync(1, [first.pid, ...children].join(' '));
    for (let i = 0; i < 20; i++) void starter.start(${JSON.stringify(long)});
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${ms});`;
  for (const ms of [0, 3]) {
    const args = ['--input-type=module', '-e', program(ms)];
    const { stdout, signal } = await execa(process.execPath, args, { reject: false, stderr: 'ignore' });
    const pids = stdout.split(/\s+/).filter(Boolean).map(Number);
    expect([signal, pids.length]).toEqual(['SIGKILL', 2]);
    await expect.poll(() => pids.filter(isRunning), { timeout: 30_000 }).toEqual([]);
  }
});
