/** The guest for Python in the real box: what goes in, what comes out, and what a program cannot do. */
import { describe, expect, test } from 'vitest';
import type { Arg, Value } from '../../model/guest.ts';
import { createRandom } from '../../numerics/random.ts';
import { array, idOf } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const program = `
import numpy as np

class Sigmoid:
    def __call__(self, x):
        return 1 / (1 + np.exp(-x))

class Layer:
    def __init__(self, input_size, units, activation=None):
        self.W, self.sizes = np.zeros((input_size, units)), [input_size, units]
    def weights_backward(self, d_pre, x):
        return x.T @ d_pre, d_pre.sum(axis=0)

class Bad:
    n = 1
    @property
    def raises(self):
        raise ValueError('no')

class Evil:
    def __getattribute__(self, name):
        raise SystemExit(3)

def returned(what):
    return {
        'float16': np.float16([0.5]), 'longdouble': np.longdouble([0.1]), 'longest': [np.longdouble(0.5), 1.0], 'long': np.longdouble(0.5), 'scalar': np.float64(2.5), 'zero': np.array(7.0),
        'fortran': np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]), 'view': np.arange(6.0)[::2], 'matrix': np.matrix([[1.0, 2.0]]),
        'masked': np.ma.array([1.0, 2.0], mask=[False, True]), 'objects': np.array([1, 'a', None], dtype=object),
        'whole': np.array([1, 2]), 'large': np.array([2**40]), 'immense': np.zeros((0, 2**40)), 'complex': np.array([1j]), 'big': 2**80, 'huge': 10**400,
        'tuple': (1, 2.5), 'ragged': [[1], [2, 3]], 'rows': [np.zeros(2), np.ones(2)], 'none': None, 'evil': Evil(),
        'swapped': np.array([1.5, 2.0], dtype='>f8'), 'backwards': np.arange(3.0)[::-1], 'unsigned': np.array([2**63], dtype='u8'),
        'half': np.float16([[0.5], [2]]), 'flags': np.array([[True], [False]]), 'dates': np.array(['2020-01-01'], dtype='M8[D]'),
        'payload': np.array([0x7ff8000000000123], dtype='u8').view('f8'), 'unmasked': np.ma.array([1.0], mask=[False]),
        'text array': np.array(['a', 'b']), 'zero object': np.array(None, dtype=object),
        'mixed': [np.float32(1), 2, np.int8(3)], 'nan': float('nan'), 'negzero': -0.0, 'set': {3}, 'text': 'x', 'range': range(3), 'bool': np.bool_(True),
    }[what]

def changes(x):
    x += 1
    return x

seen = []
def keeps(x):
    seen.append(x)
    x[:] = -1
    return len([y for y in seen if y is x or np.shares_memory(x, y)])

def draws(rng):
    return [rng.uniform(), rng.normal(), *rng.permutation(5), rng.integers(10)]

def batches():
    yield np.ones(2)
    yield np.zeros(2)

async def later():
    return 5

def trains(net, epochs, *, batch_size, lr):
    return [epochs, batch_size, lr]

def recursive(x):
    return recursive(x)

def broken():
    values = [1, 2]
    return values[2]

def leaves():
    raise SystemExit(0)

def attempts():
    import os, socket, subprocess
    told = []
    for attempt in (lambda: os.kill(1, 0), lambda: os.execv('/python/bin/python3', ['x']), lambda: os.fork(),
                    lambda: socket.socket(), lambda: subprocess.run(['/python/bin/python3']), lambda: open('/etc/passwd'),
                    lambda: os.open('/tmp/x', os.O_WRONLY | os.O_CREAT), lambda: open('/proc/self/environ'), lambda: os.memfd_create('x')):
        try:
            attempt()
            told.append('open')
        except OSError:
            told.append('refused')
    return told

def scaled(x):
    return [x]

def with_scale(x, scale):
    return [x, scale]

def rewrites():
    scaled.__code__ = with_scale.__code__

def draws_as_numpy(rng):
    table = np.arange(12).reshape(3, 4)
    moved = table.copy()
    rng.shuffle(moved, axis=1)
    columns = [sorted(map(tuple, m.T)) for m in (table, moved, rng.permutation(table, axis=1))]
    drawn = [rng.random(2, dtype=np.float32), rng.standard_normal(2, dtype=np.float32)]
    return [
        columns[0] == columns[1] == columns[2],
        [sorted(row) for row in rng.permuted(table, axis=1).tolist()] == table.tolist(),
        sorted(rng.permuted(table).ravel().tolist()) == list(range(12)),
        all(one.dtype == np.float32 for one in drawn),
        rng.normal(np.zeros((2, 1)), [1, 2, 3]).shape == (2, 3) and rng.uniform(-np.ones(4), 1).shape == (4,),
        sorted(rng.choice(np.int64(4), 4, replace=False, p=[0.1, 0.2, 0.3, 0.4]).tolist()) == [0, 1, 2, 3],
        rng.permutation([3, 4, 5]).sum() == 12,
    ]
`;

