import { expectTypeOf, test } from 'vitest';
import type { Check, CheckContext, Judgement } from 'gradmark/check';
import type { DenseLayers } from 'gradmark/kinds/dense-layers';
import { denseFault } from 'gradmark/kinds/dense-layers';
import type { ElementwiseProblem } from 'gradmark/kinds/elementwise';
import { elementwiseKey, judgeElementwise } from 'gradmark/kinds/elementwise';
import type { Elements, OfFunction } from 'gradmark/kinds/elementwise-question';
import { elementwiseQuestion } from 'gradmark/kinds/elementwise-question';
import type { FormulaRow } from 'gradmark/kinds/formulas';
import { formulaChecks } from 'gradmark/kinds/formulas';
import type { Key } from 'gradmark/key';
import type { Finding } from 'gradmark/model/finding';
import type { NetworkDescription } from 'gradmark/model/network';
import type { Problem } from 'gradmark/problem';

test('question and key of an elementwise function make a problem that its judge takes', () => {
  const question = elementwiseQuestion({ id: 'relu', title: 'ReLU', unit: 'q1', name: 'relu' });
  const key = elementwiseKey({ draw: () => [1], truth: (x) => x!, mistakes: [] });
  expectTypeOf(question).toEqualTypeOf<OfFunction<Elements>>();
  expectTypeOf(key).toEqualTypeOf<Key<Elements>>();
  const problem = { ...question, ...key };
  expectTypeOf(problem).toExtend<Problem<Elements>>();
  expectTypeOf(problem).toExtend<ElementwiseProblem>();
  expectTypeOf(judgeElementwise).parameter(0).toEqualTypeOf<CheckContext>();
  expectTypeOf(judgeElementwise).returns.resolves.toEqualTypeOf<Judgement>();
  // @ts-expect-error: a function is asked by its unit and name.
  elementwiseQuestion({ id: 'relu', title: 'ReLU', name: 'relu' });
});

test('a table of formulas is a list of checks', () => {
  expectTypeOf(formulaChecks).toEqualTypeOf<(rows: readonly FormulaRow[]) => Check[]>();
});

test('the layers of a model are judged by its description', () => {
  expectTypeOf(denseFault).toEqualTypeOf<(model: NetworkDescription, asked: DenseLayers) => Finding | undefined>();
});
