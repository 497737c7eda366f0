/** How many threads a process beside a tensor library has, as the kernel counts them, and what asks for more is answered. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { isNight } from '../../nightly.testing.ts';
import { openCopies, type Copies } from '../../sandbox/session/copies.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { startHere } from '../../sandbox/session/start-here.ts';
import { besideLibrary, withoutTensorFlow, withoutTorch } from './python.testing.ts';

const programs = {
  torch: `import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

def nothing():
    return 1

def fit():
    data = TensorDataset(torch.rand(64, 20), torch.randint(3, (64,)))
    model = nn.Sequential(nn.Linear(20, 200), nn.ReLU(), nn.Linear(200, 3))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for x, y in DataLoader(data, batch_size=8, shuffle=True, num_workers=2):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return sum(float(parameter.detach().sum()) for parameter in model.parameters())
`,
  tensorflow: `import keras
import tensorflow as tf

def nothing():
    return 1

def fit():
    x, y = tf.random.normal([64, 20]), tf.one_hot(tf.range(64) % 3, 3)
    data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(64)
    data = data.map(lambda a, b: (a * 2, b), num_parallel_calls=tf.data.AUTOTUNE).batch(8).prefetch(tf.data.AUTOTUNE)
    model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(200, activation="relu"), keras.layers.Dense(3, activation="softmax")])
    model.compile(optimizer="sgd", loss="categorical_crossentropy")
    model.fit(data, epochs=2, verbose=0)
    return sum(float(tf.reduce_sum(weight)) for weight in model.weights)
`,
};
/** After loading, and after a small training. */
const most = { torch: [1, 1], tensorflow: [4, 8] } as const;

const copies = openCopies(startHere);
afterAll(() => copies.close());
const threadsOf = (pid: number): number =>
  Number(/^Threads:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))![1]);

const libraries = [
  ['torch', withoutTorch],
  ['tensorflow', withoutTensorFlow],
] as const;
for (const [library, without] of libraries) {
  describe.skipIf(!isNight || without !== undefined)(`beside ${library}`, { timeout: 300_000 }, () => {
    const packages = ['numpy', library];
    /** What a training gives in a process of its own, and the threads that it had. */
    const trained = async (way: 'copied' | 'started') => {
      const pids: number[] = [];
      const noted: Copies = {
        ...copies,
        take: async (...words) => {
          const copy = await copies.take(...words);
          if (copy !== undefined) pids.push(copy.pid);
          return copy;
        },
      };
      const session = await openSession({
        launch: { ...(await besideLibrary(packages)), ...(way === 'copied' && { copies: noted }) },
        modules: [{ path: 'q.py', code: programs[library] }],
        imports: packages,
      });
      const threads: number[] = [];
      const look = () => threads.push(...pids.map(threadsOf));
      await session.call({ module: 'q.py', name: 'nothing' }, []);
      look();
      const { value } = await session.call({ module: 'q.py', name: 'fit' }, []);
      look();
      await session.close();
      return { value, threads };
    };

    test('there are few threads, and the numbers are the same in every process, copied or started', async () => {
      const [one, two, started] = [await trained('copied'), await trained('copied'), await trained('started')];
      expect(one.value).toBeTypeOf('number');
      expect([two.value, started.value]).toEqual([one.value, one.value]);
      expect(one.threads.every((count, i) => count <= most[library][i]!)).toBe(true);
    });
  });
}
