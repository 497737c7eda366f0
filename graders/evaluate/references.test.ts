import { expect, test } from 'vitest';
import type { Judged } from './judge-tensors.ts';
import type { Reference } from './references.ts';
import { closestReference } from './references.ts';

const verdict = (decision: 'accepted' | 'undecided' | 'rejected'): Judged => ({
  ...{ accepted: false, undecided: false, rejected: false, margin: 0, asked: '' },
  [decision]: true,
});
type Decision = Parameters<typeof verdict>[0];

/** Which of the references is chosen, by what is found of two tensors with each, and which were tried. */
function chosen(found: Record<string, [Decision, Decision]>): { best: string; tried: string[] } {
  const tried: string[] = [];
  const references = Object.keys(found).map((title): Reference => ({ title, expected: [] }));
  const best = closestReference(references, ({ title }) => {
    tried.push(title!);
    const [W, b] = found[title!]!.map(verdict);
    return { W: W!, b: b! };
  });
  return { best: best.title!, tried };
}

test('the reference that explains most of the answers is taken, and of equal ones the first', () => {
  const [none, half, maybe]: [Decision, Decision][] = [
    ['rejected', 'rejected'],
    ['rejected', 'accepted'],
    ['undecided', 'undecided'],
  ];
  expect(chosen({ oracle: none!, other: half!, third: half! }).best).toBe('other');
  expect(chosen({ oracle: maybe!, other: half! }).best).toBe('other');
  expect(chosen({ oracle: none!, other: maybe! }).best).toBe('other');
  expect(chosen({ oracle: half!, other: half! }).best).toBe('oracle');
});

test('each is tried once, and none any more behind one by which all is right', () => {
  const right: [Decision, Decision] = ['accepted', 'accepted'];
  expect(chosen({ oracle: ['rejected', 'accepted'], variant: right, other: right })).toEqual({
    best: 'variant',
    tried: ['oracle', 'variant'],
  });
});
