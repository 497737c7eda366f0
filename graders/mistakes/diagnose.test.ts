import { describe, expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { makeArray, mapArray } from '../numerics/arrays.ts';
import { atNight, isNight } from '../nightly.testing.ts';
import type { Answer } from '../question.ts';
import { createDiagnosisCache } from './cache.ts';
import { diagnose } from './diagnose.ts';
import { examine, noisy } from './exam.testing.ts';
import { distanceTo } from './matching.ts';
import type { MlpKind } from './mlp/kind.ts';
import { netProblem } from './mlp/stand-in-nets.testing.ts';
import { lastLayer } from './mlp/views.ts';
import { pairs } from './program.ts';

const full: MlpKind = { hidden: 'sigmoid', output: 'softmax-cce', layers: 3, outputs: 'many', learningRate: 0.237 };
const problem = netProblem(full);
const probes = problem.probes(createRandom(1, 'diagnose test'));
const right = probes.map((probe) => problem.oracle(probe));
const cache = createDiagnosisCache();

const mistake = (id: string) => problem.mistakes.find((variant) => variant.id === id)!;
const answersOf = (id: string): Answer[] => probes.map((probe) => mistake(id).compute(probe));
const change = (answers: readonly Answer[], f: (name: string, value: number, i: number) => number): Answer[] =>
  answers.map((answer) =>
    Object.fromEntries(Object.entries(answer).map(([name, a]) => [name, mapArray(a, (v, i) => f(name, v, i))])),
  );
const ask = (answers: readonly (Answer | undefined)[]) => diagnose(problem, probes, answers, { cache });

describe('confusion', () => {
  const settings: readonly [string, ReturnType<typeof netProblem>][] = [
    ['three layers', problem],
    ['last layer only', netProblem({ ...full, softLabels: true }, lastLayer('W2', 'b2'), ['sum'])],
    ['ReLU, one sigmoid output', netProblem({ hidden: 'relu', output: 'sigmoid-bce', layers: 2, outputs: 'one' })],
  ];
  test.each(settings)('%s: every single mistake under float32 noise is named, and none is named wrongly', (_, task) => {
    let [planted, named] = [0, 0];
    const noises = atNight([1e-5, 3e-6, 1e-6], 1);
    for (const [i, noise] of noises.entries()) {
      const random = createRandom(i, 'confusion');
      const exam = examine(task, task.probes(random), noise, random);
      planted += exam.planted;
      named += exam.named;
      expect(exam.misnamed).toEqual([]);
    }
    expect(planted).toBeGreaterThan(67 * noises.length);
    expect(named / planted).toBeGreaterThanOrEqual(0.99);
  });

  test('unseen programs with two mistakes never get a certain label that is neither their own nor an identity', () => {
    const task = netProblem({ ...full, layers: 2 });
    const designs = task.probes(createRandom(1, 'pairs'));
    const all = pairs(task.mistakes);
    const few = isNight ? 1000 : 300;
    const chosen = all.filter((_, i) => i % Math.floor(all.length / few) === 0);
    const falsely: string[] = [];
    for (const [i, pair] of chosen.entries()) {
      const exact = designs.map((probe) => pair.compute(probe));
      const random = createRandom(i, 'pairs');
      const answers = exact.map((answer) => noisy(answer, 3e-6, random));
      const { mistakes, certainty } = diagnose(task, designs, answers, { cache });
      if (certainty !== 'certain' || pair.id.split('+').includes(mistakes[0]!)) continue;
      const label = task.mistakes.find(({ id }) => id === mistakes[0]);
      const same =
        label &&
        exact.every((answer, j) => distanceTo(answer, label.compute(designs[j]!), task.oracle(designs[j]!)) < 1e-9);
      if (!same) falsely.push(`${pair.id} was called ${mistakes.join(', ')}`);
    }
    expect(chosen.length).toBeGreaterThanOrEqual(few);
    expect(falsely).toEqual([]);
  });

  test('right answers with noise are never given a mistake', () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = createRandom(seed, 'right');
      expect(ask(right.map((answer) => noisy(answer, 3e-5, random))).mistakes).toEqual([]);
    }
  });
});

