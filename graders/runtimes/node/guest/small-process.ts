/**
 * What stands for Node's `process` where the student's code runs: what programs ask of it that are also started alone. The
 * real one hands out Node's modules, the loader of addons and itself (`on` gives it back); none of it is behind this one.
 */
import type { Bag } from './outside.ts';

const { defineProperty } = Reflect;
const real = process;
const exit = real.exit.bind(real);
const uptime = real.uptime.bind(real);
const cpuUsage = real.cpuUsage.bind(real);
const nextTick = real.nextTick.bind(real);
const clock = real.hrtime;
const nanoseconds = real.hrtime.bigint.bind(real.hrtime);

/** The stand-in; `getBuiltinModule` gives what an import of a module gives, and is put there by the guest. */
export function smallProcess(memoryUsage: () => NodeJS.MemoryUsage): Bag {
  const small: Bag = {
    title: 'node',
    arch: real.arch,
    argv: [...real.argv],
    argv0: 'node',
    env: {},
    execArgv: [],
    exitCode: undefined,
    pid: real.pid,
    platform: real.platform,
    release: { name: 'node' },
    stdin: undefined,
    stderr: printer(real.stderr),
    stdout: printer(real.stdout),
    version: real.version,
    versions: { ...real.versions },
    cpuUsage: (before?: NodeJS.CpuUsage) => cpuUsage(before),
    cwd: () => '/tmp',
    emitWarning: () => undefined,
    exit: (code?: number) => exit(code),
    hrtime: Object.assign((before?: [number, number]) => clock(before), { bigint: () => nanoseconds() }),
    memoryUsage: Object.assign(() => memoryUsage(), { rss: () => memoryUsage().rss }),
    nextTick: (then: (...args: unknown[]) => void, ...args: unknown[]) => nextTick(then, ...args),
    uptime: () => uptime(),
  };
  // Nothing that a program could wait for ever happens: the process ends by being ended.
  for (const name of ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'prependListener']) {
    small[name] = () => small;
  }
  small['emit'] = () => false;
  small['listeners'] = () => [];
  small['listenerCount'] = () => 0;
  for (const [name, value] of Object.entries(small)) {
    if (typeof value === 'function') defineProperty(value, 'name', { value: name });
  }
  return small;
}

/** What a program may know of a stream. */
function printer(stream: NodeJS.WriteStream): Bag {
  const print = stream.write.bind(stream);
  const printed: Bag = {
    columns: 80,
    isTTY: false,
    writable: true,
    write: (chunk: unknown, ...rest: unknown[]) => {
      print(chunk as string);
      const then = rest[rest.length - 1];
      if (typeof then === 'function') nextTick(then as () => void);
      return true;
    },
    end: () => printed,
    on: () => printed,
    once: () => printed,
    off: () => printed,
    emit: () => false,
    removeListener: () => printed,
  };
  return printed;
}
