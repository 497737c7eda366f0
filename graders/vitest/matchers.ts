/** The matchers, as `expect.extend` takes them. */
import type { TestContext } from 'vitest';
import { bandOf } from '../numerics/tolerance.ts';
import type { Compared } from './compared.ts';
import { compared } from './compared.ts';
import type { Places } from './gradient.ts';
import { againstDifferences } from './gradient.ts';
import type { Law } from './law.ts';
import { drawnFrom, fewest } from './law.ts';
import type { MatchMeta } from './meta.ts';
import type { TensorLike } from './read-tensor.ts';
import { tensorOf } from './read-tensor.ts';

/** What of vitest's state a matcher looks at: the test it is in, where it is in one. */
interface State {
  task?: Readonly<TestContext['task']>;
}

interface Result {
  pass: boolean;
  message(): string;
  meta: MatchMeta;
}

/** Said, and written down beside the test. */
function result({ task }: State, matcher: MatchMeta['matcher'], { lines, ...found }: Compared): Result {
  const meta: MatchMeta = { matcher, ...found };
  if (task !== undefined) (task.meta.gradmarkMatches ??= []).push(meta);
  return { pass: found.pass, message: () => lines.join('\n'), meta };
}

interface Precision {
  precision?: 'single' | 'double';
}

export const matchers = {
  toMatchTensor(
    this: State,
    received: unknown,
    expected: TensorLike,
    { precision, name = 'It' }: Precision & { name?: string } = {},
  ): Result {
    const [yours, right] = [tensorOf(received, 'What is compared'), tensorOf(expected, 'What is expected')];
    const isSingle = yours.dtype === 'float32' || right.dtype === 'float32';
    return result(
      this,
      'toMatchTensor',
      compared(name, yours, right, bandOf(precision ?? (isSingle ? 'single' : 'double'))),
    );
  },

  toMatchGradient(
    this: State,
    received: unknown,
    f: (at: never) => TensorLike,
    at: Places,
    { precision }: Precision = {},
  ): Result {
    return result(this, 'toMatchGradient', againstDifferences(received, f, at, precision));
  },

  async toBeDrawnFrom(this: State, received: unknown, law: Law): Promise<Result> {
    const draw = typeof received === 'function' ? (received as () => unknown) : undefined;
    const first = tensorOf(await (draw === undefined ? received : draw()), 'The sample');
    if (first.data.length < fewest)
      throw new RangeError(`A sample of ${first.data.length} tells too little: draw at least ${fewest} numbers.`);
    const fresh = draw && (async () => tensorOf(await draw(), 'The sample'));
    return result(this, 'toBeDrawnFrom', await drawnFrom(law, first, fresh));
  },
};
