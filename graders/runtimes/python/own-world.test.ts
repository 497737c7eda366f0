/** What a program does to its own world: harmless where honest programs do it, its own trouble where nothing stands any more. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../package-root.ts';
import { openSession, type Session } from '../../sandbox/session/session.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { besideLibrary, pythonLaunch, withoutPython, withoutTensorFlow, withoutTorch } from './python.testing.ts';

const given = await readFile(
  join(packageRoot, 'assignments/vectors-relu-fashion-backprop/starter-python/batches.py'),
  'utf8',
);
const sessions: Session[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.close())));

/** A process of its own for a program, beside these packages. */
async function process(code: string, packages = ['numpy'], provides: Record<string, string> = {}): Promise<Session> {
  const session = await openSession({
    launch: packages.length > 1 ? await besideLibrary(packages) : await pythonLaunch(packages),
    modules: [
      { path: 'q.py', code },
      { path: 'batches.py', code: given },
    ],
    imports: packages,
    contract: { names: {}, provides },
  });
  sessions.push(session);
  return session;
}
const called = async (session: Session, name = 'f') =>
  session.call({ module: 'q.py', name }, [array([1, 2, 3], [3], 'nested', 'float64')]);

const doubled = 'import numpy as np\ndef f(x): return np.asarray(x) * 2\n';
const harmless: [what: string, code: string][] = [
  ['takes all names of numpy', `from numpy import *\n${doubled}`],
  [
    'gives numpy names back that it had once',
    `import numpy\nnumpy.bool, numpy.int, numpy.object = bool, int, object\n${doubled}`,
  ],
  [
    'sets options of a package that is absent',
    `import pandas as pd\npd.set_option('display.precision', 3)\npd.options.mode.copy_on_write = True\n${doubled}`,
  ],
  [
    'has built-in functions of its own',
    `import builtins\nimport numpy as np\nbuiltins.sum, builtins.len, builtins.print = np.sum, None, lambda *a: None\ndef f(x):\n    print(1)\n    return np.asarray(x) * (2 if sum is builtins.sum is np.sum and len is None else 0)\n`,
  ],
  [
    'has a loop of events and threads',
    `import asyncio\nimport numpy as np\nasync def twice(x): return await asyncio.to_thread(lambda: x + x)\ndef f(x):\n    async def all():\n        await asyncio.sleep(0.001)\n        return await asyncio.gather(*map(twice, x))\n    return np.array(asyncio.run(all()))\n`,
  ],
  [
    'is a coroutine',
    `import asyncio\nimport numpy as np\nasync def f(x):\n    await asyncio.sleep(0.001)\n    return np.asarray(x) * 2\n`,
  ],
  ['prints to nowhere', `import os, sys\nsys.stdout = open(os.devnull, 'w')\nprint('x')\n${doubled}`],
  [
    'makes folders and a log',
    `import logging, os, pathlib\nos.makedirs('a/b', exist_ok=True)\npathlib.Path('plots').mkdir()\nlogging.basicConfig(filename='a/b/l.txt')\nlogging.error('x')\n${doubled}`,
  ],
];

