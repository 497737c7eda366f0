/** Programs in Python that wish the grader ill, each with its ending, in the real box. */
import { afterAll, describe, expect, test } from 'vitest';
import { openCopies } from '../../sandbox/session/copies.ts';
import type { LaunchOptions } from '../../sandbox/session/launch.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { startHere } from '../../sandbox/session/start-here.ts';
import { copiedLaunch, pythonLaunch, sharedPython, withoutPython } from './python.testing.ts';

/** Runs a text and says whether it came through; what libc refuses by its answer raises here. */
const program = `
import os, sys

def libc(name, *args):
    import ctypes
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*args) == -1:
        raise OSError(ctypes.get_errno(), name)

def syscall(number, *args):
    libc('syscall', number, *args)

def attempt(text):
    try:
        exec(text, {'os': os, 'sys': sys, 'libc': libc, 'syscall': syscall})
        return 'came through'
    except BaseException as raised:
        return 'refused' if isinstance(raised, (OSError, ImportError, ValueError, RuntimeError, EOFError)) else repr(raised)
`;

const attacks: readonly string[] = [
  // Files that are not there, and places where nothing can be put.
  ...[
    '/etc/passwd',
    '/etc/shadow',
    '/proc/self/environ',
    '/proc/self/mem',
    '/proc/1/cmdline',
    '/dev/mem',
    '/root/.ssh/id_rsa',
  ].map((path) => `open(${JSON.stringify(path)}).read()`),
  ...['/tmp/x', '/app/x.py', '/packages/x', '/python/x', '/dev/shm/x', '/x'].map(
    (path) => `open(${JSON.stringify(path)}, 'w')`,
  ),
  ...['/root', '/home', '/proc', '/srv', '/var', '/etc'].map((path) => `os.listdir(${JSON.stringify(path)})`),
  ...[
    "os.mkdir('/tmp/d')",
    "os.symlink('/app', '/tmp/l')",
    "os.link('/app/main.py', '/tmp/l')",
    "os.remove('/app/main.py')",
  ],
  ...[
    "os.rename('/app/main.py', '/app/x')",
    "os.chmod('/app/main.py', 0o777)",
    "os.chown('/app', 0, 0)",
    "os.mkfifo('/tmp/f')",
  ],
  ...[
    "os.truncate('/app/main.py', 0)",
    "os.memfd_create('x')",
    'import tempfile; tempfile.NamedTemporaryFile()',
    "os.chroot('/app')",
  ],
  ...[
    "os.open('/tmp', os.O_TMPFILE | os.O_RDWR)",
    "os.utime('/app/main.py')",
    "import fcntl; fcntl.flock(open('/app/main.py'), 2)",
  ],
  // Programs, signals, privileges.
  ...['os.fork()', "os.execv('/python/bin/python3', ['x'])", "os.posix_spawn('/python/bin/python3', ['x'], {})"],
  ...[
    "import subprocess; subprocess.run(['/python/bin/python3'])",
    "if os.system('true') != 0: raise OSError('no shell')",
  ],
  ...[
    'import pty; pty.fork()',
    'import multiprocessing as m; m.Process(target=print).start()',
    'os.kill(1, 9)',
    'os.kill(os.getppid(), 9)',
  ],
  ...[
    'os.killpg(0, 9)',
    'os.kill(os.getpid(), 9)',
    'os.setuid(0)',
    'os.setgid(0)',
    'os.nice(-5)',
    'os.sched_setaffinity(0, {0})',
  ],
  ...[
    'import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))',
    'os.setsid(); os.setpgid(0, 0); raise OSError',
  ],
  ...["from multiprocessing import shared_memory as s; s.SharedMemory('x', True, 8)", 'import sqlite3', 'import ssl'],
  // Networks.
  ...['AF_INET', 'AF_INET6', 'AF_UNIX', 'AF_NETLINK', 'AF_VSOCK', 'AF_PACKET'].map(
    (family) => `import socket; socket.socket(socket.${family})`,
  ),
  ...[
    "import socket; socket.create_connection(('127.0.0.1', 80))",
    "import socket; socket.getaddrinfo('example.org', 80)",
  ],
  ...['import socket; socket.socketpair()', "import urllib.request as u; u.urlopen('http://127.0.0.1')"],
  // The kernel itself, past Python.
  ...[
    "libc('unshare', 0x10000000)",
    "libc('ptrace', 0, 0, 0, 0)",
    "libc('mount', b'x', b'/tmp', b'tmpfs', 0, 0)",
    "libc('fork')",
    "libc('vfork')",
  ],
  ...[
    "libc('prctl', 22, 2, 0)",
    "libc('prctl', 38, 1, 0, 0, 0)",
    "libc('kill', 1, 9)",
    "libc('sethostname', b'x', 1)",
    "libc('personality', 8)",
  ],
  ...[
    "libc('execv', b'/python/bin/python3', None)",
    "libc('setns', 3, 0)",
    "libc('inotify_init')",
    "libc('clone', 0, 0, 17, 0)",
  ],
  ...[425, 321, 323, 298, 250, 248, 310, 311, 434, 424, 317, 430, 435, 56].map(
    (number) => `syscall(${number}, 0, 0, 0, 0, 0, 0)`,
  ),
];

