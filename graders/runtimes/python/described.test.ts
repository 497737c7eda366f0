/** Models are described with their weights or without, and otherwise alike, beside either tensor library. */
import { expect, test } from 'vitest';
import { isNight } from '../../nightly.testing.ts';
import type { NdArray } from '../../model/numbers.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { bestLevel } from '../../sandbox/doctor/best-level.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { setUpEnvironment } from './environment.ts';
import { withoutTensorFlow, withoutTorch } from './python.testing.ts';
import { stagePython } from './stage-python.ts';

const kernel: NdArray = makeArray([3, 2], [1, 2, 3, 4, 5, 6], { container: 'tensor', dtype: 'float32' });
const bias: NdArray = makeArray([2], [10, 20], { container: 'tensor', dtype: 'float32' });

const libraries: [string, string | undefined][] = [
  ['torch', withoutTorch],
  ['tensorflow', withoutTensorFlow],
];
for (const [library, without] of libraries) {
  test.skipIf(!isNight || without !== undefined)(
    `beside ${library} a description without weights is the same but for these`,
    { timeout: 300_000 },
    async () => {
      const packages = ['numpy', library];
      const session = await openSession({
        launch: {
          runtime: await stagePython(packages, await setUpEnvironment(packages)),
          level: await bestLevel(),
          limits: { callMs: 60_000, submissionMs: 600_000, memoryMb: 700 },
          ...{ precision: 'single', backend: 'cpu' },
        },
        modules: [],
        imports: packages,
      });
      const { id } = await session.make({
        kind: 'network',
        inputShape: [3],
        layers: [{ kind: 'dense', units: 2, activation: 'relu', weights: [kernel, bias] }],
      });
      const described = await session.describe(id);
      const bare = await session.describe(id, { weights: false });
      await session.close();
      expect(described.layers[0]!.weights).toEqual([kernel, bias]);
      expect(bare).toEqual({ ...described, layers: described.layers.map((layer) => ({ ...layer, weights: [] })) });
      expect(bare).toMatchObject({ parameters: 8, inputShape: [null, 3], outputShape: [null, 2] });
    },
  );
}