const contract = {
  MLPLayer: {
    called: ['Layer'],
    takes: [{ name: 'activation' }, { name: 'units' }, { name: 'input_size' }, { name: 'rng', optional: true }],
  },
  weightsBackward: { takes: [{ name: 'd_pre' }, { name: 'x', also: ['input'] }], returns: ['dW', 'dB'] },
  weights: { called: ['weights', 'W'] },
  call: { called: ['__call__', 'call'] },
  scaled: { takes: [{ name: 'x' }, { name: 'scale', optional: true }] },
  trains: {
    takes: [
      { name: 'net' },
      {
        as: 'keywords',
        options: [
          { name: 'minibatchSize', also: ['batch_size'] },
          { name: 'lr', as: 'float' },
        ],
      },
    ],
  },
} as const;

describe.skipIf(withoutPython !== undefined)('a program in Python', () => {
  const session = sharedPython(
    { 'q.py': program, 'bad.py': 'import q\nraise ValueError("no")\n' },
    { names: contract },
  );
  const ask = async (name: string, args: readonly Arg[] = []): Promise<Value> =>
    (await session().call({ module: 'q.py', name }, args)).value;
  const shape = (value: Value) =>
    typeof value === 'object' && value?.kind === 'array' ? [value.dtype, [...value.shape], [...value.data]] : value;

  test.each([
    ['float16', ['float32', [1], [0.5]]],
    ['longdouble', ['float64', [1], [0.1]]],
    ['long', 0.5],
    ['longest', ['float64', [2], [0.5, 1]]],
    ['scalar', 2.5],
    ['zero', ['float64', [], [7]]],
    ['fortran', ['float64', [2, 2], [1, 2, 3, 4]]],
    ['view', ['float64', [3], [0, 2, 4]]],
    ['matrix', ['float64', [1, 2], [1, 2]]],
    ['masked', { kind: 'opaque', what: 'a masked array in which 1 entries are masked' }],
    ['objects', { kind: 'list', items: [1, 'a', undefined] }],
    ['whole', ['int32', [2], [1, 2]]],
    ['large', ['float64', [1], [2 ** 40]]],
    ['immense', { kind: 'opaque', what: 'an array of the shape [0, 1099511627776]' }],
    ['complex', { kind: 'opaque', what: 'an array of complex numbers' }],
    ['big', 2 ** 80],
    ['huge', { kind: 'opaque', what: 'a whole number of 1329 bits' }],
    ['tuple', ['float64', [2], [1, 2.5]]],
    ['rows', ['float64', [2, 2], [0, 0, 1, 1]]],
    ['none', undefined],
    ['evil', { kind: 'opaque', what: 'an object that raises when it is read' }],
    ['swapped', ['float64', [2], [1.5, 2]]],
    ['backwards', ['float64', [3], [2, 1, 0]]],
    ['unsigned', ['float64', [1], [2 ** 63]]],
    ['half', ['float32', [2, 1], [0.5, 2]]],
    ['flags', ['bool', [2, 1], [1, 0]]],
    ['dates', { kind: 'opaque', what: 'an array of datetime64[D]' }],
    ['payload', ['float64', [1], [NaN]]],
    ['unmasked', ['float64', [1], [1]]],
    ['text array', { kind: 'list', items: ['a', 'b'] }],
    ['zero object', undefined],
    ['mixed', ['float64', [3], [1, 2, 3]]],
    ['nan', NaN],
    ['negzero', -0],
    ['text', 'x'],
    ['range', ['float64', [3], [0, 1, 2]]],
    ['bool', true],
  ])('%s comes out as what it is', async (what, expected) => {
    expect(shape(await ask('returned', [what]))).toEqual(expected);
  });

  test('an argument is a copy of its own, and what the program does to it is seen', async () => {
    const sent = array([1, 2], [2], 'nested', 'float64');
    const reply = await session().call({ module: 'q.py', name: 'changes' }, [sent], { argsAfter: true });
    expect(reply.argsAfter!.map(shape)).toEqual([['float64', [2], [2, 3]]]);
    expect([...sent.data]).toEqual([1, 2]);
  });

  test('no array is shared between calls, nor with what an earlier one kept', async () => {
    const sent = array([1, 2], [2], 'nested', 'float64');
    const kept = async () => shape(await ask('keeps', [sent]));
    expect([await kept(), await kept()]).toEqual([1, 1]);
  });

  test('draws as generators of numpy do along an axis, in a type, with arrays of parameters', async () => {
    const value = await ask('draws_as_numpy', [{ kind: 'rng', seed: 7 }]);
    expect((shape(value) as unknown[]).at(-1)).toEqual(new Array<number>(7).fill(1));
  });

  test('the random source draws the grader’s stream', async () => {
    const random = createRandom(7);
    const expected = [random.uniform(), random.normal(), ...random.permutation(5), random.integer(10)];
    expect(shape(await ask('draws', [{ kind: 'rng', seed: 7 }]))).toEqual(['float64', [8], expected]);
    const listed = { kind: 'rng', seed: 7, uniforms: [0.25], normals: [1.5] } as const;
    expect((shape(await ask('draws', [listed])) as [string, number[], number[]])[2].slice(0, 2)).toEqual([0.25, 1.5]);
  });

  test('names, order and keywords of arguments are the program’s own', async () => {
    const { value } = await session().construct({ module: 'q.py', name: 'MLPLayer' }, [
      null,
      3,
      2,
      { kind: 'rng', seed: 1 },
    ]);
    const layer = idOf(value);
    expect(shape(await session().get(layer, 'weights'))).toEqual(['float64', [2, 3], [0, 0, 0, 0, 0, 0]]);
    expect(shape(await session().get(layer, 'sizes.length'))).toBe(2);
    await session().set(layer, 'weights', array([1, 1], [1, 2], 'nested', 'float64'));
    expect(shape(await session().get(layer, 'weights.0'))).toEqual(['float64', [2], [1, 1]]);
    const rows = array([1, 2], [1, 2], 'nested', 'float64');
    const gradients = await session().call({ handle: layer, method: 'weightsBackward' }, [rows, rows]);
    expect(gradients.value).toMatchObject({ kind: 'record', entries: { dW: { shape: [2, 2] }, dB: { shape: [2] } } });
    const options: Arg = { kind: 'record', entries: { epochs: 2, minibatchSize: 4, lr: 1 } };
    expect(shape(await ask('trains', [null, options]))).toEqual(['float64', [3], [2, 4, 1]]);
    const sigmoid = idOf((await session().construct({ module: 'q.py', name: 'Sigmoid' }, [])).value);
    expect((await session().call({ handle: sigmoid, method: 'call' }, [0])).value).toBe(0.5);
  });

  test('a function that is rewritten between two calls is handed what it takes now', async () => {
    const scaled = async () => (shape(await ask('scaled', [5, 7])) as [string, number[], number[]])[2];
    expect([await scaled(), await scaled()]).toEqual([[5], [5]]);
    await ask('rewrites');
    expect(await scaled()).toEqual([5, 7]);
  });

  test('several attributes are read and written in one exchange, and the one that gives trouble is named', async () => {
    const bad = idOf((await session().construct({ module: 'q.py', name: 'Bad' }, [])).value);
    await session().setAll(bad, { n: 3, m: 4 });
    expect(await session().getAll(bad, ['m', 'absent', 'n'])).toEqual([4, undefined, 3]);
    await expect(session().getAll(bad, ['n', 'raises'])).rejects.toThrow(
      'reading raises threw ValueError: no at q.py:18',
    );
    await expect(session().setAll(bad, { n: 5, raises: 1, m: 6 })).rejects.toThrow(
      'setting raises threw ValueError: no',
    );
    expect(await session().getAll(bad, ['n', 'm'])).toEqual([5, 4]);
  });

  test('a generator is taken item by item, and a coroutine run to its end', async () => {
    const { value } = await session().call({ module: 'q.py', name: 'batches' }, [], { keep: 'handle' });
    expect((await session().take(idOf(value), 5)).map(shape)).toEqual([
      ['float64', [2], [1, 1]],
      ['float64', [2], [0, 0]],
    ]);
    expect(await ask('later')).toBe(5);
  });

  test('what it raises is told with its line, and the next question is answered', async () => {
    await expect(ask('broken')).rejects.toMatchObject({
      message: 'broken threw IndexError: list index out of range at q.py:66',
      place: { path: 'q.py', line: 66, column: 12 },
    });
    await expect(ask('recursive', [1])).rejects.toThrow(/^recursive threw RecursionError: maximum recursion depth/);
    await expect(ask('leaves')).rejects.toThrow('leaves threw SystemExit: 0');
    await expect(ask('absent')).rejects.toThrow('q.py does not define absent; it defines');
    await expect(session().call({ module: 'bad.py', name: 'f' }, [])).rejects.toThrow(
      'bad.py threw ValueError: no while it was loaded at bad.py:2',
    );
    expect(await ask('later')).toBe(5);
  });

  test('programs, signals, sockets and files are refused', async () => {
    expect(await ask('attempts')).toEqual({ kind: 'list', items: Array.from({ length: 9 }, () => 'refused') });
  });
});