describe.skipIf(withoutPython !== undefined)('a program in numpy', () => {
  test.each(harmless)('that %s is answered for', async (_, code) => {
    expect((await called(await process(code))).value).toMatchObject({ data: Float64Array.of(2, 4, 6) });
  });

  test('reads what it has written, in as many forms; what never was written is not there', async () => {
    const session = await process(`
import csv, io, json, os, pickle
from pathlib import Path
import numpy as np

def f(x):
    np.save('w.npy', x)
    np.savez('w.npz', x=np.asarray(x) * 2)
    np.savetxt('w.txt', [x])
    pickle.dump(x, open('w.pickle', 'wb'))
    Path('w.json').write_text(json.dumps(list(x)))
    with open('w.csv', 'w', newline='') as file:
        csv.writer(file).writerow(x)
    with open('w.csv', 'a') as file:
        file.write('7\\n')
    with open('w.csv') as file:
        rows = [[float(it) for it in row] for row in csv.reader(file)]
    there = [os.path.exists('w.npy'), os.path.isfile('never.npy')]
    os.remove('w.json')
    return [np.load('w.npy'), np.load('w.npz')['x'], np.loadtxt('w.txt'), pickle.load(open('w.pickle', 'rb')), rows, there, os.path.exists('w.json')]

def g(x):
    return open('never.npy')

def h(x):
    open('w', 'w').close()
    return open('w', 'x')

def read(x):
    open('w', 'w').close()
    return open('w').write('x')
`);
    const [first, twice, text, pickled, rows, there, removed] = (
      (await called(session)).value as { items: { data?: Float64Array; items?: { data: Float64Array }[] }[] }
    ).items;
    const [one, two] = [Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 6)];
    expect([first!.data, twice!.data, text!.data, pickled!.data]).toEqual([one, two, one, one]);
    expect([rows!.items!.map(({ data }) => data), there!.data, removed]).toEqual([
      [one, Float64Array.of(7)],
      Float64Array.of(1, 0),
      false,
    ]);
    await expect(called(session, 'g')).rejects.toThrow(/^g threw FileNotFoundError: .*never\.npy/);
    await expect(called(session, 'h')).rejects.toThrow(/^h threw FileExistsError/);
    await expect(called(session, 'read')).rejects.toThrow(/^read threw UnsupportedOperation: not writable/);
  });

  test('that has no seeding any more, and strange names, is seeded and told of all the same', async () => {
    const code = `import random\nimport numpy as np\nrandom.seed = np.random.seed = None\nglobals()[5] = 1\nimport itertools\nitertools.count = None\ndef f(x): return np.random.rand(), random.random()\n`;
    const session = await process(code);
    await called(session);
    await session.seed(4);
    const { value } = await called(session);
    await session.seed(4);
    expect((await called(session)).value).toEqual(value);
    expect(Object.keys(await session.exports('q.py'))).toContain('f');
  });

  test('draws from what no seed was given to as the grader seeds it, in every process', async () => {
    const code = `
import random, secrets, uuid, os
import numpy as np
mine, theirs = random.Random(), np.random.RandomState()
def f(x):
    np.random.seed()
    random.seed()
    draws = [mine.random(), theirs.rand(), random.random(), np.random.rand(), secrets.randbelow(10**9), random.SystemRandom().random()]
    draws += [np.random.Generator(np.random.PCG64()).random(), np.random.default_rng(np.random.SeedSequence()).random()]
    return [*map(float, [*draws, *os.urandom(2), *uuid.uuid4().bytes])]
def seeded(x): return [random.Random(7).random(), float(np.random.RandomState(7).rand()), len(os.urandom(0))]
`;
    const [one, other] = [await process(code), await process(code)];
    const drawn = (await called(one)).value as { data: Float64Array };
    expect((await called(other)).value).toEqual(drawn);
    expect(new Set(drawn.data.slice(0, 8)).size).toBe(8);
    expect((await called(one)).value).not.toEqual(drawn);
    await one.seed(5);
    expect((await called(one)).value).not.toEqual((await called(other)).value);
    // As Python and numpy themselves draw from a seed that a program gives.
    expect((await called(one, 'seeded')).value).toMatchObject({
      data: Float64Array.of(0.32383276483316237, 0.07630828937395717, 0),
    });
  });

  const spoiled: [said: string, code: string][] = [
    ['contextlib.nullcontext', 'import contextlib\ncontextlib.nullcontext = None'],
    ['builtins.getattr', 'builtins = len.__self__\nbuiltins.getattr = None'],
    ['numpy.random', 'import numpy\nnumpy.random = None'],
    [
      'Program._call',
      'import sys\nguest = sys._getframe()\nwhile "self" not in guest.f_locals or type(guest.f_locals["self"]).__name__ != "Program": guest = guest.f_back\ntype(guest.f_locals["self"])._call = None',
    ],
    [
      'Outward.__init__',
      'import sys\nguest = sys._getframe()\nwhile "out" not in guest.f_locals: guest = guest.f_back\ntype(guest.f_locals["out"]).__init__.__code__ = (lambda *a: 1 / 0).__code__',
    ],
  ];
  test.each(spoiled)('that has exchanged %s is told so, and never held as ours', async (said, code) => {
    const session = await process(`${code}\n${doubled}def g(): return 1\n`);
    const alone = () => session.call({ module: 'q.py', name: 'g' }, []);
    await alone().catch(() => undefined);
    const asked = [alone, () => called(session), () => session.exports('q.py'), () => session.seed(1)];
    for (const ask of asked) {
      const error = await ask().then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
      if (error !== undefined) expect(error.constructor.name).toBe('ProgramStopped');
      if (error !== undefined && /replaced/.test(error.message)) expect(error.message).toContain(said);
    }
  });

  test("that raises the guest's own trouble has raised something", async () => {
    const code = `def f(x=0):\n  [trouble] = [each for each in Exception.__subclasses__() if each.__name__ == 'GuestTrouble']\n  raise trouble('ours', 'broken')\n`;
    const session = await process(code);
    await expect(session.call({ module: 'q.py', name: 'f' }, [])).rejects.toThrow(/^f threw TypeError/);
  });
});