test('a certain diagnosis shows yours, the expected value and the factor; its advice holds no expected value', () => {
  const { mistakes, certainty, says, evidence } = ask(answersOf('sum'));
  expect({ mistakes, certainty }).toEqual({ mistakes: ['sum'], certainty: 'certain' });
  expect(says).toBe(mistake('sum').advice);
  expect(evidence[0]).toMatch(/^\w+\[[\d, ]+\]: yours -?[\d.e-]+, expected -?[\d.e-]+ \((9|11) times\)/);
});

test('one design alone, or two designs of equal size, never make a diagnosis certain', () => {
  const [first] = probes;
  const one = answersOf('input-pre-activation').slice(0, 1);
  expect(diagnose(problem, [first!], one)).toMatchObject({
    mistakes: ['input-pre-activation'],
    certainty: 'consistent',
  });
  expect(diagnose(problem, [first!, first!], [one[0]!, one[0]!]).certainty).toBe('consistent');
});

test('the order of the library changes nothing', () => {
  const shuffled = {
    ...problem,
    mistakes: createRandom(5)
      .permutation(problem.mistakes.length)
      .map((i) => problem.mistakes[i]!),
  };
  for (const answers of [
    answersOf('bias-max'),
    change(right, (_, v) => v * 3.3),
    change(answersOf('sum'), (_, v) => v + 0.1),
  ])
    expect(diagnose(shuffled, probes, answers)).toEqual(diagnose(problem, probes, answers));
});

test('mistakes that give the same numbers are all listed, and never certain', () => {
  const task = netProblem({ ...full, softLabels: true }, lastLayer('W2', 'b2'));
  const designs = task.probes(createRandom(1, 'ties'));
  const zero = task.mistakes.find(({ id }) => id === 'bias-zero')!;
  const found = diagnose(
    task,
    designs,
    designs.map((probe) => zero.compute(probe)),
  );
  expect(found.certainty).toBe('consistent');
  expect(found.mistakes).toEqual(['bias-mean-of-units', 'bias-total', 'bias-zero']);
  expect(found.evidence.join(' ')).toContain('cannot be told apart');
});

test('a mistake on top of an accepted convention is recognised', () => {
  const task = netProblem({ ...full, softLabels: true }, lastLayer('W2', 'b2'), ['sum']);
  const designs = task.probes(createRandom(1, 'convention'));
  const both = pairs([...task.mistakes, ...task.accepts!]).find(({ id }) => id === 'input-pre-activation+sum')!;
  const found = diagnose(
    task,
    designs,
    designs.map((probe) => both.compute(probe)),
  );
  expect(found).toMatchObject({ mistakes: ['input-pre-activation'], certainty: 'certain' });
});

test('a penalty is found with its strength', () => {
  const family = problem.clues!.families!.find(({ id }) => id === 'weight-penalty')!;
  const found = ask(probes.map((probe) => family.compute(probe, 0.02)));
  expect(found).toMatchObject({ mistakes: ['weight-penalty'], certainty: 'certain' });
  expect(found.says).toContain('0.02');
  const odd = ask(probes.map((probe) => family.compute(probe, 0.03712)));
  expect(odd).toMatchObject({ mistakes: ['weight-penalty'], certainty: 'family' });
  expect(odd.says).toContain('0.03712');
});

test('every family is recognised at a number between two of its own', () => {
  for (const family of problem.clues!.families!) {
    const value = family.values[4]! * 1.1;
    const found = ask(probes.map((probe) => family.compute(probe, value)));
    expect(found.mistakes, family.id).toContain(family.id);
  }
});

