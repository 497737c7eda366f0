/** From when on students see their results on Gradescope; whoever packages the autograder says so. */
import type { Visibility } from '../../reports/formats/gradescope.ts';
import { UserError } from './exit-codes.ts';

const known: readonly Visibility[] = ['visible', 'after_due_date', 'after_published', 'hidden'];

/** What `GRADMARK_VISIBILITY` says; at once where it says nothing. */
export function gradescopeVisibility(env: NodeJS.ProcessEnv): Visibility {
  const said = env['GRADMARK_VISIBILITY'] ?? 'visible';
  const found = known.find((name) => name === said);
  if (found === undefined) throw new UserError(`GRADMARK_VISIBILITY is "${said}": it may be ${known.join(', ')}.`);
  return found;
}
