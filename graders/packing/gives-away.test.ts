import { expect, test } from 'vitest';
import { formulasOf, problemsOf } from '../audit/known-mistakes.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { givesAway } from './gives-away.ts';

/** In whatever letters: what the sheets ask for by hand, as advice was found to say it. */
const answers: Record<string, RegExp[]> = {
  'boston-init-mnist-grads': [/p_j \(1 − p_j\)/, /−p_j p_k/, /P \(1 − P\)/, /prediction minus target/],
  'descent-components-digits': [/σ\(x\)\s?\(1 − σ\(x\)\)/, /σ\(1 − σ\)/, /\(1 − y\)\/\(1 − ŷ\)/, /−y\/ŷ/],
  'mnist-sigmoid-relu-lab': [/prediction minus target/],
  'numpy-mlp-digits': [/−target\/prediction/],
  'vectors-relu-fashion-backprop': [],
};

test('no advice that a kit holds says what a formula of the same sheet asks for, and most advice stays', async () => {
  const courseworks = [...(await listCourseworks([]))];
  expect(courseworks.map(([slug]) => slug).sort()).toEqual(Object.keys(answers).sort());
  for (const [slug, home] of courseworks) {
    const { checks } = await openCoursework(home);
    const truths = formulasOf(checks).map(({ truth }) => truth);
    const all = [
      ...new Set(problemsOf(checks).flatMap(({ mistakes }) => mistakes.flatMap(({ advice }) => advice ?? []))),
    ];
    const kept = all.filter((advice) => !givesAway(advice, truths));
    expect(
      kept.filter((advice) => answers[slug]!.some((answer) => answer.test(advice))),
      slug,
    ).toEqual([]);
    expect(kept.length / all.length, slug).toBeGreaterThan(0.8);
  }
});

test('the same is recognised in other letters, and what is only like it is not', () => {
  const slope = ['sigma(x) * (1 - sigma(x))'];
  for (const advice of ['It is a (1 − a).', 'Apply σ(x)(1 − σ(x)).', 'Multiply by p_j · (1 − p_j).'])
    expect(givesAway(advice, slope), advice).toBe(true);
  for (const advice of ['Use 1 − a.', 'It is a (1 − b).', 'It is a (1 + a).', 'The factor a is missing.', ''])
    expect(givesAway(advice, slope), advice).toBe(false);
  expect(givesAway('Divide by N, not by N − 1.', ['yhat_j - y_j'])).toBe(false);
  expect(givesAway('It is x − y.', ['yhat_j - y_j'])).toBe(false);
});
