import { expect, it } from 'vitest';
import { openAccount } from '../../model/account.ts';
import { sessions } from './session.testing.ts';

const open = sessions();

it('charges what it costs the grader to read an answer, where that is large', async () => {
  const account = openAccount();
  const text = `const many = Array.from({ length: 40_000 }, (_, i) => ({ a: i, b: [1, 2] }));
    export const large = () => many; export const small = () => many.slice(0, 100);`;
  const s = await open(text, { account });
  const small = await s.call({ module: 'q.ts', name: 'small' }, []);
  expect(account.usedMs).toBe(small.ms);
  const large = await s.call({ module: 'q.ts', name: 'large' }, []);
  expect(account.usedMs).toBeGreaterThan(small.ms + large.ms);
});
