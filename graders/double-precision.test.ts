/** Programs beside a tensor library whose answers single precision cannot settle: asked again where the library computes in double. */
import { afterAll, describe, expect, test } from 'vitest';
import { batchOf, contextInProcess } from './check-context.testing.ts';
import type { OpenGuest } from './check-context.ts';
import { evaluate } from './evaluate.ts';
import { standIn } from './mistakes/stand-in.testing.ts';
import type { Precision } from './model/guest.ts';
import { isNight } from './nightly.testing.ts';
import { arrayOf } from './numerics/arrays.ts';
import { setUpEnvironment } from './runtimes/python/environment.ts';
import { withoutTensorFlow, withoutTorch } from './runtimes/python/python.testing.ts';
import { stagePython } from './runtimes/python/stage-python.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';
import { openCopies } from './sandbox/session/copies.ts';
import { openSession } from './sandbox/session/session.ts';
import { startHere } from './sandbox/session/start-here.ts';

/** So large that a unit in the last place of single precision is 1/128 there. */
const far = 65_536;
const logits = [
  [0.25, -1.5, 0.125],
  [2.375, 0.5, -0.75],
];
const logSumExp = logits.map((row) => Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)));

const programs = {
  torch: `import torch

def right(x):
    return torch.logsumexp(x + ${far}, dim=1) - ${far}

def always_single(x):
    return torch.logsumexp(x.float() + ${far}, dim=1) - ${far}

def listed(x):
    return always_single(x).tolist()

def mixed(x):
    return right(x) * (torch.ones(1, 1, dtype=torch.float32) @ torch.ones(1, 1, dtype=x.dtype)).sum()

def wrong(x):
    return torch.logsumexp(x, dim=1) * 1.001
`,
  tensorflow: `import tensorflow as tf

def right(x):
    return tf.reduce_logsumexp(x * 1.0, axis=1) * 0 + tf.math.log(tf.reduce_sum(tf.exp(x), axis=1)) + ${far} - ${far}

def always_single(x):
    return tf.math.log(tf.reduce_sum(tf.exp(tf.cast(x, tf.float32)), axis=1)) + ${far} - ${far}

def listed(x):
    return always_single(x).numpy().tolist()

def mixed(x):
    return right(x) * tf.ones([], tf.float32)

def wrong(x):
    return tf.reduce_logsumexp(x, axis=1) * 1.001
`,
};

const libraries = [
  ['torch', withoutTorch],
  ['tensorflow', isNight ? withoutTensorFlow : 'at night'],
] as const;
const copies = openCopies(startHere);
afterAll(() => copies.close());

for (const [library, without] of libraries) {
  describe.skipIf(without !== undefined)(`beside ${library}`, { timeout: 300_000 }, () => {
    const packages = ['numpy', library];
    const guests = new Map<Precision, Promise<OpenGuest>>();
    const start = async (precision: Precision): Promise<OpenGuest> =>
      openSession({
        launch: {
          runtime: await stagePython(packages, await setUpEnvironment(packages)),
          level: await bestLevel(),
          limits: { callMs: 60_000, submissionMs: 600_000, memoryMb: 700 },
          ...{ precision, backend: 'cpu', copies },
        },
        modules: [{ path: 'q.py', code: programs[library] }],
        imports: packages,
        sent: 'double',
      });
    const guestFor = (precision: Precision) => {
      const known = guests.get(precision) ?? start(precision);
      guests.set(precision, known);
      return known;
    };
    afterAll(async () => {
      for (const guest of guests.values()) await (await guest).close();
    });

    const evaluated = (name: string) =>
      evaluate(
        contextInProcess(batchOf()),
        standIn<number>({
          ...{ id: name, precision: 'single', probes: () => [0], once: true, describe: () => 'logits' },
          oracle: () => ({ loss: arrayOf(logSumExp) }),
          mistakes: [],
          ask: async ({ precision }) => {
            const guest = await guestFor(precision);
            const x = { ...arrayOf(logits), container: 'tensor', dtype: 'float32' } as const;
            const { value } = await guest.call({ module: 'q.py', name }, [x]);
            return { value: { kind: 'record', entries: { loss: value } } };
          },
        }),
      );

    test('a right answer in which single precision lost digits is right', async () => {
      const { tensors, staff } = await evaluated('right');
      expect(tensors['loss']!.margin).toBeGreaterThan(6);
      expect(staff).toBeUndefined();
    });

    test.each(['always_single', 'listed'])(
      '%s says itself that it is in single precision, and is not charged',
      async (name) => {
        const { tensors, staff } = await evaluated(name);
        expect(tensors['loss']!.accepted).toBe(true);
        expect(staff).toContain('in single precision');
      },
    );

    test('a program that stops where both precisions meet is not charged', async () => {
      const { tensors, staff } = await evaluated('mixed');
      expect(tensors['loss']!.accepted).toBe(true);
      expect(staff).toContain('stopped');
    });

    test('a wrong answer that is as close is wrong', async () => {
      const { tensors } = await evaluated('wrong');
      expect(tensors['loss']!.accepted).toBe(false);
    });
  });
}
