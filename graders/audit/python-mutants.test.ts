/** Slips planted in a text of Python, in the real box. */
import { expect, test } from 'vitest';
import { withoutPython } from '../runtimes/python/python.testing.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import { applyMutant } from './mutants.ts';
import { pythonMutants, raisingAt } from './python-mutants.ts';

const file = {
  path: 'q.py',
  text: 'σ = 1\ndef f(x, W):\n    return (x @ W.T).sum(axis=0) if x is not None and W > 0.5 else -x\n',
};

test.skipIf(withoutPython !== undefined)(
  'a slip replaces one expression, also behind letters of two bytes',
  async () => {
    const [mutants] = await pythonMutants([file], await bestLevel());
    const texts = mutants!.map((mutant) => applyMutant(file, mutant).text.split('\n').slice(0, 3).join(' '));
    const line = (changed: string) => `σ = 1 def f(x, W):     return ${changed}`;
    expect(texts).toContain(line('(x @ W).sum(axis=0) if x is not None and W > 0.5 else -x'));
    expect(texts).toContain(line('(x @ W.T).sum() if x is not None and W > 0.5 else -x'));
    expect(texts).toContain(line('(x @ W.T).sum(axis=0) if x is not None and (W >= 0.5) else -x'));
    expect(texts).toContain(line('(x @ W.T).sum(axis=0) if x is not None and W > 1.5 else -x'));
    expect(texts).toContain('σ = 2 def f(x, W):     return (x @ W.T).sum(axis=0) if x is not None and W > 0.5 else -x');
    expect(new Set(texts).size).toBe(texts.length);
    const sign = mutants!.find(({ operator }) => operator === 'sign')!;
    expect(raisingAt(file, sign).text).toContain('else (1 / 0)');
  },
);
