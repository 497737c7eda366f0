import { chmod } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ATTEMPTS } from '../doctor/attempts.ts';
import { launchCommand } from '../session/launch.ts';
import type { LevelCommand } from './level-command.ts';
import { commandA, MARK, useGround, withoutPermissions } from './containment-fixture.testing.ts';
import { probe, PROBE_LIMITS } from '../doctor/probe.ts';

const ground = useGround();
const isRoot = process.geteuid?.() === 0;
const own = `/app/${MARK}.cjs`;

/** More attempts than the doctor makes. */
const MORE: Record<string, string> = {
  'listen on TCP': 'await settle(net.createServer().listen(0), "listening")',
  'listen on a unix socket': 'await settle(net.createServer().listen("/tmp/s"), "listening")',
  'fetch a page':
    'await fetch(`http://127.0.0.1:${bait.tcpPort}`).catch((e) => { if (e.cause?.code !== "UND_ERR_SOCKET" && e.cause?.code !== "ECONNRESET") throw e.cause })',
  'ask a name server':
    'const dns = new (require("node:dns").promises.Resolver)({ timeout: 300, tries: 1 }); dns.setServers([`127.0.0.1:${bait.udpPort}`]); await dns.resolve4("example.org").catch((e) => { if (e.code !== "ETIMEOUT") throw e })',
  'read through the root of its own process': 'fs.readFileSync("/proc/self/root/etc/passwd")',
  "open the grader's memory": 'fs.openSync(`/proc/${bait.graderPid}/mem`)',
  'open the core pattern for writing': 'fs.openSync("/proc/sys/kernel/core_pattern", "r+")',
  'read the files beside its folder': 'fs.readFileSync("/app/../manifest.json")',
  'follow a path out of its folder': 'fs.readFileSync("/app/../../../../../../etc/passwd")',
  'plant a symbolic link':
    'fs.symlinkSync("/etc/passwd", bait.openFolder + "/link"); fs.unlinkSync(bait.openFolder + "/link")',
  'plant a symbolic link at home': 'fs.symlinkSync("/etc/passwd", "/app/link")',
  'make a thousand folders': 'for (let i = 0; i < 1000; i++) fs.mkdirSync("/tmp/d" + i)',
  'change its own program': `fs.openSync("${own}", "r+")`,
  'change the mode of its own program': `fs.chmodSync("${own}", 0o777)`,
  'write a heap snapshot': 'require("node:v8").writeHeapSnapshot("/app/heap")',
  'write a report': 'process.report.writeReport("/app/report.json"); fs.statSync("/app/report.json")',
  'run a shell': 'child.execSync("echo")',
  fork: `await settle(child.fork("${own}"), "spawn")`,
  'start one process of fifty':
    'for (let i = 0; i < 50; i++) if (!child.spawnSync(bait.node, ["-v"]).error) return; throw new Error("none")',
  'become root': 'process.setuid(0)',
  'open the inspector':
    'const inspector = require("node:inspector"); inspector.open(0, "127.0.0.1"); if (!inspector.url()) throw new Error("no url"); inspector.close()',
  'debug the grader': 'if (bait.graderPid < 10) throw new Error("cannot tell"); process._debugProcess(bait.graderPid)',
  'use a thousand descriptors': `for (let i = 0; i < 1000; i++) fs.openSync("${own}")`,
  'import from the network': 'await import("http://127.0.0.1/x.mjs")',
};
const everything = [...ATTEMPTS, ...Object.entries(MORE).map(([id, body]) => ({ id, body }))];
const open = (tried: Map<string, { open: boolean }>) => [...tried].flatMap(([id, result]) => (result.open ? [id] : []));

