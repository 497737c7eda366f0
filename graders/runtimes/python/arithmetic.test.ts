import { afterEach, expect, test, vi } from 'vitest';
import { openSession } from '../../sandbox/session/session.ts';
import { sameArithmetic } from './arithmetic.ts';
import { besideLibrary, pythonLaunch, withoutPython, withoutTensorFlow, withoutTorch } from './python.testing.ts';

const program = `
import os
import numpy as np
x = np.linspace(-1, 1, 4096).reshape(64, 64)
def kernels():
    return [os.environ.get("OPENBLAS_CORETYPE"), os.environ.get("NPY_DISABLE_CPU_FEATURES")]
def sums():
    return np.exp(x @ x.T)
`;

afterEach(() => void vi.unstubAllEnvs());

test('kernels are chosen where the processor has them, and nowhere else', () => {
  expect(sameArithmetic('flags\t\t: fpu avx avx2 fma avx512f\nflags\t\t: fpu\n')).toMatchObject({
    OPENBLAS_CORETYPE: 'Haswell',
  });
  expect([sameArithmetic('flags : fpu avx'), sameArithmetic('Features : fp asimd'), sameArithmetic('')]).toEqual([
    {},
    {},
    {},
  ]);
});

test.skipIf(withoutPython !== undefined)(
  'a guest computes with them, whatever the grader was started with',
  async () => {
    const asked = async () => {
      const modules = [{ path: 'q.py', code: program }];
      const session = await openSession({ launch: await pythonLaunch(), modules, imports: ['numpy'] });
      const answer = async (name: string) => (await session.call({ module: 'q.py', name }, [])).value;
      const answers = [await answer('kernels'), await answer('sums')];
      await session.close();
      return answers;
    };
    const here = await asked();
    const { OPENBLAS_CORETYPE, NPY_DISABLE_CPU_FEATURES } = sameArithmetic();
    expect(here[0]).toEqual({ kind: 'list', items: [OPENBLAS_CORETYPE, NPY_DISABLE_CPU_FEATURES] });
    vi.stubEnv('OPENBLAS_CORETYPE', 'Prescott');
    expect(await asked()).toEqual(here);
  },
);

const besideEach: [library: string, without: string | undefined, tells: string][] = [
  ['torch', withoutTorch, 'torch.backends.cpu.get_cpu_capability()'],
  ['tensorflow', withoutTensorFlow, '"AVX2"'],
];
for (const [library, without, tells] of besideEach) {
  test.skipIf(without !== undefined || !('OPENBLAS_CORETYPE' in sameArithmetic()))(
    `beside ${library} no kernels are newer either`,
    async () => {
      const asks = `import os, ${library}\ndef kernels():\n    return [${tells}, *map(os.environ.get, ["MKL_CBWR", "ONEDNN_MAX_CPU_ISA"])]\n`;
      const session = await openSession({
        launch: await besideLibrary(['numpy', library]),
        modules: [{ path: 'q.py', code: asks }],
        imports: ['numpy', library],
      });
      const { value } = await session.call({ module: 'q.py', name: 'kernels' }, []);
      await session.close();
      expect(value).toEqual({ kind: 'list', items: ['AVX2', 'AVX2', 'AVX2'] });
    },
  );
}
