import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { chmod, chown, copyFile, link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tried } from '../doctor/probe.ts';

/** Nobody on this machine has this id. */
const USER = 65533;
const isRoot = process.geteuid?.() === 0;
const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-users-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a module in a Node of its own, as another user if so, and returns the JSON document that it prints. */
async function elsewhere<T>(
  code: string,
  { user = false, node = process.execPath, leak = [] as number[], cache = '' },
): Promise<T> {
  const child = spawn(node, ['--input-type=module', '-e', code], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', HOME: '/nowhere', ...(cache && { XDG_CACHE_HOME: cache }) },
    stdio: ['ignore', 'pipe', 'pipe', ...leak.flatMap((fd) => [...Array<'ignore'>(60).fill('ignore'), fd])],
    ...(user && isRoot ? { uid: USER, gid: USER } : {}),
  });
  const [out, err] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
  if (out === '') throw new Error(err);
  return JSON.parse(out) as T;
}

const probeEverything = (level: string, more = '[]', bait = '') => `
  import { ATTEMPTS } from ${here('../doctor/attempts.ts')};
  import { layBait } from ${here('../doctor/bait.ts')};
  import { probe, stageProbe } from ${here('../doctor/probe.ts')};
  const runtime = await stageProbe();
  const laid = await layBait(runtime);
  const attempts = [...ATTEMPTS, ...${more}];
  const { tried, stop, output } = await probe({ runtime, level: '${level}', attempts, bait: { ...laid.bait, ${bait} } });
  await laid.remove();
  console.log(JSON.stringify({ tried: [...tried], stop, output, count: attempts.length, visits: laid.visits(), runtime, uid: process.geteuid() }));`;

interface Everything {
  tried: [string, Tried][];
  stop: { why: string };
  output: string;
  count: number;
  visits: number;
  uid: number;
  runtime: { dir: string; binary: string };
}

describe('for an ordinary user', () => {
  const open = ({ tried }: Everything) => tried.flatMap(([id, result]) => (result.open ? [id] : []));

  let cache: string;
  beforeAll(async () => {
    cache = join(folder, 'cache');
    await mkdir(cache);
    if (isRoot) await chown(cache, USER, USER);
  });

  it('level A stops everything, with files staged in a folder of their own', async () => {
    const result = await elsewhere<Everything>(probeEverything('A'), { user: true, cache });
    expect(result).toMatchObject({ stop: { why: 'exit' }, output: '', visits: 0 });
    expect([open(result), result.tried.length]).toEqual([[], result.count]);
    expect(result.uid).not.toBe(0);
    expect(result.runtime.dir.startsWith(cache)).toBe(true);
  });

  it('level C leaves sockets in the file system open and nothing else; level D the network, too', async () => {
    const sockets = ['unix-path'];
    expect(open(await elsewhere<Everything>(probeEverything('C'), { user: true, cache }))).toEqual(sockets);
    const open4 = open(await elsewhere<Everything>(probeEverything('D'), { user: true, cache }));
    expect(open4).toEqual(['tcp', 'udp', ...sockets, 'unix-abstract', 'signal-grader']);
  });
});

describe('a descriptor that the grader inherited', () => {
  it('is not open inside, though Node would pass it on', async () => {
    const secret = join(folder, 'secret');
    await copyFile(new URL(import.meta.url), secret);
    const fd = openSync(secret, 'r');
    // The first one of the list lands on 3 + 60 in the grader.
    const read = `[{ id: 'leaked', body: 'return fs.readFileSync(63, "utf8").length' }, { id: 'control', body: 'return fs.readFileSync(0, "utf8").length' }]`;
    const { tried } = await elsewhere<Everything>(probeEverything('A', read), { leak: [fd] });
    closeSync(fd);
    const { leaked, control } = Object.fromEntries(tried);
    // /dev/null lies over it: readable, and empty like stdin.
    expect([leaked, control]).toEqual([
      { open: true, said: '0' },
      { open: true, said: '0' },
    ]);
  });

  it('is seen by the grader', async () => {
    const fd = openSync(new URL(import.meta.url), 'r');
    const code = `import { leakedDescriptors } from ${here('descriptors.ts')}; console.log(JSON.stringify(leakedDescriptors()))`;
    expect(await elsewhere<number[]>(code, { leak: [fd] })).toContain(63);
    closeSync(fd);
  });
});

describe.runIf(isRoot)('when the grader runs as root', () => {
  it('a Node in a private home is copied to where the sandbox can reach it', async () => {
    const home = join(folder, 'home');
    await mkdir(home, { mode: 0o700 });
    const node = join(home, 'node');
    await link(process.execPath, node).catch(() => copyFile(process.execPath, node));
    const cache = join(folder, 'root-cache');
    await mkdir(cache, { mode: 0o755 });
    const code = `
      import { probe } from ${here('../doctor/probe.ts')};
      import { stageProbe } from ${here('../doctor/probe.ts')};
      const runtime = await stageProbe('probe.cjs', ${JSON.stringify(cache)});
      const { tried, output } = await probe({ runtime, level: 'A', attempts: [{ id: 'hello', body: 'return process.version' }] });
      console.log(JSON.stringify({ runtime, tried: [...tried], output }));`;
    const { runtime, tried, output } = await elsewhere<Everything>(code, { node });
    expect(output).toBe('');
    expect(runtime.binary.startsWith(cache)).toBe(true);
    expect(tried).toEqual([['hello', { open: true, said: process.version }]]);
    expect((await readdir(cache)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