describe('a program that tries everything', () => {
  it.each(['A', 'A-'] as const)('gets through nowhere at level %s', async (level) => {
    const { runtime, laid } = ground;
    const { tried, stop } = await probe({ runtime, level, attempts: everything, bait: laid.bait });
    expect(stop).toMatchObject({ why: 'exit', code: 0 });
    expect([open(tried), tried.size]).toEqual([[], everything.length]);
    expect(laid.visits()).toBe(0);
  });

  it("gets through nowhere that matters when Node's own permissions are broken", async () => {
    const { runtime, laid } = ground;
    // Threads are allowed and counted, the listing shows the sandbox's own root, and a library that is there anyway may be loaded.
    const harmless = ['worker', 'list-root', 'dlopen'];
    const attempts = everything.filter(({ id }) => !harmless.includes(id));
    const start = () => launchCommand(commandA(ground, withoutPermissions), runtime, PROBE_LIMITS);
    const { tried } = await probe({ runtime, level: 'A', attempts, bait: { ...laid.bait, node: '/node' }, start });
    expect([open(tried), tried.size]).toEqual([[], attempts.length]);
    expect(laid.visits()).toBe(0);
  });

  it('gets through almost everywhere without a sandbox, so the attempts are real', async () => {
    const { runtime, laid } = ground;
    const bare: LevelCommand = { file: runtime.binary, args: [runtime.entry], filter: false, tied: false };
    // Not those that would leave something behind or end this test.
    const attempts = everything.filter(
      ({ id }) => id !== 'fork' && id !== 'debug the grader' && !id.startsWith('write '),
    );
    const start = () => launchCommand(bare, runtime, PROBE_LIMITS);
    const { tried } = await probe({ runtime, level: 'D', attempts, bait: laid.bait, start });
    const files = ['read-canary', 'read-passwd', 'list-root', 'sqlite', 'plant a symbolic link'];
    const network = ['tcp', 'udp', 'unix-path', 'unix-abstract', 'listen on TCP', 'fetch a page', 'ask a name server'];
    const processes = ['spawn', 'worker', 'dlopen', 'run a shell', 'start one process of fifty', 'open the inspector'];
    expect(open(tried)).toEqual(expect.arrayContaining([...files, ...network, ...processes]));
    expect(laid.visits()).toBeGreaterThan(3);
  });

  it('cannot become another program that keeps a door open', async () => {
    const { runtime, laid } = ground;
    // Without Node's permissions, /node can be started anew in place: it is still inside.
    const say = 'console.log("second life", require("fs").existsSync("/etc/passwd"))';
    const body = `process.execve("/node", ["/node", "-e", ${JSON.stringify(say)}], {})`;
    const attempts = [{ id: 'execve', body }];
    const { tried } = await probe({ runtime, level: 'A', attempts, bait: laid.bait });
    expect(tried.get('execve')).toEqual({ open: false, said: 'ERR_ACCESS_DENIED' });
    const start = () => launchCommand(commandA(ground, withoutPermissions), runtime, PROBE_LIMITS);
    expect((await probe({ runtime, level: 'A', attempts, start })).output).toContain('second life false');
  });

  it.runIf(isRoot)(
    "is not root for the kernel when the grader is: a file of root's stays closed without any other layer",
    async () => {
      const { runtime, laid } = ground;
      await chmod(laid.bait.canary, 0o600);
      const shared = (args: string[]) => {
        const plain = withoutPermissions(args);
        return [
          ...plain.slice(0, plain.indexOf('--remount-ro')),
          '--bind',
          '/',
          '/host',
          ...plain.slice(plain.indexOf('--remount-ro')),
        ];
      };
      const attempts = [
        { id: 'canary', body: 'fs.readFileSync("/host" + bait.canary)' },
        { id: 'core', body: 'fs.openSync("/host/proc/sys/kernel/core_pattern", "r+")' },
        { id: 'etc', body: 'fs.openSync("/host/etc/passwd", "r+")' },
        { id: 'passwd', body: 'fs.readFileSync("/host/etc/passwd")' },
      ];
      const start = () => launchCommand(commandA(ground, shared), runtime, PROBE_LIMITS);
      const { tried, output } = await probe({ runtime, level: 'A', attempts, bait: laid.bait, start });
      await chmod(laid.bait.canary, 0o644);
      const { passwd, ...closed } = Object.fromEntries(tried);
      expect(output).toBe('');
      expect(Object.values(closed).map(({ said }) => said)).toEqual(['EACCES', 'EACCES', 'EACCES']);
      // The host's files really were there in this test.
      expect(passwd?.open).toBe(true);
    },
  );
});