describe.skipIf(withoutTorch !== undefined)('a program in PyTorch', { timeout: 120_000 }, () => {
  test('loads again what it saves, and its logs go nowhere', async () => {
    const session = await process(
      `
import os
import torch
from torch import nn
from torch.utils.tensorboard import SummaryWriter
os.makedirs('kept', exist_ok=True)
log = SummaryWriter('runs')

def f(x):
    model, again = nn.Linear(3, 1), nn.Linear(3, 1)
    torch.save(model.state_dict(), 'kept/best.pt')
    torch.save(model, 'kept/whole.pth')
    again.load_state_dict(torch.load('kept/best.pt'))
    whole = torch.load('kept/whole.pth', weights_only=False)
    log.add_scalar('loss', 1.0, 1)
    return [bool((it.weight == model.weight).all()) for it in (again, whole)]
`,
      ['numpy', 'torch'],
    );
    expect((await called(session)).value).toMatchObject({ data: Float64Array.of(1, 1) });
  });

  test('sets what it likes, and computes in the type that it has set', async () => {
    const session = await process(
      `
import numpy as np
import torch
import torchvision
from torchvision.utils import make_grid
from torch import nn
torch.use_deterministic_algorithms(True)
torch.use_deterministic_algorithms(mode=True, warn_only=True)
torch.set_num_threads(4)
torch.set_num_interop_threads(2)
torch.set_num_interop_threads(2)
torch.set_default_dtype(torch.float64)
torch._dynamo.reset()
print(torchvision.__version__)

def f(x):
    slope = torch.func.grad(lambda w: (w**2).sum())(torch.as_tensor(np.array(x)))
    again = torch.utils.checkpoint.checkpoint(nn.Identity(), slope, use_reentrant=False)
    return again, torch.get_num_threads()

def types(images):
    from batches import fixed_batches
    [(x, y)], [(_, other)] = fixed_batches(images, 5), fixed_batches(images, 5, 'float32')
    return [str(it.dtype) for it in (x, y, other)]
`,
      ['numpy', 'torch'],
      { torchvision: 'torchvision.py' },
    );
    expect((await called(session)).value).toMatchObject({ items: [{ data: Float64Array.of(2, 4, 6) }, 1] });
    const bytes = (length: number, shape: number[]) =>
      array(new Array<number>(length).fill(0), shape, 'nested', 'uint8');
    const images = { kind: 'record', entries: { images: bytes(784, [1, 28, 28]), labels: bytes(1, [1]) } } as const;
    const { value } = await session.call({ module: 'q.py', name: 'types' }, [images]);
    expect(value).toEqual({ kind: 'list', items: ['torch.float64', 'torch.int64', 'torch.float64'] });
  });
});

test.skipIf(withoutTensorFlow !== undefined)(
  'a program in TensorFlow sets its threads when it likes, and its logs go nowhere',
  { timeout: 120_000 },
  async () => {
    const code = `
import tensorflow as tf
tf.config.threading.set_intra_op_parallelism_threads(4)
tf.config.threading.set_inter_op_parallelism_threads(4)
tf.io.gfile.makedirs('logs')
with tf.summary.create_file_writer('logs').as_default():
    tf.summary.scalar('loss', 1.0, step=0)

def f(x):
    return tf.ones([2]), tf.config.threading.get_intra_op_parallelism_threads()
`;
    const session = await process(code, ['numpy', 'tensorflow']);
    expect((await called(session)).value).toMatchObject({ items: [{ data: Float64Array.of(1, 1) }, 0] });
  },
);
