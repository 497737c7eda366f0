/**
 * Numbers that a student reports in answers.json.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { CheckContext } from 'gradmark/check';
 * import { claimedNumbers } from 'gradmark/kinds/claims';
 *
 * const handedIn = (q4: unknown) => ({ answers: () => ({ q4 }) }) as unknown as CheckContext;
 * assert.deepEqual(claimedNumbers(handedIn({ accuracy: 0.9 }), 'q4', ['accuracy']), { accuracy: 0.9 });
 * assert.throws(() => claimedNumbers(handedIn({ accuracy: 'high' }), 'q4', ['accuracy']), /needs a number/);
 * ```
 */
import type { CheckContext } from '../check.ts';
import { ProgramStopped } from '../stopped.ts';

/**
 * The named numbers under one id of answers.json; throws ProgramStopped('missing') when nothing is filled in, and a
 * refusal that names the field when a value is no finite number.
 */
export function claimedNumbers<Name extends string>(
  context: CheckContext,
  key: string,
  names: readonly Name[],
): Record<Name, number> {
  const fields = claimedFields(context, key);
  const given = names.filter((name) => fields[name] !== undefined && fields[name] !== null);
  if (given.length === 0) {
    throw new ProgramStopped('missing', `answers.json has no ${names.join(', ')} under "${key}".`);
  }
  const read = names.map((name): [Name, number] => {
    const value = fields[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40);
      throw new ProgramStopped('refused', `answers.json: "${key}" needs a number as ${name}, got ${got}.`);
    }
    return [name, value];
  });
  return Object.fromEntries(read) as Record<Name, number>;
}

/** What stands under one id of answers.json, field by field; nothing where it is no object. */
export function claimedFields(context: CheckContext, key: string): Readonly<Record<string, unknown>> {
  const entry = context.answers()[key];
  return typeof entry === 'object' && entry !== null ? Object.fromEntries(Object.entries(entry)) : {};
}