test('a factor that is no known mistake is put into words, tensor by tensor', () => {
  const found = ask(change(right, (name, v) => (name === 'W2' ? v * 4 : v)));
  expect(found).toMatchObject({ mistakes: ['scale'], certainty: 'family' });
  expect(found.says).toContain('W2 is 4 times too large');
  const everywhere = ask(change(right, (_, v) => v * 0.37));
  expect(everywhere.certainty).toBe('family');
  expect(everywhere.says).toContain('0.37');
});

test('right numbers in another order are called that', () => {
  const turned = right.map((answer): Answer => {
    const b3 = answer['b3']!;
    return {
      ...answer,
      b3: makeArray(b3.shape, b3.data.toReversed()),
      W1: makeArray(answer['W1']!.shape, answer['W1']!.data.toReversed()),
    };
  });
  expect(ask(turned)).toMatchObject({ mistakes: ['order'], certainty: 'family' });
  expect(ask(turned).says).toContain('another order');
});

test('a known mistake times an explained factor is consistent, never certain', () => {
  const found = ask(change(answersOf('slope-missing'), (_, v) => -v));
  expect(found).toMatchObject({ mistakes: ['slope-missing'], certainty: 'consistent' });
  expect(found.says).toContain('opposite sign');
});

test('what fits nothing is only localised: the first wrong tensor in backward order, and what is right above it', () => {
  const wrongIn = (...names: string[]) =>
    ask(change(right, (name, v, i) => (names.includes(name) ? v + 0.02 * ((i * 7) % 5) : v)));
  const lower = wrongIn('W2', 'b2', 'W1', 'b1');
  expect(lower).toMatchObject({ mistakes: [], certainty: 'unknown' });
  expect(lower.says).toMatch(/first result that is wrong is b2; b3 and W3 are right\..*transposed weights/);
  // Beside right weights the error of the layer is right.
  const bias = wrongIn('b2', 'W1', 'b1');
  expect(bias.says).toMatch(/first result that is wrong is b2; b3, W3 and W2 are right\. W2 is right, so the error/);
  const input = ask(change(right, (name, v, i) => (name === 'W3' ? v + 0.02 * ((i * 7) % 5) : v)));
  expect(input.says).toMatch(/first result that is wrong is W3; b3.*received as input/);
  expect(input.evidence.join(' ')).toContain('sums to zero over the classes');
});

test('NaN and infinities explain nothing: the first tensor that holds one is named', () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const found = ask(change(right, (name, v, i) => (name === 'W2' && i === 3 ? value : v)));
    expect(found).toMatchObject({ mistakes: [], certainty: 'unknown' });
    expect(found.says).toContain(`W2 holds ${value}`);
  }
});

test('a known mistake that divides by zero on one probe is still recognised by the others', () => {
  const single = { ...probes[0]!, X: probes[0]!.X.slice(0, 1), Y: probes[0]!.Y.slice(0, 1) };
  const designs = [...probes, single];
  const found = diagnose(
    problem,
    designs,
    designs.map((probe) => mistake('n-minus-one').compute(probe)),
  );
  expect(found).toMatchObject({ mistakes: ['n-minus-one'], certainty: 'certain' });
  expect(diagnose(problem, [single], [mistake('n-minus-one').compute(single)])).toMatchObject({ mistakes: [] });
});

test('unreadable answers are left out, and nothing is said of none', () => {
  const [first, second] = answersOf('factor-two');
  expect(ask([first, undefined])).toMatchObject({ mistakes: ['factor-two'], certainty: 'consistent' });
  expect(ask([undefined, second]).mistakes).toEqual(['factor-two']);
  expect(ask([undefined, undefined])).toMatchObject({ mistakes: [], certainty: 'unknown' });
});

test('an answer without one of the tensors is localised there', () => {
  const partial = right.map(({ W2: _, ...rest }): Answer => rest);
  expect(ask(partial)).toMatchObject({ mistakes: [], certainty: 'unknown' });
  expect(ask(partial).says).toContain('W2');
});
