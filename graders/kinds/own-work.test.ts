import { expect, test } from 'vitest';
import type { CheckContext } from '../check.ts';
import { pass } from '../check.ts';
import { countsOnce } from './own-work.ts';

test('what counts once something holds fails until then, says so, and is not even asked', async () => {
  const context = {} as CheckContext;
  let asked = 0;
  const run = (holds: boolean) =>
    countsOnce(
      () => Promise.resolve(holds),
      'f computes something',
      () => {
        asked++;
        return Promise.resolve(pass());
      },
    )(context);
  expect(await run(false)).toEqual({ earned: 0, finding: { says: 'Counts once f computes something.' } });
  expect(asked).toBe(0);
  expect(await run(true)).toEqual({ earned: 1 });
});