const copies = openCopies(startHere);
afterAll(() => copies.close());
/** A process with a tensor library is a copy of another one, and closes itself: the same walls, put up by other hands. */
const ways: [way: string, launch: () => Promise<LaunchOptions>][] = [
  ['started', pythonLaunch],
  ['copied', async () => ({ ...(await copiedLaunch()), copies })],
];

describe.skipIf(withoutPython !== undefined).each(ways)('a hostile program in a process that was %s', (_, launch) => {
  const session = sharedPython({ 'q.py': program }, undefined, [], launch);
  const attempt = async (text: string) => (await session().call({ module: 'q.py', name: 'attempt' }, [text])).value;

  test('an attempt that is none comes through, so that a refusal means something', async () => {
    expect(await attempt("open('/app/main.py').read(); libc('getpid'); syscall(39)")).toBe('came through');
  });

  test.each(attacks)('%s is refused', async (text) => {
    expect(await attempt(text)).toBe('refused');
  });

  test('finds nothing of the grader’s in its environment', async () => {
    const own = [
      'LC_CTYPE',
      'LD_LIBRARY_PATH',
      'MKL_NUM_THREADS',
      'NPY_DISABLE_CPU_FEATURES',
      'OMP_NUM_THREADS',
      'OPENBLAS_CORETYPE',
      'OPENBLAS_NUM_THREADS',
      'PWD',
      'PYTHONHASHSEED',
      'PYTHONHOME',
      'JOBLIB_MULTIPROCESSING',
    ];
    expect(await attempt(`if set(os.environ) - set(${JSON.stringify(own)}): raise KeyError(sorted(os.environ))`)).toBe(
      'came through',
    );
  });
});

const endings: readonly (readonly [does: string, text: string, ends: RegExp])[] = [
  ['leaves while it loads', 'import os\nos._exit(0)', /exited before it answered \(exit code 0\)|exited/],
  ['leaves in a call', 'import os\ndef f(): os._exit(7)', /exit code 7/],
  ['raises SystemExit while it loads', 'raise SystemExit(0)', /^q\.py threw SystemExit: 0 while it was loaded/],
  ['follows a null pointer', 'import ctypes\ndef f(): ctypes.string_at(0)', /SIGSEGV/],
  ['loops', 'def f():\n  while True: pass', /ran longer than 0\.5 s in f/],
  [
    'loops and catches everything',
    'def f():\n  while True:\n    try:\n      while True: pass\n    except BaseException: pass',
    /ran longer than 0\.5 s/,
  ],
  ['eats memory', 'def f(): return bytearray(3 * 2**30)', /MemoryError/],
  [
    'answers in the grader’s place',
    "import os\ndef f():\n  os.write(3, b'{}' * 100)\n  return 1",
    /wrote to the grader's channel/,
  ],
  ['closes the channel', 'import os\ndef f():\n  os.close(3)\n  return 1', /channel|exited|ended/],
  ['prints without end', "def f():\n  while True: print('x' * 10**6)", /printed more than 20 MB|ran longer/],
  ['recurses in C', 'def f():\n  x = []\n  for _ in range(10**5): x = [x]\n  return repr(x)', /RecursionError|SIGSEGV/],
  [
    'lies about its class',
    'class L(list):\n  def __len__(self): return -1\n  def __iter__(self): raise SystemExit\ndef f(): return L([1])',
    /^answered$/,
  ],
  [
    'replaces numpy',
    'import numpy\nnumpy.ndarray = numpy.stack = numpy.ascontiguousarray = None\ndef f(): return 1',
    /^answered$/,
  ],
  ['replaces json', 'import json, os\njson.dumps = os.read = os.write = None\ndef f(): return 1', /^answered$/],
];

describe.skipIf(withoutPython !== undefined).each(ways)('in a process that was %s, a program that', (_, launchOf) => {
  test.each(endings)('%s', { timeout: 60_000 }, async (_does, code, ends) => {
    const launch = { ...(await launchOf()), limits: { callMs: 500, submissionMs: 10_000, memoryMb: 400 } };
    const session = await openSession({ launch, modules: [{ path: 'q.py', code }], imports: ['numpy'] });
    const told = await session.call({ module: 'q.py', name: 'f' }, []).then(
      () => 'answered',
      (error: Error) => error.message,
    );
    await session.close();
    expect(told).toMatch(ends);
  });
});
