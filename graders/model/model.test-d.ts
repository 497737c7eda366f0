import { expectTypeOf, test } from 'vitest';
import type { Assignment, Task } from 'gradmark/model/assignment';
import type { Finding, TensorGap } from 'gradmark/model/finding';
import type { FormulaNode } from 'gradmark/model/formula';
import type { Grade, Results } from 'gradmark/model/grade';
import type { Arg, Guest, Reply, Target, Value } from 'gradmark/model/guest';
import type { LayerDescription, NetworkDescription, NetworkPlan } from 'gradmark/model/network';
import type { NdArray } from 'gradmark/model/numbers';
import type { SourceFile, Submission } from 'gradmark/model/submission';
import type { Verdict } from 'gradmark/model/verdict';

test('a task is handed in as a unit, or in words', () => {
  expectTypeOf<Assignment['tasks']>().toEqualTypeOf<Task[]>();
  expectTypeOf<Task['unit']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Task>().not.toHaveProperty('module');
});

test('a guest is asked with arguments and answers with values; a network goes in, and is described', () => {
  expectTypeOf<Guest['call']>().parameter(0).toEqualTypeOf<Target>();
  expectTypeOf<Guest['call']>().parameter(1).toEqualTypeOf<readonly Arg[]>();
  expectTypeOf<Guest['call']>().returns.resolves.toEqualTypeOf<Reply>();
  expectTypeOf<{ kind: 'network' } & NetworkPlan>().toExtend<Arg>();
  expectTypeOf<NetworkPlan>().not.toExtend<Value>();
  expectTypeOf<Guest['describe']>().returns.resolves.toEqualTypeOf<NetworkDescription>();
  expectTypeOf<LayerDescription['weights']>().toEqualTypeOf<readonly NdArray[]>();
});

test('a submission becomes verdicts, and these a grade', () => {
  expectTypeOf<Submission['files']>().toEqualTypeOf<SourceFile[]>();
  expectTypeOf<Verdict['finding']>().toEqualTypeOf<Finding | undefined>();
  expectTypeOf<Finding['gaps']>().toEqualTypeOf<TensorGap[] | undefined>();
  expectTypeOf<Grade['tasks'][number]['checks']>().toEqualTypeOf<Verdict[]>();
  expectTypeOf<Results['submissions']>().toEqualTypeOf<Grade[]>();
});

test('a formula is a tree of its own kind', () => {
  expectTypeOf<NonNullable<Finding['formulas']>['yours']>().toEqualTypeOf<FormulaNode>();
  expectTypeOf<{ type: 'minus'; of: FormulaNode }>().toExtend<FormulaNode>();
  expectTypeOf<{ type: 'minus' }>().not.toExtend<FormulaNode>();
});
