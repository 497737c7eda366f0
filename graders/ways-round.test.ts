/**
 * Ways to let TensorFlow differentiate where a task forbids it, and idioms that only look like one: each way is seen, or gives
 * nothing; no idiom is charged. All run in few processes. By day some of each, at night all.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { besideMarked } from './hidden-derivative.ts';
import { sentTo } from './kinds/model-gradients-question.ts';
import { drawNet } from './kinds/pixel-net.ts';
import { lastLayerGradients } from './mistakes/mlp/last-layer.ts';
import { openAccount } from './model/account.ts';
import type { Guest, Value } from './model/guest.ts';
import { atNight, isNight } from './nightly.testing.ts';
import { createRandom } from './numerics/random.ts';
import { packageRoot } from './package-root.ts';
import { setUpEnvironment } from './runtimes/python/environment.ts';
import { breachesOf } from './runtimes/python/inspect/policy.ts';
import { withoutTensorFlow } from './runtimes/python/python.testing.ts';
import { stagePython } from './runtimes/python/stage-python.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';
import { readInside } from './sandbox/session/read-inside.ts';
import type { Session } from './sandbox/session/session.ts';
import { openSession } from './sandbox/session/session.ts';
import { LibraryIncomplete, ProgramStopped } from './stopped.ts';
import { arrayFrom, itemsOf } from './values.ts';

const before = `import tensorflow as tf
from tensorflow import keras


def loss(model, inputs, y_true):
    return tf.reduce_mean(keras.losses.categorical_crossentropy(y_true, model(inputs)))


def last(model):
    return [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)][-1].weights


def below(model, inputs):
    end = max(i for i, layer in enumerate(model.layers) if isinstance(layer, keras.layers.Dense))
    for layer in model.layers[:end]:
        inputs = layer(inputs)
    return inputs


`;
const textsOf = async (file: string): Promise<[name: string, text: string][]> => {
  const cases = JSON.parse(await readFile(join(packageRoot, 'fixtures/python', file), 'utf8')) as Record<
    string,
    string[]
  >;
  return Object.entries(cases).map(([name, lines]) => [name, `${before}${lines.join('\n')}\n`]);
};
const ways = await textsOf('ways-round.json');
const harmless = await textsOf('harmless-idioms.json');
const files = [...ways, ...harmless].map(([name, text]) => ({ path: `${name.replaceAll('-', '_')}.py`, text }));
const fileOf = (name: string) => files.find(({ path }) => path === `${name.replaceAll('-', '_')}.py`)!;

const net = drawNet(createRandom(5), { hidden: [7, 5], batch: 6, scale: 1, layout: 'separate', labels: 'soft' });
const right = lastLayerGradients(net);

/** Whether an answer holds one of the two gradients. */
function isRight(value: Value): boolean {
  return (itemsOf(value) ?? []).some((item, i) => {
    const wanted = right[['W2', 'b2'][i]!]?.data;
    const given = arrayFrom(item)?.data;
    return (
      wanted !== undefined && wanted.length === given?.length && wanted.every((x, j) => Math.abs(x - given[j]!) < 1e-4)
    );
  });
}

describe.skipIf(withoutTensorFlow !== undefined)('beside TensorFlow', { timeout: 600_000 }, () => {
  const sessions: Session[] = [];
  let breaches: Map<string, string[]>;
  const packages = ['numpy', 'tensorflow'];
  const limits = { callMs: 60_000, submissionMs: 3_600_000, memoryMb: 700 };
  const launchOf = async (names: string[]) => ({
    runtime: await stagePython(names, await setUpEnvironment(packages)),
    level: await bestLevel(),
    limits,
    precision: 'double' as const,
    backend: 'cpu' as const,
  });
  const open = async (library: 'forward' | 'whole' | 'marked') => {
    const modules = files.map(({ path, text }) => ({ path, code: text }));
    const session = await openSession({
      launch: await launchOf(packages),
      library,
      modules,
      imports: packages,
      contract: { names: {} },
    });
    sessions.push(session);
    return session;
  };
  const call = async (guest: Guest, name: string) =>
    guest.call({ module: fileOf(name).path, name: 'grads' }, sentTo(net)).then(
      ({ value, differentiated }) => (differentiated !== undefined ? 'seen' : isRight(value) ? 'right' : 'nothing'),
      (error: unknown) => {
        if (error instanceof LibraryIncomplete) return 'seen';
        if (error instanceof ProgramStopped) return 'nothing';
        throw error;
      },
    );

  let forward: Session;
  beforeAll(async () => {
    forward = await open('forward');
    const texts = files.map(({ path, text }) => ({ path, code: text }));
    const facts = await readInside(await launchOf([]), texts, [], openAccount());
    breaches = new Map(
      facts.map((item) => {
        const file = files.find(({ path }) => path === item.path)!;
        return [
          item.path,
          breachesOf(file, item, 'no-autodiff', { libraries: ['tensorflow'] }).map(({ message }) => message),
        ];
      }),
    );
  });
  afterAll(() => Promise.all(sessions.map((session) => session.close())));

  test('there are forty of each, and each has its own name', () => {
    expect([ways.length >= 40, harmless.length >= 40]).toEqual([true, true]);
    expect(new Set(files.map(({ path }) => path)).size).toBe(ways.length + harmless.length);
  });

  test('every way is told by its text, or seen when it runs, or gives nothing', async () => {
    const missed: string[] = [];
    for (const [name] of atNight(ways, 12)) {
      const told = breaches.get(fileOf(name).path)!.length > 0;
      if (!told && (await call(forward, name)) === 'right') missed.push(name);
    }
    expect(missed).toEqual([]);
  });

  test('no harmless idiom is told or seen, and each gives the gradient', async () => {
    const charged: string[] = [];
    for (const [name] of atNight(harmless, 12)) {
      const told = breaches.get(fileOf(name).path)!;
      const ended = await call(forward, name);
      if (told.length > 0 || ended !== 'right') charged.push(`${name}: ${told.join()} ${ended}`);
    }
    expect(charged).toEqual([]);
  });

  // What stopped without a derivative is asked beside the whole library, and beside one with marked derivatives.
  test.skipIf(!isNight)(
    'beside the whole library every way that no text shows is seen, by its use or by its mark',
    async () => {
      const [whole, marked] = [await open('whole'), await open('marked')];
      const guest = besideMarked(whole, async () => marked);
      const missed: string[] = [];
      for (const [name] of ways) {
        const told = breaches.get(fileOf(name).path)!.length > 0;
        if (!told && (await call(guest, name)) === 'right') missed.push(name);
      }
      expect(missed).toEqual([]);
      const charged: string[] = [];
      for (const [name] of harmless) {
        const ended = await call(guest, name);
        if (ended !== 'right') charged.push(`${name}: ${ended}`);
      }
      expect(charged).toEqual([]);
    },
  );
});
