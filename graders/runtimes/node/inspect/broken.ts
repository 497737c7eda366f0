/** What every rule answers, and what it may know. */
import type { Policy } from '../../../model/assignment.ts';

/** A broken rule, before it has a place. */
export interface Broken {
  rule: string;
  message: string;
}

export interface RuleContext {
  policy: Policy;
  imports: readonly string[];
  /** Methods that the submission's own classes have, in all its files. */
  ownMethods: ReadonlySet<string>;
}
