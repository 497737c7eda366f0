/** How often a Keras model is trained where only its plot is wanted: one batch a round, and no graph. */
import { expect, test } from 'vitest';
import { isNight } from '../../nightly.testing.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { readRecorded } from './plots/recorded.ts';
import { besideLibrary, withoutTensorFlow } from './python.testing.ts';

const cells = [
  'import keras\nimport numpy as np\nimport tensorflow as tf\nimport matplotlib.pyplot as plt',
  'x, y = np.ones((96, 2)), np.ones((96, 1))\nmodel = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])',
  'model.compile(optimizer="sgd", loss="mse")\nlog = model.fit(x, y, batch_size=8, epochs=30, verbose=0).history["loss"]',
  'steps = int(model.optimizer.iterations)\nplt.plot([steps, len(model.predict(x, verbose=0)), model.train_function is None])\nplt.plot(log)',
];

test.skipIf(!isNight || withoutTensorFlow !== undefined)(
  'beside Keras a fit for a plot takes one batch a round, and what is predicted afterwards is whole',
  { timeout: 300_000 },
  async () => {
    const packages = ['numpy', 'tensorflow'];
    const session = await openSession({
      launch: await besideLibrary(packages),
      modules: [{ path: 'n.py', code: cells.map((cell) => `# %%\n${cell}\n`).join('') }],
      imports: packages,
      contract: { names: { plots: { draws: { rounds: 5, kinds: ['curves'] } } } },
      asked: [],
    });
    const { value } = await session.call({ module: 'n.py', name: 'plots' }, []);
    const { plots, raised } = readRecorded(value);
    expect(raised).toEqual([]);
    expect(plots[0]!.curves[0]!.values).toEqual([5, 96, 0]);
    expect(plots[0]!.curves[1]!.values).toHaveLength(5);
    await session.close();
  },
);
