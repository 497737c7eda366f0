/** Entry of the guest's own realm: answers the grader's requests until the channel closes. */
import { closeRealm } from './close-realm.ts';
import type { Outside } from './outside.ts';
import { serve } from './serve.ts';

export function start(outside: Outside): void {
  closeRealm(globalThis);
  // What cannot even be read is never answered.
  serve(outside).catch(() => outside.exit(1));
}
