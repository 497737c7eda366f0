/** The grader’s models beside either tensor library: described with their weights or without, and others made like them. */
import { expect, test } from 'vitest';
import { isNight } from '../../nightly.testing.ts';
import type { NdArray } from '../../model/numbers.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { besideLibrary, withoutTensorFlow, withoutTorch } from './python.testing.ts';

const kernel: NdArray = makeArray([3, 2], [1, 2, 3, 4, 5, 6], { container: 'tensor', dtype: 'float32' });
const bias: NdArray = makeArray([2], [10, 20], { container: 'tensor', dtype: 'float32' });

/** Whether another model like it begins with weights of its own, as those of the library do. */
const program = `
def begins_anew(model):
    import keras
    kernel = keras.models.clone_model(model).layers[-1].kernel.numpy()
    return bool(abs(kernel).max() < 2 and abs(kernel).min() > 0)
`;

const libraries: [string, string | undefined][] = [
  ['torch', withoutTorch],
  ['tensorflow', withoutTensorFlow],
];
for (const [library, without] of libraries) {
  test.skipIf(!isNight || without !== undefined)(
    `beside ${library} a description without weights is the same but for these, and a model made like it draws its own`,
    { timeout: 300_000 },
    async () => {
      const packages = ['numpy', library];
      const session = await openSession({
        launch: await besideLibrary(packages),
        modules: [{ path: 'p.py', code: program }],
        imports: packages,
      });
      const { id } = await session.make({
        kind: 'network',
        inputShape: [3],
        layers: [{ kind: 'dense', units: 2, activation: 'relu', weights: [kernel, bias] }],
      });
      const described = await session.describe(id);
      const bare = await session.describe(id, { weights: false });
      const asked = [{ kind: 'handle', id }] as const;
      const again = library === 'torch' || (await session.call({ module: 'p.py', name: 'begins_anew' }, asked)).value;
      await session.close();
      expect(again).toBe(true);
      expect(described.layers[0]!.weights).toEqual([kernel, bias]);
      expect(bare).toEqual({ ...described, layers: described.layers.map((layer) => ({ ...layer, weights: [] })) });
      expect(bare).toMatchObject({ parameters: 8, inputShape: [null, 3], outputShape: [null, 2] });
    },
  );
}
