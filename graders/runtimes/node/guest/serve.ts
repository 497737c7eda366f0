/** The guest's main loop: one request, one reply; between requests the process stands still in a blocking read. */
import { receive, send } from './channel.ts';
import type { Outside } from './outside.ts';
import { createProgram } from './program.ts';
import { GuestTrouble } from './trouble.ts';

/** A program may throw so often in its timers and answer all the same. */
const mostStrays = 100;

export async function serve(outside: Outside): Promise<never> {
  const program = createProgram(outside);
  /** Gives up on the request that is being answered. */
  let giveUp: ((trouble: GuestTrouble) => void) | undefined;
  /** An exception that reached nobody, e.g. in a timer: told when nothing else will come. */
  let stray: GuestTrouble | undefined;
  /** How many there were since the last request, and what that is answered by. */
  let [strays, current] = [0, ''];
  outside.onUncaught((thrown) => {
    stray ??= program.describe(thrown);
    const tampered = ++strays > mostStrays ? program.tampered() : undefined;
    if (tampered === undefined) return;
    // Node's own event loop falls over what the program replaced, again and again: no promise is ever asked any more.
    send(outside, { nonce: current, trouble: tampered.trouble }, []);
    outside.exit(1);
  });
  outside.onIdle(() => giveUp?.(stray ?? program.waitsFor()));

  for (;;) {
    const { nonce, room, request, binary } = receive(outside);
    [strays, current] = [0, nonce];
    // What the call before has left behind goes on now, by the clock of this one: an answer counts once it is there, and what it
    // is does not depend on whether a timer was due. Finalizers of tensors, too, run between turns of the event loop alone, of
    // which a blocking read allows none.
    await new Promise<void>((resolve) => outside.nextTurn(resolve));
    stray = undefined;
    const idle = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    try {
      const answer = await Promise.race([program.answer(request, binary, room), idle]);
      if (!send(outside, { nonce, ok: answer.ok }, answer.binary)) {
        const message = 'more than the grader accepts in one answer';
        send(outside, { nonce, trouble: { kind: 'large', message } }, []);
      }
    } catch (error) {
      const { trouble } = GuestTrouble.is(error) ? error : program.failure('the reply', error);
      // Words that do not fit would leave the grader waiting until the time is over.
      if (!send(outside, { nonce, trouble }, [])) {
        send(outside, { nonce, trouble: { kind: 'large', message: 'more than the grader accepts in one answer' } }, []);
      }
    }
    giveUp = undefined;
  }
}
