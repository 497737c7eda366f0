/**
 * Judges a formula of answers.json: read, compared at random points, and explained where it is a known mistake.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { judgeFormula, trusted } from 'gradmark/judge-formula';
 * import type { CheckContext } from 'gradmark/check';
 * import type { FormulaProblem } from 'gradmark/formula';
 * import { createRandom } from 'gradmark/random';
 *
 * const square: FormulaProblem = {
 *   ...{ key: 'dSquare', what: 'd x² / dx', names: { known: ['x'] }, truth: '2 x', mistakes: [] },
 *   domain: (random) => ({ values: { x: random.uniform(-2, 2) } }),
 * };
 * assert.ok(trusted(square, 'x + x'));
 * assert.throws(() => trusted(square, 'x +'), /cannot be read/);
 * const handedIn = (dSquare: string) =>
 *   ({ answers: () => ({ dSquare }), random: (name: string) => createRandom(1, name) }) as unknown as CheckContext;
 * assert.equal(judgeFormula(handedIn('x + x'), square).earned, 1);
 * const { earned, finding } = judgeFormula(handedIn('x'), square);
 * assert.equal(earned, 0);
 * assert.deepEqual(finding?.formulas?.yours, { type: 'name', base: 'x', indices: [] });
 * ```
 */
import type { CheckContext, Judgement } from './check.ts';
import type { Diagnosis } from './model/finding.ts';
import { equivalent } from './formula/equivalent.ts';
import type { Formula } from './formula/formula.ts';
import { offeredNames } from './formula/formula.ts';
import type { FormulaProblem } from './formula/problem.ts';
import { parseFormula } from './formula/parse.ts';
import { ProgramStopped } from './stopped.ts';

/** Every formula is compared at this many random points, with both cases of every Kronecker delta among them. */
const points = 40;

/** Parses and compares the student's formula; a formula that cannot be read says where. */
export function judgeFormula(context: CheckContext, problem: FormulaProblem): Judgement {
  const text = context.answers()[problem.key];
  if (text === undefined || text === '') {
    throw new ProgramStopped('missing', `answers.json has no formula under "${problem.key}".`);
  }
  const yours = parseFormula(text, problem.names);
  if ('error' in yours) {
    const says = `The formula "${problem.key}" cannot be read: ${yours.error}`;
    return {
      earned: 0,
      finding: { says, asked: asks(problem), hint: `Names you can use: ${offeredNames(problem.names).join(', ')}.` },
    };
  }
  const truth = trusted(problem, problem.truth);
  const compared = equivalent(yours, truth, problem.domain, randomOf(context, problem), {
    n: points,
  });
  if (compared.same) return { earned: 1 };
  const diagnosis = recognise(context, problem, yours);
  return {
    earned: 0,
    finding: {
      says: `The formula for ${problem.what} gives another value than ${problem.what} has.`,
      asked: compared.at === '' ? asks(problem) : `${asks(problem)} Shown is ${compared.at}.`,
      yours: `${yours.text} = ${Number(compared.yours.toPrecision(6))}`,
      expected: String(Number(compared.expected.toPrecision(6))),
      formulas: { yours: yours.root, expected: truth.root },
      tolerance: 'one part in 1,000,000,000: both formulas are evaluated in double precision',
    },
    ...(diagnosis === undefined ? {} : { diagnosis }),
  };
}

const asks = (problem: FormulaProblem) => `"${problem.key}" in answers.json, evaluated at ${points} random points.`;

/** The known wrong formula that the student's is the same as, everywhere. */
function recognise(context: CheckContext, problem: FormulaProblem, yours: Formula): Diagnosis | undefined {
  const found = problem.mistakes.filter(
    (mistake) =>
      equivalent(yours, trusted(problem, mistake.text), problem.domain, randomOf(context, problem), { n: points }).same,
  );
  if (found.length === 0) return undefined;
  return {
    mistakes: found.map((mistake) => mistake.id),
    certainty: found.length === 1 ? 'certain' : 'consistent',
    says: found.map((mistake) => `${mistake.title}. ${mistake.advice}`).join(' Or: '),
    evidence: [`Your formula equals ${found[0]!.text} at all ${points} points.`],
  };
}

/** Equal points for the truth and for every known mistake, so that a match is a match on the same evidence. */
const randomOf = (context: CheckContext, problem: FormulaProblem) => context.random(`formula/${problem.key}`);

/** A formula of ours; that it cannot be read would be our mistake. */
export function trusted(problem: FormulaProblem, text: string): Formula {
  const parsed = parseFormula(text, problem.names);
  if ('error' in parsed) throw new Error(`${problem.key}: our own formula cannot be read.\n${parsed.error}`);
  return parsed;
}
