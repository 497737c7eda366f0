import { expect, expectTypeOf, test } from 'vitest';
import type { CheckMeta, Law, MatchMeta } from 'gradmark/vitest';
import { checks } from 'gradmark/vitest';
import { TriedReporter } from 'gradmark/vitest-reporter';

test('a tensor is compared with numbers, rows, typed arrays and tensors, and with nothing else', () => {
  expect([1, 2]).toMatchTensor([1, 2]);
  expect(1).toMatchTensor(Float32Array.of(1), { precision: 'single', name: 'The loss' });
  expect([[1]]).toMatchTensor({ shape: [1, 1], dataSync: () => Float32Array.of(1) });
  expect([1]).not.toMatchTensor({ shape: [1], data: [2] });
  expectTypeOf(expect(1).toMatchTensor(1)).toBeVoid();
  // @ts-expect-error: a text is no tensor.
  expect([1]).toMatchTensor('1');
  // @ts-expect-error: there are two precisions.
  expect([1]).toMatchTensor([1], { precision: 'half' });
});

test('the function that is differentiated takes what the place is', () => {
  expect([2]).toMatchGradient((x) => x[0]! ** 2, [1]);
  expect({ W: [[1]], b: [1] }).toMatchGradient(({ W, b }) => W[0]![0]! + b[0]!, { W: [[1]], b: [1] });
  // @ts-expect-error: a place with a name that the function does not know.
  expect([2]).toMatchGradient(({ W }: { W: number[] }) => W[0]!, { b: [1] });
});

test('a law is one of three, and drawing is waited for', () => {
  expectTypeOf(expect([1]).toBeDrawnFrom({ law: 'normal', sd: 1 })).toEqualTypeOf<Promise<void>>();
  expectTypeOf<Extract<Law, { law: 'uniform' }>>().toEqualTypeOf<{ law: 'uniform'; low: number; high: number }>();
  // @ts-expect-error: a uniform law has limits.
  void expect([1]).toBeDrawnFrom({ law: 'uniform', sd: 1 });
});

test('what a test says of gradmark is in its meta, and the reporter reads it', () => {
  test('one', ({ task }) => {
    expectTypeOf(task.meta.gradmark).toEqualTypeOf<CheckMeta | undefined>();
    expectTypeOf(task.meta.gradmarkMatches).toEqualTypeOf<MatchMeta[] | undefined>();
  });
  expectTypeOf(checks).parameter(0).toEqualTypeOf<string | readonly string[] | undefined>();
  expectTypeOf(TriedReporter).toBeConstructibleWith((text: string) => void text);
});
