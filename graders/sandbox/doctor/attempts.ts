/**
 * What a hostile program would try first, as small programs that run inside: each throws when it is stopped and returns when
 * it gets through. The doctor runs them at every level; so do the tests.
 */
import type { SandboxLevel } from '../../model/guest.ts';

/** What the program needs to know about the outside; everything in it is bait, nothing a secret. */
export interface Bait {
  /** A file that only the grader should be able to read. */
  canary: string;
  /** A folder outside that everybody may write to. */
  openFolder: string;
  tcpPort: number;
  udpPort: number;
  /** A unix socket in the file system, and one in the abstract namespace (where there is one). */
  unixPath: string;
  abstractName: string;
  graderPid: number;
  node: string;
  library: string;
}

export interface Attempt {
  id: string;
  /** Completes "the program can …". */
  title: string;
  /** The worst level that must still stop it. */
  stoppedDownTo: SandboxLevel;
  /** Body of an async function of `bait`, `require` and `settle(emitter, event)`. */
  body: string;
}

const attempt = (id: string, stoppedDownTo: SandboxLevel, title: string, body: string): Attempt => ({
  id,
  title,
  stoppedDownTo,
  body,
});

const READS = [
  attempt('read-canary', 'D', "read a file of the grader's", 'fs.readFileSync(bait.canary)'),
  attempt('read-passwd', 'D', 'read /etc/passwd', 'fs.readFileSync("/etc/passwd")'),
  attempt('read-environ', 'D', "read the grader's environment", 'fs.readFileSync(`/proc/${bait.graderPid}/environ`)'),
  attempt('list-root', 'D', 'list the root folder', 'fs.readdirSync("/")'),
  attempt('environment', 'D', 'see environment variables', 'if (leaked().length === 0) throw new Error("empty")'),
];

const WRITES = ['/', '/tmp', '/dev/shm', '/app', '/var/tmp'].map((folder) =>
  attempt(
    `write ${folder}`,
    'D',
    `write to ${folder}`,
    `fs.writeFileSync(${JSON.stringify(`${folder}/planted`)}, "x")`,
  ),
);

const NETWORK = [
  attempt(
    'tcp',
    'C',
    'connect to a TCP port of this machine',
    'await settle(net.connect(bait.tcpPort, "127.0.0.1"), "connect")',
  ),
  attempt(
    'udp',
    'C',
    'send a UDP packet',
    'await new Promise((yes, no) => { const s = dgram.createSocket("udp4"); s.on("error", no); s.send("x", bait.udpPort, "127.0.0.1", (e) => { s.close(); e ? no(e) : yes(); }); })',
  ),
  attempt(
    'unix-path',
    'A-',
    'connect to a unix socket in the file system',
    'await settle(net.connect(bait.unixPath), "connect")',
  ),
  attempt(
    'unix-abstract',
    'C',
    'connect to an abstract unix socket',
    'await settle(net.connect("\\0" + bait.abstractName), "connect")',
  ),
];

const PROCESSES = [
  attempt(
    'spawn',
    'D',
    'start a process',
    'const r = child.spawnSync(bait.node, ["-e", "0"]); if (r.error) throw r.error',
  ),
  attempt('worker', 'D', 'start a worker thread', 'await settle(new workers.Worker("0", { eval: true }), "exit")'),
  attempt(
    'signal-grader',
    'C',
    'signal the grader',
    // Process ids this small exist in every namespace and would prove nothing.
    'if (bait.graderPid < 10) throw new Error("cannot tell"); process.kill(bait.graderPid, 0)',
  ),
  attempt(
    'dlopen',
    'D',
    'load native code',
    // A library that is not an addon loads first and is then found wanting.
    'try { process.dlopen({ exports: {} }, bait.library) } catch (e) { if (!/self-register/.test(e.message)) throw e }',
  ),
  attempt(
    'sqlite',
    'D',
    'open a database file past the permissions',
    'new (require("node:sqlite").DatabaseSync)(bait.openFolder + "/planted.db").exec("create table t(x)")',
  ),
];

export const ATTEMPTS: readonly Attempt[] = [...READS, ...WRITES, ...NETWORK, ...PROCESSES];
