import { afterEach, expect, test, vi } from 'vitest';
import { openSession } from '../../sandbox/session/session.ts';
import { sameArithmetic } from './arithmetic.ts';
import { pythonLaunch, withoutPython } from './python.testing.ts';

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
