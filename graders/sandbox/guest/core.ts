/** Entry of the guest's own realm: answers the grader's requests until the channel closes. */
import type { Outside } from './outside.ts';
import { serve } from './serve.ts';

export function start(outside: Outside): void {
  void serve(outside);
}
