import { expectTypeOf, test } from 'vitest';
import type { Check, CheckContext, Judgement } from 'gradmark/check';
import { fail, pass } from 'gradmark/check';
import type { Key, Variant } from 'gradmark/key';
import { mistakeMaker, wrongly } from 'gradmark/key';
import type { AnyProblem, Problem } from 'gradmark/problem';
import type { Answer, Answered, Question, Reading } from 'gradmark/question';
import type { Finding } from 'gradmark/model/finding';
import type { Guest } from 'gradmark/model/guest';
import type { ProgramStopped } from 'gradmark/stopped';
import { unlessStopped } from 'gradmark/stopped';

interface Probe {
  x: number;
}

test('a check runs on a context and gives a judgement', () => {
  expectTypeOf<Check['run']>().toEqualTypeOf<(context: CheckContext) => Promise<Judgement>>();
  expectTypeOf<CheckContext['guest']>().returns.resolves.toEqualTypeOf<Guest>();
  expectTypeOf(pass()).toEqualTypeOf<Judgement>();
  expectTypeOf(fail).parameter(0).toEqualTypeOf<Finding>();
  // @ts-expect-error: below full marks a reader is told why.
  fail();
});

test('a problem is a question with its key, of one type of probe', () => {
  expectTypeOf<Problem<Probe>>().toExtend<Question<Probe>>();
  expectTypeOf<Problem<Probe>>().toExtend<Key<Probe>>();
  expectTypeOf<Problem<Probe>>().toExtend<AnyProblem>();
  expectTypeOf<Question<Probe>>().not.toExtend<Problem<Probe>>();
  expectTypeOf<Question<Probe>['ask']>().toEqualTypeOf<(guest: Guest, probe: Probe) => Promise<Answered>>();
  expectTypeOf<Question<Probe>['read']>().returns.toEqualTypeOf<Reading>();
  expectTypeOf<Key<Probe>['oracle']>().toEqualTypeOf<(probe: Probe) => Answer>();
});

test('makers of mistakes ask for id, title and advice', () => {
  const wrong = wrongly('once', 'not doubled', 'Twice.', ({ x }: Probe): Answer => (x > 0 ? {} : {}));
  expectTypeOf(wrong).toExtend<Variant<Probe>>();
  const maker = mistakeMaker((factor: number) => ({ factor }));
  expectTypeOf(maker('a', 'b', 'c', 2).factor).toEqualTypeOf<number>();
  // @ts-expect-error: a mistake without its slip.
  maker('a', 'b', 'c');
});

test('what is charged to the student is one exception, and what goes on without it keeps its type', () => {
  expectTypeOf<ProgramStopped['kind']>().toEqualTypeOf<'crash' | 'timeout' | 'memory' | 'refused' | 'missing'>();
  expectTypeOf(unlessStopped(() => 1, 0)).resolves.toEqualTypeOf<number>();
});
